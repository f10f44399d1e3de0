import DataLoader from 'dataloader';
import type { Connection } from 'mongoose';
import type { Upper } from '../ivr/facts.ts';
import type { Firm } from '../src/domain/firm.ts';
import type { FirmId, SiteId, WorkerId } from '../src/domain/ids.ts';
import { newHead } from '../src/domain/sequence.ts';
import type { Line } from '../src/domain/line-use.ts';
import type { Site } from '../src/domain/site.ts';
import { type Tree, severalUppers } from '../src/domain/tree.ts';
import type { CallDirectory, NumberRecord } from '../src/ports.ts';
import type { PersonVault } from '../src/ports-keys.ts';
import { type Keyed, collectionOf } from './collection.ts';
import type { HeadDoc } from './head-store.ts';
import { type WorkerDoc, openWorker } from './worker-docs.ts';

/** How old a remembered number, line or site may be, and how many are remembered. */
const MAX_AGE_MS = 2000;
const MAX_ENTRIES = 5000;

/**
 * The look-ups of the call path, all by `_id`. Numbers, lines and sites are remembered for two seconds at most; workers and the ends
 * of their sequences are always read, and what is not found is never remembered. Calls that come in the same moment are looked up
 * together, so that a rush at the gate costs few commands.
 */
export function createCallDirectory(connection: Connection, vault: PersonVault, realMs: () => number): CallDirectory {
  const numbers = createReader<NumberRecord & Keyed>(connection, 'phoneNumbers');
  const lines = createReader<Line & Keyed>(connection, 'lines');
  const sites = createReader<Site & Keyed>(connection, 'sites');
  const codes = createReader<Keyed & { readonly owner: string }>(connection, 'codes');
  const workers = createReader<WorkerDoc>(connection, 'workers');
  const heads = createReader<HeadDoc>(connection, 'heads');
  const memory = createMemory(realMs);
  const trees = createReader<Tree & Keyed>(connection, 'trees');
  const firms = createReader<Firm & Keyed>(connection, 'firms');
  const readChains = async (id: SiteId) => {
    const tree = await trees.load(id);
    return tree && chainsOf(tree, (firmId) => firms.load(firmId));
  };
  const site = (id: SiteId) => memory.recall(`site:${id}`, async () => withId(await sites.load(id)));
  return {
    number: (index) =>
      memory.recall(`number:${index}`, async () => {
        const doc = await numbers.load(index);
        return doc ? { ...doc, index } : undefined;
      }),
    line: (number) =>
      memory.recall(`line:${number}`, async () => {
        const doc = await lines.load(number);
        return doc ? { ...doc, number: number as Line['number'] } : undefined;
      }),
    site,
    chains: (id) => memory.recall(`chains:${id}`, () => readChains(id)),
    async siteByCode(code) {
      const found = await codes.load(`site:${code}`);
      return found ? site(found.owner as SiteId) : undefined;
    },
    async workerByCode(code) {
      return (await codes.load(`worker:${code}`))?.owner as WorkerId | undefined;
    },
    async people(ids) {
      const read = ids.map((id) => Promise.all([workers.load(id), heads.load(id)]));
      // Asked for beside the people and not after them, so that a call waits no longer.
      const [keys, ...found] = await Promise.all([vault.keysOf(ids), ...read]);
      return found.flatMap(([doc, head]) =>
        doc ? [{ worker: openWorker(keys, doc), head: head ?? newHead(doc.id) }] : [],
      );
    },
    forget: () => memory.clear(),
  };
}

/** Of the firms that stand in several chains and are usually in none of them (D-04): under whom. */
async function chainsOf(
  { nodes }: Tree,
  firm: (id: FirmId) => Promise<Firm | undefined>,
): Promise<ReadonlyMap<FirmId, readonly Upper[]>> {
  const several = [...severalUppers(nodes)];
  const found = await Promise.all(
    several.map(async ([firmId, upperIds]) => {
      const [own, ...uppers] = await Promise.all([firm(firmId), ...upperIds.map((id) => firm(id))]);
      if (own?.usualUpperId) return [];
      const named = uppers.map((upper, place) => ({ firmId: upperIds[place] as FirmId, kana: upper?.kana ?? '' }));
      return [[firmId, named] as const];
    }),
  );
  return new Map(found.flat());
}

/** Reads documents by `_id`, those asked for in one turn of the event loop by one command. It remembers nothing. */
function createReader<T extends Keyed>(connection: Connection, name: string): DataLoader<string, T | undefined> {
  const collection = collectionOf<Keyed>(connection, name);
  return new DataLoader<string, T | undefined>(
    async (ids) => {
      const docs = (await collection.find({ _id: { $in: [...ids] } }).toArray()) as unknown as T[];
      const byId = new Map(docs.map((doc) => [doc._id, doc]));
      return ids.map((id) => byId.get(id));
    },
    { cache: false, batchScheduleFn: setImmediate },
  );
}

function withId<T extends Keyed>(doc: T | undefined): T | undefined {
  return doc && { ...doc, id: doc._id };
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
