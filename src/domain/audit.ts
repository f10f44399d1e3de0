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

/** The end of a chain as it was noted, under a keyed hash of its own: entries cut off behind it are missed. */
export interface NotedEnd extends ChainEnd {
  readonly chain: string;
  readonly seal: string;
}

/** A hash that nobody makes without the master key. */
export type KeyedHash = (text: string) => string;

/** The deed as the next entry of its chain. */
export function linkEntry(deed: Deed, end: ChainEnd | undefined, keyed: KeyedHash): AuditEntry {
  const seq = (end?.seq ?? 0) + 1;
  const entry = { ...deed, id: entryId(deed.chain, seq), seq, previous: end?.hash ?? '' };
  return { ...entry, hash: keyedHashOf(entry, keyed) };
}

/** The key of an entry: the number with leading zeros, so that they stand in their order. */
export function entryId(chain: string, seq: number): string {
  return `${chain}:${String(seq).padStart(10, '0')}`;
}

/**
 * Whether an entry is what was written, and follows the one before: `keyed`; or `plain`, as entries of before were, whose hash anybody
 * can make; undefined where it is not.
 */
export function linkOf(
  { hash, ...entry }: AuditEntry,
  end: ChainEnd | undefined,
  keyed: KeyedHash,
): 'keyed' | 'plain' | undefined {
  if (entry.seq !== (end?.seq ?? 0) + 1 || entry.previous !== (end?.hash ?? '')) return undefined;
  if (entry.id !== entryId(entry.chain, entry.seq)) return undefined;
  if (hash === keyedHashOf(entry, keyed)) return 'keyed';
  return hash === digestOf(entry) ? 'plain' : undefined;
}

/** The end of a chain with its seal. */
export function noteOf(chain: string, { seq, hash }: ChainEnd, keyed: KeyedHash): NotedEnd {
  return { chain, seq, hash, seal: keyed(`audit end ${chain} ${String(seq)} ${hash}`) };
}

function keyedHashOf(entry: object, keyed: KeyedHash): string {
  return keyed(`audit ${digestOf(entry)}`);
}
