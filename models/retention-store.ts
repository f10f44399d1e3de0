import type { Connection, mongo } from 'mongoose';
import type { CallId, NumberIndex } from '../src/domain/ids.ts';
import type { History } from '../src/domain/history.ts';
import type { LedgerEntry } from '../src/domain/ledger.ts';
import type { RetentionStore } from '../src/ports-retention.ts';
import type { NumberRecord } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';
import type { RegisterDoc } from './register.ts';
import type { WorkerDoc } from './worker-docs.ts';

/** So many calls are looked at by one command. */
const STEP = 100;

type LedgerDoc = LedgerEntry & Keyed;

/** What is past its term, found by indexes that are there and in small steps, so that no call is held up. */
export function createRetentionStore(connection: Connection): RetentionStore {
  const histories = collectionOf<History & Keyed>(connection, 'histories');
  return {
    ...createCallClocks(connection),
    async *leavers(before) {
      const workers = collectionOf<WorkerDoc>(connection, 'workers');
      for await (const { id, employments, erasedOn } of workers.find({ employerId: null })) {
        const left = employments
          .map(({ to }) => to)
          .sort()
          .at(-1);
        if (erasedOn !== undefined || left === undefined || left >= before) continue;
        const [last] = await histories.find({ workerId: id }).sort({ workDate: -1 }).limit(1).toArray();
        yield { id, left, ...(last ? { worked: last.workDate } : {}) };
      }
    },
    async *endedNumbers(before) {
      const phones = collectionOf<RegisterDoc<NumberRecord>>(connection, 'phoneNumbers');
      for await (const { _id, rev, registrations } of phones.find({}, { batchSize: STEP })) {
        const over = registrations.every(({ validTo }) => validTo !== undefined && validTo < before);
        if (over) yield { index: _id as NumberIndex, rev };
      }
    },
    countUploads: (before) =>
      collectionOf<Keyed & { createdAt: Date }>(connection, 'phoneImports').countDocuments({
        createdAt: { $lt: before },
      }),
  };
}

type CallClocks = Pick<RetentionStore, 'calls' | 'countWords' | 'clearWords' | 'countNumbers' | 'clearNumbers'>;

function createCallClocks(connection: Connection): CallClocks {
  const ledger = collectionOf<LedgerDoc>(connection, 'ledger');
  const spoken = (calls: readonly CallId[]) =>
    ({ callId: { $in: [...calls] }, kind: 'turn', markup: { $ne: '' } }) as mongo.Filter<LedgerDoc>;
  const numbered = (calls: readonly CallId[]) =>
    ({ callId: { $in: [...calls] }, kind: 'turn', 'caller.sealed': { $exists: true } }) as mongo.Filter<LedgerDoc>;
  return {
    async *calls(from, to) {
      const calls = collectionOf<Keyed & { receivedAt: Date }>(connection, 'calls');
      const found = calls.find({ receivedAt: { $gte: from, $lt: to } }, { projection: { _id: 1 }, batchSize: STEP });
      let some: CallId[] = [];
      for await (const { _id } of found) {
        some.push(_id as CallId);
        if (some.length < STEP) continue;
        yield some;
        some = [];
      }
      if (some.length > 0) yield some;
    },
    countWords: (calls) => ledger.countDocuments(spoken(calls)),
    clearWords: async (calls) => void (await ledger.updateMany(spoken(calls), { $set: { markup: '' } })),
    countNumbers: (calls) => ledger.countDocuments(numbered(calls)),
    clearNumbers: async (calls) =>
      void (await ledger.updateMany(numbered(calls), {
        $unset: { 'caller.sealed': '' },
      })),
  };
}
