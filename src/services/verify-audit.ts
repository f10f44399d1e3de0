import {
  type AuditEntry,
  type ChainEnd,
  type KeyedHash,
  type NotedEnd,
  entryId,
  linkOf,
  noteOf,
} from '../domain/audit.ts';
import type { AuditStore } from '../ports-audit.ts';
import type { TextIndexer } from '../ports.ts';

/** The first entry of a chain that is not what was written, does not follow the one before, or is missing. */
export interface BadEntry {
  readonly id: string;
  readonly why: 'changed' | 'missing' | 'end-changed' | 'end-missing';
  readonly at?: string;
  readonly what?: string;
}

/** What a look at one chain found. */
export interface ChainVerdict {
  readonly chain: string;
  readonly entries: number;
  readonly end?: ChainEnd;
  readonly firstBad?: BadEntry;
  /** How many entries of before have a hash that anybody can make. */
  readonly plain: number;
}

interface Parts {
  readonly audit: AuditStore;
  readonly cipher: TextIndexer;
}

type Followed = Omit<ChainVerdict, 'chain'>;

/** Follows every chain from its beginning to the end that was noted. */
export async function* verifyAudit({ audit, cipher }: Parts): AsyncIterable<ChainVerdict> {
  const keyed: KeyedHash = (text) => cipher.indexText(text);
  for (const chain of await audit.chains()) {
    // Read first: a chain may grow while it is followed.
    const noted = await audit.notedEnd(chain);
    const followed = await follow({ entries: audit.entries(chain), keyed }, chain, noted);
    const firstBad = followed.firstBad ?? badEnd(chain, followed, { noted, keyed });
    yield { chain, ...followed, ...(firstBad ? { firstBad } : {}) };
  }
}

interface Way {
  readonly entries: AsyncIterable<AuditEntry>;
  readonly keyed: KeyedHash;
}

async function follow({ entries, keyed }: Way, chain: string, noted: NotedEnd | undefined): Promise<Followed> {
  let end: ChainEnd | undefined;
  let plain = 0;
  const found = () => ({ entries: end?.seq ?? 0, plain, ...(end ? { end } : {}) });
  for await (const entry of entries) {
    const link = linkOf(entry, end, keyed);
    // Whoever lacks the key can only write entries as they were before, after which there are keyed ones no more.
    const isForged = link === 'plain' && plain < entry.seq - 1;
    const isAnother = entry.seq === noted?.seq && entry.hash !== noted.hash;
    if (link === undefined || isForged || isAnother || entry.chain !== chain) {
      const { id, at, what } = entry;
      return { ...found(), firstBad: { id, at, what, why: 'changed' } };
    }
    if (link === 'plain') plain += 1;
    end = { seq: entry.seq, hash: entry.hash };
  }
  return found();
}

/** A chain that ends before the end that was noted, or of which none is noted though its entries are keyed. */
function badEnd(
  chain: string,
  { entries, plain }: Followed,
  { noted, keyed }: { readonly noted: NotedEnd | undefined; readonly keyed: KeyedHash },
): BadEntry | undefined {
  // The first entry alone may stand without it for a moment, or after a crash until the next one.
  if (!noted) return entries > Math.max(plain, 1) ? { id: entryId(chain, entries), why: 'end-missing' } : undefined;
  if (noted.seal !== noteOf(chain, noted, keyed).seal) return { id: entryId(chain, noted.seq), why: 'end-changed' };
  return entries < noted.seq ? { id: entryId(chain, entries + 1), why: 'missing' } : undefined;
}
