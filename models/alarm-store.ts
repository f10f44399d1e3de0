import type { Connection } from 'mongoose';
import { type Alarm, alarmKinds } from '../src/domain/alarm.ts';
import type { AlarmStore } from '../src/ports-watch.ts';
import { type Keyed, collectionOf, keysetPage } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

type AlarmDoc = Alarm & Keyed;

export const alarmIndexes = [
  { key: { openedAt: -1, _id: -1 }, name: 'openedAt' },
  { key: { state: 1, kind: 1 }, name: 'state' },
];

/** Alarms, the last opened first; one document per kind, subject and day, opened and closed by compare-and-set. */
export function createAlarmStore(connection: Connection): AlarmStore {
  const alarms = collectionOf<AlarmDoc>(connection, 'alarms');
  return {
    async open(alarm) {
      try {
        await alarms.insertOne({ ...alarm, state: 'open', _id: alarm.id });
        return true;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const again = { $set: { state: 'open' as const, openedAt: alarm.openedAt }, $unset: { closedAt: '' as const } };
      return (await alarms.updateOne({ _id: alarm.id, state: 'closed' }, again)).matchedCount === 1;
    },
    async close(id, closedAt) {
      const closed = { $set: { state: 'closed' as const, closedAt } };
      return (await alarms.updateOne({ _id: id, state: 'open' }, closed)).matchedCount === 1;
    },
    async openOnes(kind) {
      return (await alarms.find({ state: 'open', kind }).toArray()).map(toAlarm);
    },
    async page({ state }, request) {
      const order = { field: 'openedAt', direction: -1, read: (text: string) => new Date(text) } as const;
      const page = await keysetPage(alarms, state ? { state } : {}, order, request);
      return { ...page, items: page.items.map(toAlarm) };
    },
    async counts() {
      const counted = alarmKinds.map(
        async (kind) => [kind, await alarms.countDocuments({ state: 'open', kind })] as const,
      );
      return new Map(await Promise.all(counted));
    },
  };
}

function toAlarm({ _id, ...alarm }: AlarmDoc): Alarm {
  return alarm;
}
