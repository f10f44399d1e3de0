import type { Kind } from './domain/access.ts';
import type { AuditEntry, ChainEnd, NotedEnd } from './domain/audit.ts';
import type { Page, PageRequest } from './ports.ts';

/** What was done, append-only. */
export interface AuditStore {
  end(chain: string): Promise<ChainEnd | undefined>;
  /** False when this number of the chain is taken. */
  append(entry: AuditEntry): Promise<boolean>;
  /** Notes how far a chain goes; never back. */
  noteEnd(end: NotedEnd): Promise<void>;
  notedEnd(chain: string): Promise<NotedEnd | undefined>;
  /** The newest first. */
  page(filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntry>>;
  /** Every chain that has entries, or an end noted. */
  chains(): Promise<readonly string[]>;
  /** A chain from its beginning. */
  entries(chain: string): AsyncIterable<AuditEntry>;
}

export interface AuditFilter {
  /** What it was about, or who was shown. */
  readonly thing?: string;
  readonly by?: string;
}

/** Things as they stand, without their secrets, and whose they are. */
export interface ThingStore {
  snapshot(kind: Kind, id: string): Promise<{ readonly shown: object; readonly firmId?: string } | undefined>;
}
