import { z } from 'zod';
import { CallId, SiteId, WorkerId } from '../src/domain/ids.ts';
import { type ExceptionRecord, exceptionKinds } from '../src/domain/ledger.ts';
import { type Outcome, accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { type Warning, warnOfCode } from '../src/domain/warning.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import type { ForViewer } from '../src/ports.ts';
import type { ActOnException, LinkRefusal } from '../src/services/act-on-exception.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { WarningView } from './warning-view.ts';

const states = ['open', 'fixed', 'linked', 'rejected', 'acknowledged'] as const;

const ExceptionView = z.object({
  id: z.string(),
  kind: z.enum(exceptionKinds),
  severity: z.enum(['fix', 'acknowledge']),
  callId: z.string().nullable(),
  siteId: z.string().nullable(),
  workerId: z.string().nullable(),
  workDate: z.string().nullable(),
  openedAt: z.string(),
  state: z.enum(states),
});

/** What is answered to a decision, with warnings about its codes. */
const DecidedView = ExceptionView.extend({ warnings: z.array(WarningView) });

const grounds = {
  reasonCode: z.string().trim().min(1).max(60),
  actionCode: z.string().trim().min(1).max(60),
  note: z.string().trim().min(1).max(500).exactOptional(),
};
const Grounds = z.strictObject(grounds);
const Link = z.strictObject({
  ...grounds,
  workerId: WorkerId,
  siteId: SiteId.exactOptional(),
  direction: z.enum(['entry', 'exit']).exactOptional(),
  registerPhone: z.boolean().exactOptional(),
});

export interface ExceptionRouteParts {
  readonly projections: ForViewer<ProjectionStore>;
  readonly act: ActOnException;
  readonly catalogs: Catalogs;
}

const params = z.object({ id: z.string().max(200) });

const groundRefusals = ['note-needed'] as const;

const linkRefusals = [
  'not-found',
  'already-decided',
  'nothing-to-link',
  'unknown-worker',
  'worker-without-employer',
  'unknown-site',
  'number-taken',
  'number-not-personal',
  'not-allowed',
  ...groundRefusals,
] as const satisfies readonly (LinkRefusal | 'not-allowed' | (typeof groundRefusals)[number])[];

/** What needs a person's eye, and what he does about it: fix by linking, reject, or acknowledge. */
export function exceptionRoutes(parts: ExceptionRouteParts) {
  return [...readings(parts), ...acts(parts)];
}

function readings({ projections }: ExceptionRouteParts) {
  return [
    endpoint({
      method: 'get',
      path: '/exceptions',
      summary: 'Exceptions, oldest first',
      tag: 'exceptions',
      scope: 'read',
      access: { right: ['exception', 'read'] },
      request: {
        query: listQuery({
          state: z.enum(states).exactOptional(),
          kind: z.enum(exceptionKinds).exactOptional(),
          callId: CallId.exactOptional(),
        }),
      },
      response: { status: 200, body: pageOf(ExceptionView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const request = pageRequest(query, await reach.within(['exception', 'read']));
        return accept(answerPage(await projections.pageExceptions(query, request), exceptionView));
      },
    }),
    endpoint({
      method: 'get',
      path: '/exceptions/{id}',
      summary: 'One exception',
      tag: 'exceptions',
      scope: 'read',
      access: { right: ['exception', 'read'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: ExceptionView, etag: true },
      refusals: ['not-found'],
      handle: async (asked) => {
        const within = await asked.reach.within(['exception', 'read']);
        const found = await projections.exceptionWithin(asked.params.id, within);
        return found ? accept(exceptionView(found)) : refuse('not-found');
      },
    }),
  ];
}

function acts({ act, catalogs }: ExceptionRouteParts) {
  return [
    endpoint({
      method: 'post',
      path: '/exceptions/{id}/link',
      summary: 'Link the call to a worker: the day is then his, at the time of the call',
      tag: 'exceptions',
      scope: 'write',
      access: {
        right: ['exception', 'act'],
        one: (asked) => asked.params.id,
        named: ({ body: { workerId, siteId, registerPhone } }) => [
          { right: ['worker', 'expect'], ids: [workerId], refusal: 'unknown-worker' },
          { right: ['site', 'approve'], ids: siteId ? [siteId] : [], refusal: 'unknown-site' },
          { right: ['worker', 'register-phone'], ids: registerPhone ? [workerId] : [], refusal: 'not-allowed' },
        ],
      },
      request: { params, body: Link },
      response: { status: 200, body: DecidedView },
      refusals: linkRefusals,
      handle: async ({ params: { id }, body, viewer }) => {
        const checked = checkGrounds(catalogs, body);
        if (!checked.ok) return checked;
        return viewOf(await act.link(id, { ...body, by: viewer.keyId }), checked.value);
      },
    }),
    ...(['reject', 'acknowledge'] as const).map((what) =>
      endpoint({
        method: 'post',
        path: `/exceptions/{id}/${what}`,
        summary:
          what === 'reject' ? 'Reject the call: it is nobody’s attendance' : 'Acknowledge: seen, and left as it is',
        tag: 'exceptions',
        scope: 'write',
        access: { right: ['exception', 'act'], one: (asked) => asked.params.id },
        request: { params, body: Grounds },
        response: { status: 200, body: DecidedView },
        refusals: ['not-found', 'already-decided', ...groundRefusals],
        handle: async ({ params: { id }, body, viewer }) => {
          const checked = checkGrounds(catalogs, body);
          if (!checked.ok) return checked;
          return viewOf(await act.close(id, what, { ...body, by: viewer.keyId }), checked.value);
        },
      }),
    ),
  ];
}

/** A note is asked for only where the code says nothing by itself; a code that the lists lack is warned of. */
function checkGrounds(catalogs: Catalogs, body: z.infer<typeof Grounds>): Outcome<readonly Warning[], 'note-needed'> {
  const reason = catalogs.find('reason-codes', body.reasonCode);
  const action = catalogs.find('action-codes', body.actionCode);
  if ((reason?.noteRequired || action?.noteRequired) && body.note === undefined) return refuse('note-needed');
  return accept([
    ...warnOfCode('/reasonCode', body.reasonCode, catalogs.codes('reason-codes')),
    ...warnOfCode('/actionCode', body.actionCode, catalogs.codes('action-codes')),
  ]);
}

function viewOf<C extends string>(outcome: Outcome<ExceptionRecord, C>, warnings: readonly Warning[]) {
  return mapOutcome(outcome, (exception) => ({ ...exceptionView(exception), warnings }));
}

/** An exception of a day names the newest of the calls that it comes from. */
function exceptionView({ calls = [], ...exception }: ExceptionRecord): z.infer<typeof ExceptionView> {
  const { callId = calls.at(-1) ?? null, siteId = null, workerId = null, workDate = null } = exception;
  return { ...exception, callId, siteId, workerId, workDate, openedAt: tokyoText(exception.openedAt) };
}
