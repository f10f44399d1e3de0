import type { Connection } from 'mongoose';
import type { Notice } from '../src/domain/notice.ts';
import { present } from '../src/domain/present.ts';
import type { NoticeStore } from '../src/ports-notices.ts';
import { type Keyed, collectionOf, keysetPage } from './collection.ts';
import { toleratingDuplicates } from './connection.ts';

type NoticeDoc = Notice & Keyed;

export const noticeIndexes = [
  { key: { state: 1 }, name: 'state' },
  { key: { workerId: 1 }, name: 'worker' },
  { key: { openedAt: -1, _id: -1 }, name: 'openedAt' },
];

/** Who was told of which number; never dropped, so that nobody is told twice. */
export function createNoticeStore(connection: Connection): NoticeStore {
  const notices = collectionOf<NoticeDoc>(connection, 'notices');
  const refusals = collectionOf<Keyed>(connection, 'noticeRefusals');
  return {
    async open(notice) {
      await toleratingDuplicates(notices.insertOne({ ...notice, _id: notice.id }));
    },
    async find(id) {
      const doc = await notices.findOne({ _id: id });
      return doc ? toNotice(doc) : undefined;
    },
    async opened(limit) {
      return (await notices.find({ state: 'opened' }).sort({ _id: 1 }).limit(limit).toArray()).map(toNotice);
    },
    async move(id, from, { state, why, channel }) {
      const next = { state, ...present({ why, channel }) };
      return (await notices.updateOne({ _id: id, state: from }, { $set: next })).matchedCount === 1;
    },
    async page(filter, request) {
      const order = { field: 'openedAt', direction: -1, read: (text: string) => new Date(text) } as const;
      const page = await keysetPage(notices, present({ ...filter }), order, request);
      return { ...page, items: page.items.map(toNotice) };
    },
    wantedBy: async (workerId) => (await refusals.findOne({ _id: workerId })) === null,
    async want(workerId, wanted) {
      if (wanted) await refusals.deleteOne({ _id: workerId });
      else await toleratingDuplicates(refusals.insertOne({ _id: workerId }));
    },
  };
}

function toNotice({ _id, ...notice }: NoticeDoc): Notice {
  return notice;
}
