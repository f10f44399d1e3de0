import type { mongo } from 'mongoose';
import type { Forwarding } from '../src/domain/forwarding.ts';
import { present } from '../src/domain/present.ts';
import type { AttemptEnd, ForwardingStore } from '../src/ports-forwarding.ts';
import { type ForwardingDoc, toForwarding } from './forwarding-doc.ts';

type Queue = Pick<
  ForwardingStore,
  'take' | 'nextDue' | 'finish' | 'unsettled' | 'resend' | 'reopenLocal' | 'wake' | 'releaseWaiting'
>;

const OPEN = ['pending', 'sending'] as const;

/** What is due, who has it and how it ended: compare-and-set on single documents, with a fence against those who come back late. */
export function createForwardingQueue(forwardings: mongo.Collection<ForwardingDoc>): Queue {
  return {
    ...createReopenings(forwardings),
    async take({ owner, now, until, limit }) {
      const due = await forwardings
        .find({ dueAt: { $lte: now } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .project<Pick<ForwardingDoc, '_id' | 'current'>>({ current: 1 })
        .toArray();
      const left = due.filter((doc) => !doc.current).map((doc) => doc._id);
      if (left.length > 0) await setAsideLeft(forwardings, left, now);
      const ids = due.filter((doc) => doc.current).map((doc) => doc._id);
      if (ids.length === 0) return [];
      await forwardings.updateMany(
        { _id: { $in: ids }, dueAt: { $lte: now }, current: true },
        { $set: { state: 'sending', dueAt: until, owner }, $inc: { fence: 1 } },
      );
      return (await forwardings.find({ _id: { $in: ids }, owner, state: 'sending' }).toArray()).map(toForwarding);
    },
    async nextDue() {
      const [doc] = await forwardings
        .find({ dueAt: { $type: 'date' } })
        .sort({ dueAt: 1 })
        .limit(1)
        .toArray();
      return doc?.dueAt;
    },
    async finish(ends) {
      if (ends.length === 0) return;
      await forwardings.bulkWrite(ends.map(ending), { ordered: false });
      const again = ends.filter(({ end }) => end.dueAt !== undefined).map(({ item }) => item.id);
      if (again.length === 0) return;
      await forwardings.updateMany(
        { _id: { $in: again }, current: false, state: 'pending' },
        { $set: { state: 'superseded' }, $unset: { dueAt: '' } },
      );
    },
    async unsettled(lanes) {
      const docs = await forwardings
        .find({ lane: { $in: [...lanes] }, state: { $in: [...OPEN] } })
        .project<{ lane: string }>({ lane: 1 })
        .toArray();
      return new Set(docs.map((doc) => doc.lane));
    },
  };
}

/** The end of one attempt, for whoever still holds the last claim. */
function ending({
  item,
  end,
}: {
  readonly item: Forwarding;
  readonly end: AttemptEnd;
}): mongo.AnyBulkWriteOperation<ForwardingDoc> {
  const { state, attempts, answer, dueAt } = end;
  const gone = {
    owner: '' as const,
    ...(answer ? {} : { answer: '' as const }),
    ...(dueAt ? {} : { dueAt: '' as const }),
  };
  const kept = { state, attempts, ...present({ answer, dueAt }) };
  return { updateOne: { filter: { _id: item.id, fence: item.fence }, update: { $set: kept, $unset: gone } } };
}

/** Older versions that somebody took and never gave back, because he was killed: a newer one goes out in their place. */
async function setAsideLeft(
  forwardings: mongo.Collection<ForwardingDoc>,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await forwardings.updateMany(
    { _id: { $in: [...ids] }, current: false, dueAt: { $lte: now } },
    { $set: { state: 'superseded' }, $unset: { dueAt: '' } },
  );
}

/** Ways in which something becomes due again. */
function createReopenings(
  forwardings: mongo.Collection<ForwardingDoc>,
): Pick<Queue, 'resend' | 'reopenLocal' | 'wake' | 'releaseWaiting'> {
  return {
    async resend(id, now) {
      const again = await forwardings.updateOne(
        { _id: id, current: true, state: { $nin: ['sending', 'superseded', 'withdrawn'] } },
        { $set: { state: 'pending', dueAt: now } },
      );
      return again.matchedCount === 1;
    },
    async reopenLocal(now) {
      await forwardings.updateMany(
        { current: true, state: 'rejected', 'answer.local': true },
        { $set: { state: 'pending', dueAt: now } },
      );
    },
    async wake(now) {
      await forwardings.updateMany({ state: 'pending', dueAt: { $gt: now } }, { $set: { dueAt: now } });
    },
    async releaseWaiting(of, now) {
      if (of.length === 0) return;
      const open = ['pending', 'accepted-incomplete'] as const;
      const waiting = of.flatMap(({ siteId, workerId }): mongo.Filter<ForwardingDoc>[] =>
        workerId
          ? [
              {
                lane: { $gte: `history:${workerId}:${siteId}:`, $lt: `history:${workerId}:${siteId};` },
                state: { $in: [...open] },
              },
            ]
          : [
              { siteId, kind: 'history', state: { $in: [...open] } },
              { siteId, kind: 'roster', state: { $in: [...open, 'rejected'] } },
            ],
      );
      await forwardings.updateMany({ $or: waiting, current: true }, { $set: { state: 'pending', dueAt: now } });
    },
  };
}
