import type { mongo } from 'mongoose';
import type { Forwarding } from '../src/domain/forwarding.ts';
import type { SiteId } from '../src/domain/ids.ts';
import { present } from '../src/domain/present.ts';
import type { AttemptEnd, ForwardingStore } from '../src/ports-forwarding.ts';
import { inChunks } from './collection.ts';
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
      await inChunks(ids, ($in) =>
        forwardings.updateMany(
          { _id: { $in }, dueAt: { $lte: now }, current: true },
          { $set: { state: 'sending', dueAt: until, owner }, $inc: { fence: 1 } },
        ),
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
      await inChunks(ends.map(ending), (chunk) => forwardings.bulkWrite(chunk, { ordered: false }));
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
  const held = waitsOn(item, end);
  const gone = {
    owner: '' as const,
    ...(held ? {} : { held: '' as const }),
    ...(answer ? {} : { answer: '' as const }),
    ...(dueAt ? {} : { dueAt: '' as const }),
  };
  const kept = { state, attempts, ...present({ answer, dueAt, held }) };
  return { updateOne: { filter: { _id: item.id, fence: item.fence }, update: { $set: kept, $unset: gone } } };
}

/** The site whose tree or roster line it waits for: held back here, or not taken whole by the registry for want of it. */
function waitsOn({ kind, siteId }: Forwarding, { state, held }: AttemptEnd): SiteId | undefined {
  if (kind === 'tree') return undefined;
  const wanting = held === true || state === 'accepted-incomplete' || (kind === 'roster' && state === 'rejected');
  return wanting ? siteId : undefined;
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
        { _id: id, current: true, state: { $nin: ['sending', 'superseded'] } },
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
      const sites = new Set(of.filter(({ workerId }) => !workerId).map(({ siteId }) => siteId));
      const lines = new Set(of.map(({ siteId, workerId }) => `${siteId}:${workerId ?? ''}`));
      // Read first: mostly nothing waits, and a search is cheaper than a write that finds nothing.
      const held = await forwardings
        .find({ held: { $in: of.map(({ siteId }) => siteId) }, current: true })
        .project<Pick<ForwardingDoc, '_id' | 'kind' | 'siteId' | 'workerId'>>({ kind: 1, siteId: 1, workerId: 1 })
        .toArray();
      const free = held.filter(
        ({ kind, siteId, workerId }) =>
          sites.has(siteId) || (kind === 'history' && lines.has(`${siteId}:${workerId ?? ''}`)),
      );
      await inChunks(
        free.map(({ _id }) => _id),
        ($in) =>
          forwardings.updateMany(
            { _id: { $in }, current: true, state: { $in: ['pending', 'accepted-incomplete', 'rejected'] } },
            { $set: { state: 'pending', dueAt: now }, $unset: { held: '' } },
          ),
      );
    },
  };
}
