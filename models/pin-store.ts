import type { Connection } from 'mongoose';
import type { PinAttempts, PinStore } from '../src/ports-pins.ts';
import { type Keyed, collectionOf } from './collection.ts';

type AttemptDoc = Keyed & { wrong: number; since: Date; locks: number; lockedUntil?: Date };

/** PINs apart from the workers, so that no list or log of workers can carry one; attempts under `worker:id` and `caller:index`. */
export function createPinStore(connection: Connection): PinStore {
  const pins = collectionOf<Keyed & { hash: string }>(connection, 'pins');
  const counters = collectionOf<AttemptDoc>(connection, 'pinAttempts');
  return {
    async save(workerId, hash) {
      await pins.replaceOne({ _id: workerId }, { hash }, { upsert: true });
    },
    async remove(workerId) {
      await pins.deleteOne({ _id: workerId });
    },
    async hashOf(workerId) {
      return (await pins.findOne({ _id: workerId }))?.hash;
    },
    async attempts(key) {
      const doc = await counters.findOne({ _id: key });
      return doc ? toAttempts(doc) : undefined;
    },
    async count(key, { now, window }) {
      await counters.updateOne({ _id: key, since: { $lt: window } }, { $set: { wrong: 0, since: now } });
      const counted = await counters.findOneAndUpdate(
        { _id: key },
        { $inc: { wrong: 1 }, $setOnInsert: { since: now, locks: 0 } },
        { upsert: true, returnDocument: 'after' },
      );
      return counted ? toAttempts(counted) : { wrong: 1, since: now, locks: 0 };
    },
    async lock(key, until) {
      await counters.updateOne({ _id: key }, { $set: { lockedUntil: until, wrong: 0 }, $inc: { locks: 1 } });
    },
    async clear(key) {
      await counters.deleteOne({ _id: key });
    },
  };
}

function toAttempts({ wrong, since, locks, lockedUntil }: AttemptDoc): PinAttempts {
  return { wrong, since, locks, ...(lockedUntil ? { lockedUntil } : {}) };
}
