import type { mongo } from 'mongoose';
import type { ForwardingStore } from '../src/ports-forwarding.ts';
import { type ForwardingDoc, toForwarding } from './forwarding-doc.ts';

type Queue = Pick<
  ForwardingStore,
  'due' | 'nextDue' | 'claim' | 'finish' | 'unsettled' | 'resend' | 'reopenLocal' | 'wake' | 'reopenIncomplete'
>;

const OPEN = ['pending', 'sending'] as const;

/** What is due, who has it and how it ended: compare-and-set on single documents, with a fence against those who come back late. */
export function createForwardingQueue(forwardings: mongo.Collection<ForwardingDoc>): Queue {
  return {
    ...createReopenings(forwardings),
    async due(now, limit) {
      const docs = await forwardings
        .find({ dueAt: { $lte: now } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toForwarding);
    },
    async nextDue() {
      const [doc] = await forwardings
        .find({ dueAt: { $type: 'date' } })
        .sort({ dueAt: 1 })
        .limit(1)
        .toArray();
      return doc?.dueAt;
    },
    async claim({ id, fence }, until) {
      const taken = await forwardings.findOneAndUpdate(
        { _id: id, fence, current: true, state: { $in: [...OPEN] } },
        { $set: { state: 'sending', dueAt: until }, $inc: { fence: 1 } },
        { returnDocument: 'after' },
      );
      return taken ? toForwarding(taken) : undefined;
    },
    async finish({ id, fence }, { state, attempts, answer, dueAt }) {
      const absent = { ...(answer ? {} : { answer: '' as const }), ...(dueAt ? {} : { dueAt: '' as const }) };
      const present = { state, attempts, ...(answer ? { answer } : {}), ...(dueAt ? { dueAt } : {}) };
      const unset = Object.keys(absent).length > 0 ? { $unset: absent } : {};
      const ended = await forwardings.updateOne({ _id: id, fence }, { $set: present, ...unset });
      if (dueAt) {
        const superseded = { $set: { state: 'superseded' as const }, $unset: { dueAt: '' as const } };
        await forwardings.updateOne({ _id: id, current: false, state: 'pending' }, superseded);
      }
      return ended.matchedCount === 1;
    },
    async unsettled(siteIds) {
      const docs = await forwardings
        .find({ siteId: { $in: [...siteIds] }, kind: { $in: ['tree', 'roster'] }, state: { $in: [...OPEN] } })
        .project<{ lane: string }>({ lane: 1 })
        .toArray();
      return new Set(docs.map((doc) => doc.lane));
    },
  };
}

/** Ways in which something becomes due again. */
function createReopenings(
  forwardings: mongo.Collection<ForwardingDoc>,
): Pick<Queue, 'resend' | 'reopenLocal' | 'wake' | 'reopenIncomplete'> {
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
    async reopenIncomplete(siteId, now) {
      await forwardings.updateMany(
        { siteId, kind: 'history', current: true, state: 'accepted-incomplete' },
        { $set: { state: 'pending', dueAt: now } },
      );
    },
  };
}
