import type { Connection } from 'mongoose';
import type { History } from '../src/domain/history.ts';
import type { HistoryFilter, ProjectionStore } from '../src/ports-projection.ts';
import { type Keyed, collectionOf, keysetPage, narrowed, replaceAll } from './collection.ts';

type HistoryDoc = History & Keyed;

export const historyIndexes = [
  { key: { workerId: 1, workDate: 1 }, name: 'worker' },
  { key: { siteId: 1, workDate: 1 }, name: 'site' },
  { key: { workDate: 1, _id: 1 }, name: 'day' },
];

type HistoryReadings =
  | 'histories'
  | 'historiesOfWorkers'
  | 'saveHistories'
  | 'withoutExit'
  | 'arrivedOn'
  | 'pageHistories'
  | 'historyWithin';

/** Employment histories as derived; one document per worker, site and work date. */
export function createHistoryStore(connection: Connection): Pick<ProjectionStore, HistoryReadings> {
  const histories = collectionOf<HistoryDoc>(connection, 'histories');
  return {
    async histories(ids) {
      return (await histories.find({ _id: { $in: [...ids] } }).toArray()).map(toHistory);
    },
    async historyWithin(id, within) {
      const doc = await histories.findOne(narrowed({ _id: id, withdrawn: false }, within));
      return doc ? toHistory(doc) : undefined;
    },
    async historiesOfWorkers(workerIds) {
      return (await histories.find({ workerId: { $in: [...workerIds] } }).toArray()).map(toHistory);
    },
    async saveHistories(changed) {
      await replaceAll(
        histories,
        changed.map((history) => ({ ...history, _id: history.id })),
      );
    },
    async withoutExit(from) {
      const open = { entryAt: { $exists: true }, exitAt: { $exists: false }, withdrawn: false };
      return (await histories.find({ workDate: { $gte: from }, ...open }).toArray()).map(toHistory);
    },
    async arrivedOn(workDate, workerIds) {
      const arrived = { entryAt: { $exists: true }, withdrawn: false, workDate };
      const found = await histories
        .find({ workerId: { $in: [...workerIds] }, ...arrived }, { projection: { workerId: 1 } })
        .toArray();
      return new Set(found.map(({ workerId }) => workerId));
    },
    async pageHistories(filter, request) {
      const order = { field: 'workDate', direction: 1, read: (text: string) => text } as const;
      const page = await keysetPage(histories, condition(filter), order, request);
      return { ...page, items: page.items.map(toHistory) };
    },
  };
}

function condition({ siteId, workerId, from, to, withdrawn = false }: HistoryFilter): Record<string, unknown> {
  const days = { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) };
  return {
    withdrawn,
    ...(siteId ? { siteId } : {}),
    ...(workerId ? { workerId } : {}),
    ...(from || to ? { workDate: days } : {}),
  };
}

function toHistory({ _id, ...history }: HistoryDoc): History {
  return history;
}
