import type { Connection } from 'mongoose';
import type { SiteId } from '../src/domain/ids.ts';
import { newHead } from '../src/domain/sequence.ts';
import type { Line, Site } from '../src/domain/site.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { CallDirectory, NumberRecord } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';
import type { HeadDoc } from './head-store.ts';

/** How old a remembered number, line or site may be, and how many are remembered. */
const MAX_AGE_MS = 2000;
const MAX_ENTRIES = 5000;

/**
 * The look-ups of the call path, all by `_id`. Numbers, lines and sites are remembered for two seconds at most; workers and the ends
 * of their sequences are always read, and what is not found is never remembered.
 */
export function createCallDirectory(connection: Connection, realMs: () => number): CallDirectory {
  const numbers = collectionOf<NumberRecord & Keyed>(connection, 'phoneNumbers');
  const lines = collectionOf<Line & Keyed>(connection, 'lines');
  const sites = collectionOf<Site & Keyed>(connection, 'sites');
  const codes = collectionOf<Keyed & { readonly owner: string }>(connection, 'codes');
  const workers = collectionOf<Worker & Keyed>(connection, 'workers');
  const heads = collectionOf<HeadDoc>(connection, 'heads');
  const memory = createMemory(realMs);
  const site = (id: SiteId) => memory.recall(`site:${id}`, async () => withId(await sites.findOne({ _id: id })));
  return {
    number: (index) =>
      memory.recall(`number:${index}`, async () => {
        const doc = await numbers.findOne({ _id: index });
        return doc ? { ...doc, index } : undefined;
      }),
    line: (number) =>
      memory.recall(`line:${number}`, async () => {
        const doc = await lines.findOne({ _id: number });
        return doc ? { ...doc, number: number as Line['number'] } : undefined;
      }),
    site,
    async siteByCode(code) {
      const found = await codes.findOne({ _id: `site:${code}` });
      return found ? site(found.owner as SiteId) : undefined;
    },
    async people(ids) {
      const $in = ids as readonly string[] as string[];
      const one = $in.length === 1;
      const [people, ends] = await Promise.all([
        one ? [await workers.findOne({ _id: $in[0] ?? '' })] : workers.find({ _id: { $in } }).toArray(),
        one ? [await heads.findOne({ _id: $in[0] ?? '' })] : heads.find({ _id: { $in } }).toArray(),
      ]);
      return people.flatMap((doc) => {
        const worker = withId(doc);
        const end = ends.find((head) => head?._id === doc?._id);
        return worker ? [{ worker, head: end ?? newHead(worker.id) }] : [];
      });
    },
    forget: () => memory.clear(),
  };
}

function withId<T extends Keyed>(doc: T | null): T | undefined {
  return doc ? { ...doc, id: doc._id } : undefined;
}

/** A bounded memory of what was found; the oldest goes first. */
function createMemory(realMs: () => number) {
  const entries = new Map<string, { value: unknown; at: number }>();
  let era = 0;
  return {
    async recall<T>(key: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
      const entry = entries.get(key);
      if (entry && realMs() - entry.at < MAX_AGE_MS) return entry.value as T;
      const at = realMs();
      const began = era;
      const value = await find();
      entries.delete(key);
      if (value === undefined || began !== era) return value;
      entries.set(key, { value, at });
      const [oldest] = entries.keys();
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
      return value;
    },
    clear: () => {
      era += 1;
      entries.clear();
    },
  };
}
