import DataLoader from 'dataloader';
import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { DataKeyStore, WrappedKey } from '../src/ports-keys.ts';
import { type Keyed, collectionOf, inChunks, insertMany } from './collection.ts';

/** A key of a worker under his id; a destroyed one is a tombstone, so that none can be made in its place. */
type KeyDoc = Keyed &
  Partial<Pick<WrappedKey, 'kek' | 'wrapped'>> & { readonly earlier: readonly string[]; readonly destroyedAt?: Date };

export const dataKeyIndexes = [
  { key: { kek: 1 }, name: 'kek', sparse: true },
  { key: { earlier: 1 }, name: 'earlier' },
];

/** The data keys, apart from what they seal; those asked for in one turn of the event loop are read by one command. */
export function createDataKeyStore(connection: Connection): DataKeyStore {
  const keys = collectionOf<KeyDoc>(connection, 'dataKeys');
  const reader = new DataLoader<WorkerId, WrappedKey | undefined>(
    async (owners) => {
      const docs = await keys.find({ _id: { $in: [...owners] } }).toArray();
      const byOwner = new Map(docs.flatMap(toKeys).map((key) => [key.owner, key]));
      return owners.map((owner) => byOwner.get(owner));
    },
    { cache: false, batchScheduleFn: setImmediate },
  );
  return {
    async find(owners) {
      return (await Promise.all(owners.map((owner) => reader.load(owner)))).filter((key) => key !== undefined);
    },
    async add(wrapped) {
      const docs = wrapped.map(({ owner, ...key }) => ({ _id: owner, ...key }));
      return (await insertMany(keys, docs)) as ReadonlySet<WorkerId>;
    },
    async destroy(owner, at) {
      const gone = { $set: { destroyedAt: at }, $unset: { wrapped: '' as const } };
      await keys.updateOne({ _id: owner }, { ...gone, $setOnInsert: { earlier: [] } }, { upsert: true });
    },
    removeMany: (owners) => inChunks(owners, ($in) => keys.deleteMany({ _id: { $in } })),
    async notUnder(kek, limit) {
      const docs = await keys
        .find({ wrapped: { $exists: true }, kek: { $ne: kek } })
        .limit(limit)
        .toArray();
      return docs.flatMap(toKeys);
    },
    async rewrap({ owner, kek, wrapped, earlier }, from) {
      const filter = { _id: owner, kek: from, wrapped: { $exists: true } };
      return (await keys.updateOne(filter, { $set: { kek, wrapped, earlier } })).matchedCount === 1;
    },
    async counts() {
      const counts = new Map<string, number>();
      for await (const { kek } of keys.find({ wrapped: { $exists: true } }, { projection: { kek: 1 } })) {
        if (kek !== undefined) counts.set(kek, (counts.get(kek) ?? 0) + 1);
      }
      return counts;
    },
    async *everUnder(kek) {
      for await (const { _id, destroyedAt } of keys.find({ $or: [{ kek }, { earlier: kek }] })) {
        yield { owner: _id as WorkerId, ...(destroyedAt ? { destroyedAt } : {}) };
      }
    },
  };
}

function toKeys({ _id, kek, wrapped, earlier }: KeyDoc): readonly WrappedKey[] {
  return kek === undefined || wrapped === undefined ? [] : [{ owner: _id as WorkerId, kek, wrapped, earlier }];
}
