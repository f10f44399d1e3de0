import { z } from 'zod';
import type { Within } from '../src/domain/reach.ts';
import { type Day, PhoneId, WorkerId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { type Notice, noticeStates, untoldReasons } from '../src/domain/notice.ts';
import { startOfDay, tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { NoticeStore } from '../src/ports-notices.ts';
import type { ForViewer, WorkerStore } from '../src/ports.ts';

const NoticeView = z
  .object({
    id: z.string(),
    phoneId: PhoneId,
    workerId: WorkerId,
    openedAt: z.string(),
    state: z.enum(noticeStates),
    channel: z.enum(['sms', 'call']).nullable(),
    /** Why he was not told; `unknown`: nobody knows whether it went out. */
    why: z.enum(untoldReasons).nullable(),
  })
  .meta({ id: 'Notice' });

const Wish = z.strictObject({ wanted: z.boolean() }).meta({ id: 'NoticeWish' });

interface Parts {
  readonly notices: NoticeStore;
  readonly workers: ForViewer<WorkerStore>;
}

/** Who was told of a number that was registered to him, who was not, and who does not want to be. */
export function noticeRoutes({ notices, workers }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/phones/notices',
      summary: 'Who was told that a number was registered to him; state=unsent lists who was not, and why',
      tag: 'phones',
      scope: 'read',
      access: { right: ['phone', 'read'] },
      request: {
        query: listQuery({ state: z.enum(noticeStates).exactOptional(), workerId: WorkerId.exactOptional() }),
      },
      response: { status: 200, body: pageOf(NoticeView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const { state, workerId } = query;
        const filter = { ...(state ? { state } : {}), ...(workerId ? { workerId } : {}) };
        const page = await notices.page(filter, pageRequest(query, noticesOf(await reach.ownWorkers())));
        return accept(answerPage(page, noticeView));
      },
    }),
    endpoint({
      method: 'put',
      path: '/workers/{id}/notices',
      summary: 'Whether he wants to be told of numbers that are registered to him; until he says no, he is told',
      tag: 'workers',
      scope: 'write',
      access: { right: ['worker', 'disclose'], one: ({ params }) => params.id },
      request: { params: z.object({ id: WorkerId }), body: Wish },
      response: { status: 200, body: Wish },
      refusals: ['not-found'],
      handle: async ({ params, body, reach }) => {
        if (!(await workers.findWithin(params.id, await reach.within(['worker', 'disclose']))))
          return refuse('not-found');
        await notices.want(params.id, body.wanted);
        return accept(body);
      },
    }),
  ];
}

function noticeView({ openedAt, channel, why, ...notice }: Notice) {
  return { ...notice, openedAt: tokyoText(openedAt), channel: channel ?? null, why: why ?? null };
}

/** What he may see of his own workers: nothing of the time with an employer before. */
function noticesOf(own: 'all' | ReadonlyMap<WorkerId, Day>): Within {
  if (own === 'all') return 'everything';
  const always = [...own].flatMap(([id, since]) => (since === '' ? [id] : []));
  const later = [...own].flatMap(([workerId, since]) =>
    since === '' ? [] : [{ workerId, openedAt: { $gte: startOfDay(since) } }],
  );
  return { $or: [{ workerId: { $in: always } }, ...later] };
}
