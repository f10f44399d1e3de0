import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { HiringStore } from '../src/ports-hirings.ts';
import { type Keyed, collectionOf } from './collection.ts';

interface HiringDoc extends Keyed {
  readonly from: string;
}

export const hiringIndexes = [{ key: { from: 1 }, name: 'from' }];

/** For whom an employment begins on a day to come, by worker. */
export function createHiringStore(connection: Connection): HiringStore {
  const hirings = collectionOf<HiringDoc>(connection, 'hirings');
  return {
    async note(id, from) {
      await hirings.updateOne({ _id: id }, { $setOnInsert: { from } }, { upsert: true });
      await hirings.updateOne({ _id: id, from: { $gt: from } }, { $set: { from } });
    },
    async postpone(id, from) {
      await hirings.updateOne({ _id: id }, { $set: { from } });
    },
    async due(today, limit) {
      const found = await hirings.find({ from: { $lte: today } }, { limit }).toArray();
      return found.map(({ _id }) => _id as WorkerId);
    },
    async forget(id) {
      await hirings.deleteOne({ _id: id });
    },
  };
}
