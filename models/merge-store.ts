import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { Merge } from '../src/domain/merge.ts';
import { present } from '../src/domain/present.ts';
import type { PersonKeys, PersonVault } from '../src/ports-keys.ts';
import type { MergeStore } from '../src/ports-merges.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { type ValueDocs, createRegister } from './register.ts';

export const mergeIndexes = [
  { key: { keptId: 1 }, name: 'kept' },
  { key: { otherId: 1 }, name: 'other' },
  { key: { state: 1 }, name: 'state' },
];

/** As stored: why, and ids of the registry, under the kept one's data key; documents of before hold them as they are. */
export type MergeDoc = Merge & Keyed & { readonly rev: number; readonly sealed?: string };

/** What is personal in a merge. */
interface Personal {
  readonly reason: string;
  readonly beforeId?: string;
  readonly afterId?: string;
}

/** Merges of registers, under the ids of the two; never dropped, since sequences are read through them. */
export function createMergeStore(connection: Connection, vault: PersonVault): MergeStore {
  const keyOf = ({ id }: Merge) => id;
  const mergeDocs = createMergeDocs(vault);
  const merges = createRegister<Merge, string>({ connection, collection: 'merges', keyOf, docs: mergeDocs });
  const docs = collectionOf<MergeDoc>(connection, 'merges');
  const reader = createMergeReader(connection);
  const { pageWhere: _pageWhere, ...register } = merges;
  return {
    ...register,
    around: async (workerIds) => mergeDocs.open(await reader.around(workerIds)),
    async interrupted(limit) {
      const unfinished = { state: { $in: ['merging' as const, 'parting' as const] } };
      return mergeDocs.open(await docs.find(unfinished).limit(limit).toArray());
    },
    othersOf: (keptIds) => reader.othersOf(keptIds),
    keptOf: (workerIds) => reader.keptOf(workerIds),
  };
}

/** Which registers were merged and parted, by whoever may not open what is personal in it. */
export function createMergeReader(connection: Connection) {
  const docs = collectionOf<MergeDoc>(connection, 'merges');
  return {
    async around(workerIds: readonly WorkerId[]): Promise<readonly MergeDoc[]> {
      const found = new Map<string, MergeDoc>();
      let wanted = [...new Set(workerIds)];
      const seen = new Set(wanted);
      while (wanted.length > 0) {
        const some = await docs.find({ $or: [{ keptId: { $in: wanted } }, { otherId: { $in: wanted } }] }).toArray();
        for (const doc of some) found.set(doc._id, doc);
        wanted = [...new Set(some.flatMap(({ keptId, otherId }) => [keptId, otherId]))].filter((id) => !seen.has(id));
        for (const id of wanted) seen.add(id);
      }
      return [...found.values()].sort((a, b) => a.epoch - b.epoch);
    },
    async othersOf(keptIds: readonly WorkerId[]): Promise<readonly WorkerId[]> {
      if (keptIds.length === 0) return [];
      const standing = { keptId: { $in: [...keptIds] }, parted: { $exists: false } };
      return (await docs.find(standing).toArray()).map(({ otherId }) => otherId);
    },
    async keptOf(workerIds: readonly WorkerId[]): Promise<ReadonlyMap<WorkerId, WorkerId>> {
      if (workerIds.length === 0) return new Map();
      const standing = { otherId: { $in: [...workerIds] }, parted: { $exists: false } };
      const found = await docs.find(standing).toArray();
      return new Map(found.map(({ otherId, keptId }) => [otherId, keptId]));
    },
  };
}

function createMergeDocs(vault: PersonVault): ValueDocs<Merge> {
  return {
    async seal(merges) {
      const keys = await vault.keysFor(merges.map(({ keptId }) => keptId));
      return merges.map((merge) => sealMerge(keys, merge));
    },
    async open(docs: readonly MergeDoc[]) {
      const keys = await vault.keysOf(docs.filter(({ sealed }) => sealed !== undefined).map(({ keptId }) => keptId));
      return docs.map((doc) => openMerge(keys, doc));
    },
  };
}

function sealMerge(keys: PersonKeys, { reason, before, after, ...merge }: Merge): object {
  const { ccusId: beforeId, ...clearBefore } = before;
  const { ccusId: afterId, ...clearAfter } = after;
  const open = { ...merge, reason: '', before: clearBefore, after: clearAfter };
  if (!keys.has(merge.keptId)) return open;
  const personal: Personal = { reason, ...present({ beforeId, afterId }) };
  return { ...open, sealed: keys.seal(merge.keptId, Buffer.from(JSON.stringify(personal))) };
}

function openMerge(keys: PersonKeys, { _id, rev: _rev, sealed, ...merge }: MergeDoc): Merge {
  const opened = sealed === undefined ? undefined : keys.open(merge.keptId, sealed);
  if (!opened) return merge;
  const { reason, beforeId, afterId } = JSON.parse(opened.toString()) as Personal;
  const before = { ...merge.before, ...present({ ccusId: beforeId }) };
  return { ...merge, reason, before, after: { ...merge.after, ...present({ ccusId: afterId }) } };
}
