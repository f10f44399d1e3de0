import type { Connection } from 'mongoose';
import type { CallFilter, CallRecord, ProjectionStore } from '../src/ports-projection.ts';
import { type Keyed, collectionOf, keysetPage, narrowed, replaceAll } from './collection.ts';

type CallDoc = CallRecord & Keyed;

export const callIndexes = [
  { key: { receivedAt: -1, _id: -1 }, name: 'receivedAt' },
  { key: { receiptNumber: 1 }, name: 'receipt' },
  { key: { callerIndex: 1, receivedAt: -1 }, name: 'caller' },
];

/** Calls as they are listed; the last received come first. */
export function createCallRecordStore(
  connection: Connection,
): Pick<ProjectionStore, 'saveCalls' | 'pageCalls' | 'callWithin' | 'lastCallsFrom'> {
  const calls = collectionOf<CallDoc>(connection, 'calls');
  return {
    async saveCalls(changed) {
      await replaceAll(
        calls,
        changed.map((call) => ({ ...call, _id: call.callId })),
      );
    },
    async pageCalls(filter, request) {
      const order = { field: 'receivedAt', direction: -1, read: (text: string) => new Date(text) } as const;
      const page = await keysetPage(calls, condition(filter), order, request);
      return { ...page, items: page.items.map(toCall) };
    },
    async lastCallsFrom(numbers) {
      const found = numbers.map(async (callerIndex) => {
        const [last] = await calls.find({ callerIndex }).sort({ receivedAt: -1 }).limit(1).toArray();
        return last ? [[callerIndex, last.receivedAt] as const] : [];
      });
      return new Map((await Promise.all(found)).flat());
    },
    async callWithin(id, within) {
      const doc = await calls.findOne(narrowed({ _id: id }, within));
      return doc ? toCall(doc) : undefined;
    },
  };
}

function condition({ siteId, line, receipt, from, to }: CallFilter): Record<string, unknown> {
  return {
    ...(siteId ? { siteId } : {}),
    ...(line ? { line } : {}),
    ...(receipt ? { receiptNumber: receipt } : {}),
    ...(from || to ? { receivedAt: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } } : {}),
  };
}

function toCall({ _id, ...call }: CallDoc): CallRecord {
  return call;
}
