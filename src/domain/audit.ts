import { digestOf } from './digest.ts';

/** Who did what to which thing, and when; before and after are sealed. Entries of one firm form a chain of hashes. */
export interface AuditEntry {
  /** `chain:number`, the number with leading zeros. */
  readonly id: string;
  /** The firm whose data it is, or `service`. */
  readonly chain: string;
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly role: string;
  /** The endpoint, as `patch /workers/{id}`. */
  readonly what: string;
  readonly thing: string | null;
  /** Which things of others the question named, such as a site. */
  readonly about: Readonly<Record<string, string>>;
  /** Everybody whom the answer showed, by ids; absent where that was not looked at. */
  readonly shown?: readonly string[];
  /** What stood before and after, sealed; absent where nothing changed. */
  readonly sealed?: string;
  /** The hash of the entry before; empty at the beginning. */
  readonly previous: string;
  readonly hash: string;
}

export type Deed = Omit<AuditEntry, 'id' | 'seq' | 'previous' | 'hash'>;

/** The end of a chain. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** The deed as the next entry of its chain. */
export function linkEntry(deed: Deed, end: ChainEnd | undefined): AuditEntry {
  const seq = (end?.seq ?? 0) + 1;
  const entry = { ...deed, id: `${deed.chain}:${String(seq).padStart(10, '0')}`, seq, previous: end?.hash ?? '' };
  return { ...entry, hash: digestOf(entry) };
}

/** Whether an entry is what was written, and follows the one before. */
export function isLinked({ hash, ...entry }: AuditEntry, end: ChainEnd | undefined): boolean {
  return entry.seq === (end?.seq ?? 0) + 1 && entry.previous === (end?.hash ?? '') && hash === digestOf(entry);
}
