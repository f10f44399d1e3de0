import type { Connection } from 'mongoose';
import type { SiteId } from '../src/domain/ids.ts';
import type { Head } from '../src/domain/sequence.ts';
import { readStays } from '../src/domain/stays.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import { type Keyed, collectionOf, inChunks } from './collection.ts';
import { toleratingDuplicates } from './connection.ts';

export type HeadDoc = Head & Keyed & { readonly openSite: SiteId | null };

export const headIndexes = [{ key: { openSite: 1 }, name: 'openSite' }];

/** The end of each worker's sequence: a hint for the call path (the ledger's slots are the truth) and the source of presence. */
export function createHeadStore(connection: Connection): Pick<ProjectionStore, 'saveHeads' | 'presentAt'> {
  const heads = collectionOf<HeadDoc>(connection, 'heads');
  return {
    async saveHeads(changed) {
      const writes = changed.map(({ workerId, ...rest }) => ({
        updateOne: {
          filter: { _id: workerId, seq: { $lte: rest.seq } },
          update: { $set: { ...rest, workerId, openSite: readStays(rest.recent).open?.siteId ?? null } },
          upsert: true,
        },
      }));
      // A duplicate key: a longer sequence stands already.
      await inChunks(writes, (chunk) => toleratingDuplicates(heads.bulkWrite(chunk, { ordered: false })));
    },
    async presentAt(siteId) {
      const docs = await heads.find({ openSite: siteId }).toArray();
      return docs.flatMap((doc) => {
        const entry = readStays(doc.recent).open?.entry;
        return entry ? [{ workerId: doc.workerId, since: entry.at, maxShiftHours: entry.maxShiftHours }] : [];
      });
    },
  };
}
