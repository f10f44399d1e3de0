import type { Connection } from 'mongoose';
import type { Reminder } from '../src/domain/reminder.ts';
import type { ReminderStore } from '../src/ports-watch.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

type ReminderDoc = Reminder & Keyed;

export const reminderIndexes = [{ key: { workerId: 1 }, name: 'worker' }];

/** Missing exits that were noticed, one document per history; never dropped, so that nobody is reminded twice. */
export function createReminderStore(connection: Connection): ReminderStore {
  const reminders = collectionOf<ReminderDoc>(connection, 'reminders');
  const findMany = async (ids: readonly string[]) =>
    (await reminders.find({ _id: { $in: [...ids] } }).toArray()).map(toReminder);
  return {
    findMany,
    async open(reminder) {
      try {
        await reminders.insertOne({ ...reminder, _id: reminder.id });
        return reminder;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return (await findMany([reminder.id]))[0] ?? reminder;
      }
    },
    async ofWorkers(workerIds) {
      return (await reminders.find({ workerId: { $in: [...workerIds] } }).toArray()).map(toReminder);
    },
    async move(id, from, { state, why }) {
      const next = { state, ...(why === undefined ? {} : { why }) };
      return (await reminders.updateOne({ _id: id, state: from }, { $set: next })).matchedCount === 1;
    },
  };
}

function toReminder({ _id, ...reminder }: ReminderDoc): Reminder {
  return reminder;
}
