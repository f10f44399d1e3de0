import { z } from 'zod';
import { type Alarm, alarmKinds } from '../src/domain/alarm.ts';
import { accept } from '../src/domain/outcome.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { AlarmStore } from '../src/ports-watch.ts';

const states = ['open', 'closed'] as const;

const AlarmView = z.object({
  id: z.string(),
  kind: z.enum(alarmKinds),
  day: z.string(),
  siteId: z.string().nullable(),
  workerId: z.string().nullable(),
  state: z.enum(states),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
});

/** What the operator must know at once; an alarm closes by itself when its reason is gone. */
export function alarmRoutes({ alarms }: { readonly alarms: AlarmStore }) {
  return [
    endpoint({
      method: 'get',
      path: '/alarms',
      summary: 'Alarms, the last opened first',
      tag: 'alarms',
      scope: 'read',
      request: { query: listQuery({ state: z.enum(states).exactOptional() }) },
      response: { status: 200, body: pageOf(AlarmView) },
      refusals: [],
      handle: async ({ query }) =>
        accept(answerPage(await alarms.page(query, pageRequest(query, 'everything')), alarmView)),
    }),
  ];
}

function alarmView(alarm: Alarm): z.infer<typeof AlarmView> {
  const { id, kind, day, siteId = null, workerId = null, state, closedAt } = alarm;
  const times = { openedAt: tokyoText(alarm.openedAt), closedAt: closedAt ? tokyoText(closedAt) : null };
  return { id, kind, day, siteId, workerId, state, ...times };
}
