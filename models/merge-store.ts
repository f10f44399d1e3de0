import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { Merge } from '../src/domain/merge.ts';
import type { MergeStore } from '../src/ports-merges.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { createRegister } from './register.ts';

export const mergeIndexes = [
  { key: { keptId: 1 }, name: 'kept' },
  { key: { otherId: 1 }, name: 'other' },
  { key: { state: 1 }, name: 'state' },
];

type MergeDoc = Merge & Keyed & { readonly rev: number };

/** Merges of registers, under the ids of the two; never dropped, since sequences are read through them. */
export function createMergeStore(connection: Connection): MergeStore {
  const keyOf = ({ id }: Merge) => id;
  const merges = createRegister<Merge, string>({ connection, collection: 'merges', keyOf });
  const docs = collectionOf<MergeDoc>(connection, 'merges');
  const { pageWhere: _pageWhere, ...register } = merges;
  return {
    ...register,
    async around(workerIds) {
      const found = new Map<string, Merge>();
      let wanted = [...new Set(workerIds)];
      const seen = new Set(wanted);
      while (wanted.length > 0) {
        const some = await docs.find({ $or: [{ keptId: { $in: wanted } }, { otherId: { $in: wanted } }] }).toArray();
        for (const doc of some) found.set(doc._id, toMerge(doc));
        wanted = [...new Set(some.flatMap(({ keptId, otherId }) => [keptId, otherId]))].filter((id) => !seen.has(id));
        for (const id of wanted) seen.add(id);
      }
      return [...found.values()].sort((a, b) => a.epoch - b.epoch);
    },
    async interrupted(limit) {
      const unfinished = { state: { $in: ['merging' as const, 'parting' as const] } };
      return (await docs.find(unfinished).limit(limit).toArray()).map(toMerge);
    },
    async keptOf(workerIds) {
      if (workerIds.length === 0) return new Map<WorkerId, WorkerId>();
      const standing = { otherId: { $in: [...workerIds] }, parted: { $exists: false } };
      const found = await docs.find(standing).toArray();
      return new Map(found.map(({ otherId, keptId }) => [otherId, keptId]));
    },
  };
}

function toMerge({ _id, rev: _rev, ...merge }: MergeDoc): Merge {
  return merge;
}
