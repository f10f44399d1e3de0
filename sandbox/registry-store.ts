import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../models/connection.ts';
import type { RegistryHistory, RegistryRosterLine, RegistryTree } from '../src/domain/registry-item.ts';
import type { Held, Judgement, Verdict } from './registry-facts.ts';

interface HeldDoc<T = unknown> extends Held<T> {
  readonly _id: string;
  readonly siteId: string;
  readonly workDate?: string;
  readonly rev: number;
}

/** Where an item stands: its natural key, and the two fields that lists go by. */
export interface Place {
  readonly id: string;
  readonly siteId: string;
  readonly workDate?: string;
}

type Decide<T> = (held: Held<T> | undefined) => Judgement<T>;

const heldSchema = (collection: string) =>
  new Schema<HeldDoc>(
    {
      _id: { type: String, required: true },
      siteId: { type: String, required: true },
      workDate: String,
      item: { type: Schema.Types.Mixed, required: true },
      contentDigest: { type: String, required: true },
      complete: { type: Boolean, required: true },
      deliveries: { type: Number, required: true },
      rev: { type: Number, required: true },
    },
    { versionKey: false, collection, minimize: false },
  ).index({ siteId: 1, workDate: 1 });

/** One writer wins each round, so this is more than could ever write the same key at once. */
const ATTEMPTS = 200;

/** One kind of held items. Every write is a compare-and-set on the key, so several instances can share the registry. */
function createShelf<T>(connection: Connection, name: string, collection: string) {
  const Items = connection.model(name, heldSchema(collection));
  const find = (id: string) => Items.findById(id).lean<HeldDoc<T>>();

  async function writeIfUnchanged({ id, ...lists }: Place, rev: number, keep: Held<T>): Promise<boolean> {
    if (rev > 0) {
      const done = await Items.updateOne({ _id: id, rev }, { $set: { ...keep, rev: rev + 1 } });
      return done.matchedCount === 1;
    }
    try {
      await Items.insertOne({ _id: id, ...lists, ...keep, rev: 1 });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  return {
    async item(id: string): Promise<T | undefined> {
      return (await find(id))?.item;
    },
    list: (filter: object) => Items.find(filter).sort({ _id: 1 }).lean<HeldDoc<T>[]>(),
    /** Looks, lets the rules decide, and writes if nobody wrote meanwhile; else looks again. */
    async apply(place: Place, decide: Decide<T>): Promise<Verdict> {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const held = await find(place.id);
        const { verdict, keep } = decide(held ?? undefined);
        if (!keep || (await writeIfUnchanged(place, held?.rev ?? 0, keep))) return verdict;
      }
      throw new Error(`${collection}: a key is being written without end`);
    },
    /** Changes what is held without any rule, as if the registry had it otherwise; false when it holds nothing there. */
    async patch(id: string, change: Partial<T>): Promise<boolean> {
      const held = await find(id);
      if (!held) return false;
      const item = { ...held.item, ...change };
      const done = await Items.updateOne({ _id: id, rev: held.rev }, { $set: { item, rev: held.rev + 1 } });
      return done.matchedCount === 1 || this.patch(id, change);
    },
    async remove(id: string): Promise<boolean> {
      const done = await Items.deleteOne({ _id: id });
      return done.deletedCount === 1;
    },
    prepare: () => Items.createIndexes(),
  };
}

/** What the sandbox registry holds: one tree per site, one roster line per site and worker, one history per key. */
export function createRegistryStore(connection: Connection) {
  const trees = createShelf<RegistryTree>(connection, 'HeldTree', 'trees');
  const roster = createShelf<RegistryRosterLine>(connection, 'HeldRosterLine', 'roster');
  const histories = createShelf<RegistryHistory>(connection, 'HeldHistory', 'histories');
  return {
    trees,
    roster,
    histories: {
      ...histories,
      /** Without what was withdrawn, of which only the version is kept. */
      visible: async (filter: object) => (await histories.list(filter)).filter(({ item }) => !item.withdrawn),
    },
    async prepare(): Promise<void> {
      for (const shelf of [trees, roster, histories]) await shelf.prepare();
    },
  };
}

export type RegistryStore = ReturnType<typeof createRegistryStore>;

/** The natural keys of the three kinds. */
export const keyOf = {
  tree: (siteId: string) => siteId,
  rosterLine: (siteId: string, workerId: string) => `${siteId}/${workerId}`,
  history: (workerId: string, siteId: string, workDate: string) => `${workerId}/${siteId}/${workDate}`,
};
