import type { Connection } from 'mongoose';
import type { Day } from '../src/domain/ids.ts';
import type { Run } from '../src/domain/job-run.ts';
import type { RunStore } from '../src/ports-runs.ts';
import { type Keyed, collectionOf, keysetPage } from './collection.ts';
import { isDuplicateKey } from './connection.ts';

type RunDoc = Run & Keyed;

/** The ledger of runs: one document per job, scope and day, taken by compare-and-set with a lease and a fence. */
export function createRunStore(connection: Connection): RunStore {
  const runs = collectionOf<RunDoc>(connection, 'runs');
  const find = async (id: string) => {
    const doc = await runs.findOne({ _id: id });
    return doc ? toRun(doc) : undefined;
  };
  return {
    find,
    async take(wanted, now, leaseUntil) {
      const { id, onDay } = wanted;
      const first: Run = { ...wanted, state: 'running', attempt: 1, fence: 1, leaseUntil, startedAt: now };
      try {
        await runs.insertOne({ ...first, _id: id });
        return first;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const free = { $or: [{ state: { $ne: 'running' as const } }, { leaseUntil: { $lte: now } }] };
      const taken = await runs.findOneAndUpdate(
        { _id: id, ...free },
        {
          $set: { state: 'running', onDay, leaseUntil, startedAt: now },
          $inc: { attempt: 1, fence: 1 },
          $unset: { finishedAt: '', result: '' },
        },
        { returnDocument: 'after' },
      );
      return taken ? toRun(taken) : undefined;
    },
    async renew({ id, fence }, leaseUntil) {
      return (await runs.updateOne({ _id: id, fence, state: 'running' }, { $set: { leaseUntil } })).matchedCount === 1;
    },
    async finish({ id, fence }, state, result, now) {
      const ended = await runs.updateOne(
        { _id: id, fence, state: 'running' },
        { $set: { state, result, finishedAt: now } },
      );
      return ended.matchedCount === 1;
    },
    async ofDays(job, days) {
      const docs = await runs.find({ job, date: { $in: [...days] as Day[] } }).toArray();
      return docs.map(toRun);
    },
    async page(filter, request) {
      const order = { field: 'startedAt', direction: -1, read: (text: string) => new Date(text) } as const;
      const page = await keysetPage(runs, filter.job ? { job: filter.job } : {}, order, request);
      return { ...page, items: page.items.map(toRun) };
    },
  };
}

function toRun({ _id, ...run }: RunDoc): Run {
  return run;
}
