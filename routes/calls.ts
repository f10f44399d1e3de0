import { z } from 'zod';
import { CallId, Day, SiteId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { addDays, startOfDay, tokyoText } from '../src/domain/work-day.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { CallRecord, ProjectionStore } from '../src/ports-projection.ts';

const CallView = z.object({
  callId: z.string(),
  line: z.string(),
  from: z.string(),
  receivedAt: z.string(),
  source: z.string(),
  answered: z.boolean(),
  receiptNumber: z.string(),
  outcome: z.string(),
  status: z.string().nullable(),
  flags: z.array(z.string()),
  siteId: z.string().nullable(),
  turns: z.array(
    z.object({
      turn: z.number().int(),
      at: z.string(),
      outcome: z.string(),
      pressed: z.string().nullable(),
      markup: z.string(),
    }),
  ),
  passages: z.array(
    z.object({
      workerId: z.string(),
      siteId: z.string(),
      direction: z.enum(['entry', 'exit']),
      at: z.string(),
      by: z.string(),
    }),
  ),
});

/** Every call, also those from which nothing could be recorded; the last received come first. */
export function callRoutes({ projections }: { readonly projections: ProjectionStore }) {
  return [
    endpoint({
      method: 'get',
      path: '/calls',
      summary: 'Calls, by site, receipt number or days (Asia/Tokyo)',
      tag: 'calls',
      scope: 'read',
      request: {
        query: listQuery({
          siteId: SiteId.exactOptional(),
          receipt: z
            .string()
            .regex(/^\d{4}$/)
            .exactOptional(),
          from: Day.exactOptional(),
          to: Day.exactOptional(),
        }),
      },
      response: { status: 200, body: pageOf(CallView) },
      refusals: [],
      handle: async ({ query: { from, to, siteId, receipt, ...query } }) => {
        const filter = {
          ...(siteId ? { siteId } : {}),
          ...(receipt ? { receipt } : {}),
          ...(from ? { from: startOfDay(from) } : {}),
          ...(to ? { to: startOfDay(addDays(to, 1)) } : {}),
        };
        return accept(answerPage(await projections.pageCalls(filter, pageRequest(query)), callView));
      },
    }),
    endpoint({
      method: 'get',
      path: '/calls/{callId}',
      summary: 'One call with its turns',
      tag: 'calls',
      scope: 'read',
      request: { params: z.object({ callId: CallId }) },
      response: { status: 200, body: CallView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params }) => {
        const call = await projections.call(params.callId);
        return call ? accept(callView(call)) : refuse('not-found');
      },
    }),
  ];
}

function callView(call: CallRecord): z.infer<typeof CallView> {
  return {
    ...call,
    receivedAt: tokyoText(call.receivedAt),
    status: call.status ?? null,
    flags: [...call.flags],
    siteId: call.siteId ?? null,
    turns: call.turns.map(({ at, pressed, ...turn }) => ({ ...turn, at: tokyoText(at), pressed: pressed ?? null })),
    passages: call.passages.map(({ workerId, siteId, direction, at, by }) => ({
      workerId,
      siteId,
      direction,
      at: tokyoText(at),
      by,
    })),
  };
}
