import { type Connection, Schema } from 'mongoose';
import type { KnownFirm, KnownSite, KnownWorker } from './registry-facts.ts';
import { isDuplicateKey } from '../models/connection.ts';

/** Firms, workers and sites as the registry has them, beside what anyone sends. */
export interface Known {
  readonly firms: readonly KnownFirm[];
  readonly workers: readonly KnownWorker[];
  readonly sites: readonly KnownSite[];
}

interface KnownDoc<T = unknown> {
  readonly _id: string;
  readonly value: T;
}

const schema = new Schema<KnownDoc>(
  { _id: { type: String, required: true }, value: { type: Schema.Types.Mixed, required: true } },
  { versionKey: false, collection: 'known' },
);

/** Who is registered. Everything goes by id, so putting the same twice changes nothing. */
export function createKnownStore(connection: Connection) {
  const Entries = connection.model('Known', schema);

  async function find<T>(kind: string, id: string): Promise<T | undefined> {
    const doc = await Entries.findById(`${kind}:${id}`).lean<KnownDoc<T>>();
    return doc?.value;
  }

  async function put(known: Known, operator: '$set' | '$setOnInsert', triesLeft = 5): Promise<void> {
    const entries = [
      ...known.firms.map((value) => ({ _id: `firm:${value.ccusId}`, value })),
      ...known.workers.map((value) => ({ _id: `worker:${value.ccusId}`, value })),
      ...known.sites.map((value) => ({ _id: `site:${value.ccusId}`, value })),
    ];
    if (entries.length === 0) return;
    try {
      await Entries.bulkWrite(
        entries.map(({ _id, value }) => ({
          updateOne: { filter: { _id }, update: { [operator]: { value } }, upsert: true },
        })),
      );
    } catch (error) {
      // Another instance inserted the same entry between look and insert; all of it may simply be written again.
      if (!isDuplicateKey(error) || triesLeft === 0) throw error;
      await put(known, operator, triesLeft - 1);
    }
  }

  return {
    firm: (id: string) => find<KnownFirm>('firm', id),
    worker: (id: string) => find<KnownWorker>('worker', id),
    site: (id: string) => find<KnownSite>('site', id),
    async firmsAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
      const docs = await Entries.find({ _id: { $in: ids.map((id) => `firm:${id}`) } }).lean<KnownDoc<KnownFirm>[]>();
      return new Set(docs.map(({ value }) => value.ccusId));
    },
    /** Adds entries and replaces those that stand already. */
    put: (known: Known) => put(known, '$set'),
    /** Adds only what is missing, so that a restart does not undo what was put. */
    seed: (known: Known) => put(known, '$setOnInsert'),
  };
}

export type KnownStore = ReturnType<typeof createKnownStore>;
