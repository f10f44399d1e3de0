import type { Connection, mongo } from 'mongoose';
import type { NumberIndex } from '../src/domain/ids.ts';
import type { NumberRecord, PhoneStore, Revised } from '../src/ports.ts';
import { type RegisterDoc, createRegister } from './register.ts';
import { collectionOf, inChunks, narrowed } from './collection.ts';

const COLLECTION = 'phoneNumbers';

/** Telephone numbers with all their registrations, under the number's blind index; the number itself is sealed. */
export function createPhoneStore(connection: Connection): PhoneStore {
  const records = createRegister<NumberRecord, NumberIndex>({
    connection,
    collection: COLLECTION,
    keyOf: (record) => record.index,
  });
  const docs = collectionOf<RegisterDoc<NumberRecord>>(connection, COLLECTION);
  return {
    find: (index) => records.find(index),
    findMany: (indexes) => records.findMany(indexes),
    save: (record, rev) => (rev === 0 ? records.create(record) : records.replace(record, rev)),
    findRevised: (indexes) => records.findRevised(indexes),
    saveMany: (changes) => saveMany(docs, changes),
    createMany: (values) => records.createMany(values),
    removeMany: (indexes, rev) => records.removeMany(indexes, rev),
    page: (request) => records.page(request),
    all: () => records.all(),
    findWithin: (index, within) => records.findWithin(index, within),
    async ofWorkerWithin(workerId, within) {
      const wanted = narrowed({ 'registrations.workerIds': workerId }, within);
      const found = await docs.find(wanted as mongo.Filter<RegisterDoc<NumberRecord>>).toArray();
      return found.map(({ _id, rev: _rev, ...record }) => record);
    },
    async untold(limit) {
      const found = await docs
        .find({ 'registrations.tell': { $exists: true } })
        .limit(limit)
        .toArray();
      return found.map(({ _id, rev: _rev, ...record }) => record);
    },
    async ofWorkers(workerIds) {
      const found = await docs.find({ 'registrations.workerIds': { $in: [...workerIds] } }).toArray();
      return found.map(({ _id, rev: _rev, ...record }) => record);
    },
    async ofWorker(workerId) {
      const found = await docs.find({ 'registrations.workerIds': workerId }).toArray();
      return found.map(({ _id, rev: _rev, ...record }) => record);
    },
  };
}

async function saveMany(
  docs: mongo.Collection<RegisterDoc<NumberRecord>>,
  changes: readonly Revised<NumberRecord>[],
): Promise<boolean> {
  let matched = 0;
  await inChunks(changes, async (chunk) => {
    const writes = chunk.map(({ value, rev }) => ({
      replaceOne: { filter: { _id: value.index, rev }, replacement: { ...value, rev: rev + 1 } },
    }));
    matched += (await docs.bulkWrite(writes, { ordered: false })).matchedCount;
  });
  return matched === changes.length;
}

/** Indexes of the collection, for engines that have secondary ones. */
export const phoneIndexes = [
  { key: { 'registrations.workerIds': 1 }, name: 'workerIds' },
  { key: { 'registrations.tell': 1 }, name: 'tell', sparse: true },
];
