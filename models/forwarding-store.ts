import type { Connection, mongo } from 'mongoose';
import type { NewForwarding } from '../src/domain/forwarding.ts';
import type { ForwardingStore } from '../src/ports-forwarding.ts';
import { collectionOf, inChunks, keysetPage, narrowed } from './collection.ts';
import { toleratingDuplicates } from './connection.ts';
import { type ForwardingDoc, toForwarding } from './forwarding-doc.ts';
import { createForwardingQueue } from './forwarding-queue.ts';

export const forwardingIndexes: readonly mongo.IndexDescription[] = [
  { key: { lane: 1, version: -1 }, name: 'lane' },
  { key: { dueAt: 1 }, name: 'dueAt', sparse: true },
  { key: { held: 1 }, name: 'held', sparse: true },
];

const LATEST_FIRST = { version: -1 } as const;

/** Hand-overs to the core registry; a lane holds the versions of one thing, of which the last is current. */
export function createForwardingStore(connection: Connection, realNow: () => Date): ForwardingStore {
  const forwardings = collectionOf<ForwardingDoc>(connection, 'forwardings');
  const latestOf = async (lanes: readonly string[]) => {
    const docs = await forwardings
      .find({ lane: { $in: [...lanes] }, current: true })
      .sort(LATEST_FIRST)
      .toArray();
    const latest = new Map<string, ForwardingDoc>();
    for (const doc of docs) if (!latest.has(doc.lane)) latest.set(doc.lane, doc);
    return latest;
  };
  return {
    ...createForwardingQueue(forwardings),
    async enqueue(items) {
      if (items.length === 0) return;
      const latest = await latestOf(items.map(laneOf));
      const fresh = items.flatMap((item) => nextVersion(item, latest.get(laneOf(item)), realNow()));
      if (fresh.length === 0) return;
      await inChunks(fresh, (chunk) => toleratingDuplicates(forwardings.insertMany(chunk, { ordered: false })));
      // What was first of its lane has nothing before it; a race that proves this wrong is settled by the registry's own order.
      const later = fresh.filter((doc) => latest.has(doc.lane));
      await inChunks(later, (chunk) => forwardings.bulkWrite(chunk.flatMap(setAside), { ordered: true }));
    },
    async latest(kind, keys) {
      const found = await latestOf(keys.map((key) => `${kind}:${key}`));
      return new Map([...found.values()].map((doc) => [doc.key, toForwarding(doc)]));
    },
    async findWithin(id, within) {
      const doc = await forwardings.findOne(narrowed({ _id: id }, within));
      return doc ? toForwarding(doc) : undefined;
    },
    async page({ state, kind }, request) {
      const order = { field: 'lane', direction: 1, read: (text: string) => text } as const;
      const filter = { ...(state ? { state } : {}), ...(kind ? { kind } : {}) };
      const page = await keysetPage(forwardings, filter, order, request);
      return { ...page, items: page.items.map(toForwarding) };
    },
  };
}

/** The document of a version that does not stand yet; nothing when the current one says the same or was made from more. */
function nextVersion(item: NewForwarding, current: ForwardingDoc | undefined, now: Date): ForwardingDoc[] {
  const version = item.version ?? (current?.version ?? 0) + 1;
  if (current && stands(item, current, version)) return [];
  const lane = laneOf(item);
  const id = `${lane}:${String(version)}`;
  return [{ ...item, _id: id, id, lane, version, attempts: 0, fence: 0, current: true, state: 'pending', dueAt: now }];
}

function stands(item: NewForwarding, current: ForwardingDoc, version: number): boolean {
  if (item.version !== undefined) return current.version >= version;
  return current.facts > item.facts || current.hash === item.hash;
}

/**
 * Older versions are no longer current, and those that nobody has taken yet are superseded. In this order: whoever gives one back
 * between the two steps sees that it is no longer current and sets it aside himself.
 */
function setAside({ lane, version }: ForwardingDoc): mongo.AnyBulkWriteOperation<ForwardingDoc>[] {
  const older = { lane, version: { $lt: version } };
  return [
    { updateMany: { filter: { ...older, current: true }, update: { $set: { current: false } } } },
    {
      updateMany: {
        filter: { ...older, state: { $in: ['pending', 'rejected'] } },
        update: { $set: { state: 'superseded' }, $unset: { dueAt: '' } },
      },
    },
  ];
}

function laneOf(item: NewForwarding): string {
  return `${item.kind}:${item.key}`;
}
