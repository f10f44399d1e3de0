import type { Connection } from 'mongoose';
import type { CanaryStore } from '../src/ports-watch.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

interface CanaryDoc extends Keyed {
  readonly value: string;
  readonly at?: Date;
}

/** Two documents: the hour whose canary call an instance has taken upon itself, and the last canary call that was answered. */
export function createCanaryStore(connection: Connection): CanaryStore {
  const canaries = collectionOf<CanaryDoc>(connection, 'canaries');
  return {
    async takeHour(hour) {
      try {
        await canaries.insertOne({ _id: 'hour', value: hour });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const taken = await canaries.updateOne({ _id: 'hour', value: { $ne: hour } }, { $set: { value: hour } });
      return taken.matchedCount === 1;
    },
    async keep(callId, at) {
      await canaries.replaceOne({ _id: 'answered' }, { value: callId, at }, { upsert: true });
    },
    async last() {
      return (await canaries.findOne({ _id: 'answered' }))?.value;
    },
  };
}
