import { z } from 'zod';
import { type Correction, type Decision as Decided, correctionStates } from '../src/domain/correction.ts';
import { Day, SiteId, WorkerId } from '../src/domain/ids.ts';
import { type Outcome, accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { CorrectionStore } from '../src/ports-corrections.ts';
import type { ForViewer } from '../src/ports.ts';
import type { ApproveRefusal, CorrectHistory, RequestRefusal } from '../src/services/correct-history.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';

const Moment = z.iso.datetime({ offset: true });
const Note = z.string().trim().min(1).max(500);
const Code = z.string().min(1).max(40);

const NewCorrection = z
  .strictObject({
    siteId: SiteId,
    workerId: WorkerId,
    workDate: Day,
    entryAt: Moment.exactOptional(),
    exitAt: Moment.exactOptional(),
    jobType: Code.exactOptional(),
    position: Code.exactOptional(),
    reasonCode: z.string().max(60),
    note: Note.exactOptional(),
  })
  .meta({ id: 'NewCorrection' });

const Decision = z
  .strictObject({
    reasonCode: z.string().max(60).exactOptional(),
    actionCode: z.string().max(60).exactOptional(),
    note: Note.exactOptional(),
  })
  .meta({ id: 'CorrectionDecision' });

const moment = z.string().nullable();
const CorrectionView = z
  .object({
    id: z.string(),
    siteId: z.string(),
    workerId: z.string(),
    workDate: z.string(),
    entryAt: moment,
    exitAt: moment,
    jobType: z.string().nullable(),
    position: z.string().nullable(),
    reasonCode: z.string(),
    note: z.string().nullable(),
    source: z.enum(['office', 'phone']),
    state: z.enum(correctionStates),
    requestedAt: z.string(),
    requestedBy: z.string(),
    decision: z
      .object({
        at: z.string(),
        by: z.string(),
        reasonCode: z.string().nullable(),
        actionCode: z.string().nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'Correction' });
type CorrectionView = z.infer<typeof CorrectionView>;

export interface CorrectionRouteParts {
  readonly corrections: ForViewer<CorrectionStore>;
  readonly correct: CorrectHistory;
  readonly catalogs: Catalogs;
}

const tag = 'corrections';
const params = z.object({ id: z.string().max(200) });

const flaws = [
  'unknown-worker',
  'unknown-site',
  'worker-without-employer',
  'deadline-passed',
  'nothing-to-correct',
  'day-mismatch',
  'time-in-future',
  'period-reversed',
  'stay-too-long',
  'overlaps-another-stay',
] as const;
const requestRefusals = [...flaws, 'correction-waiting', 'reason-unknown', 'note-needed'] as const satisfies readonly (
  RequestRefusal | 'reason-unknown' | 'note-needed'
)[];
const codeRefusals = ['reason-unknown', 'action-unknown'] as const;
const decideRefusals = ['not-found', 'already-decided', 'conflict', ...codeRefusals] as const;
const approveRefusals = [...decideRefusals, ...flaws] as const satisfies readonly (
  ApproveRefusal | (typeof codeRefusals)[number]
)[];

/** Corrections of a day after the fact (直接入力・事後補正): asked for, then approved or rejected (R-120…R-125). */
export function correctionRoutes(parts: CorrectionRouteParts): readonly Endpoint[] {
  return [...reading(parts), asking(parts), ...deciding(parts)];
}

function reading({ corrections }: CorrectionRouteParts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/corrections',
      summary: 'Requests for corrections',
      tag,
      scope: 'read',
      access: { right: ['correction', 'read'] },
      request: {
        query: listQuery({
          state: z.enum(correctionStates).exactOptional(),
          siteId: SiteId.exactOptional(),
          workerId: WorkerId.exactOptional(),
        }),
      },
      response: { status: 200, body: pageOf(CorrectionView) },
      refusals: [],
      handle: async ({ query: { limit, cursor, ...filter }, reach }) => {
        const within = await reach.within(['correction', 'read']);
        const page = await corrections.pageOf(filter, pageRequest({ limit, ...present({ cursor }) }, within));
        return accept(answerPage(page, correctionView));
      },
    }),
    endpoint({
      method: 'get',
      path: '/corrections/{id}',
      summary: 'One request for a correction',
      tag,
      scope: 'read',
      access: { right: ['correction', 'read'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: CorrectionView, etag: true },
      refusals: ['not-found'],
      handle: async (asked) => {
        const within = await asked.reach.within(['correction', 'read']);
        const found = await corrections.findWithin(asked.params.id, within);
        return found ? accept(correctionView(found)) : refuse('not-found');
      },
    }),
  ];
}

function asking({ correct, catalogs }: CorrectionRouteParts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/corrections',
    summary: 'Ask for a day to be put right; it counts once it is approved',
    tag,
    scope: 'write',
    access: {
      right: ['worker', 'correct'],
      named: ({ body }) => [
        { right: ['worker', 'correct'], ids: [body.workerId], refusal: 'unknown-worker' },
        { right: ['site', 'read'], ids: [body.siteId], refusal: 'unknown-site' },
      ],
    },
    request: { body: NewCorrection },
    response: { status: 201, body: CorrectionView },
    refusals: requestRefusals,
    handle: async ({ body: { entryAt, exitAt, reasonCode, note, ...wanted }, viewer }) => {
      const reason = catalogs.find('reason-codes', reasonCode);
      if (!reason) return refuse('reason-unknown');
      if (reason.noteRequired && note === undefined) return refuse('note-needed');
      const times = present({ entryAt: instant(entryAt), exitAt: instant(exitAt) });
      const asked = { by: viewer.keyId, source: 'office', reasonCode, ...present({ note }) } as const;
      return viewOf(await correct.request({ ...wanted, ...times }, asked));
    },
  });
}

function deciding({ correct, catalogs }: CorrectionRouteParts): readonly Endpoint[] {
  const access = {
    right: ['correction', 'decide'],
    one: (asked: { readonly params: z.infer<typeof params> }) => asked.params.id,
  } as const;
  const common = { tag, scope: 'write', access, request: { params, body: Decision } } as const;
  const response = { status: 200, body: CorrectionView };
  return [
    endpoint({
      ...common,
      method: 'post',
      path: '/corrections/{id}/approve',
      summary: 'Approve: the day is put right, and what was received stays beside it',
      response,
      refusals: approveRefusals,
      handle: async ({ params: { id }, body, viewer }) => {
        const unknown = unknownCode(catalogs, body);
        return unknown ? refuse(unknown) : viewOf(await correct.approve(id, { ...body, by: viewer.keyId }));
      },
    }),
    endpoint({
      ...common,
      method: 'post',
      path: '/corrections/{id}/reject',
      summary: 'Reject: the day stays as it is',
      response,
      refusals: decideRefusals,
      handle: async ({ params: { id }, body, viewer }) => {
        const unknown = unknownCode(catalogs, body);
        return unknown ? refuse(unknown) : viewOf(await correct.reject(id, { ...body, by: viewer.keyId }));
      },
    }),
  ];
}

function unknownCode(catalogs: Catalogs, { reasonCode, actionCode }: z.infer<typeof Decision>) {
  if (reasonCode !== undefined && !catalogs.find('reason-codes', reasonCode)) return 'reason-unknown';
  return actionCode !== undefined && !catalogs.find('action-codes', actionCode) ? 'action-unknown' : undefined;
}

function instant(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

function viewOf<C extends string>(outcome: Outcome<Correction, C>): Outcome<CorrectionView, C> {
  return mapOutcome(outcome, correctionView);
}

function correctionView(correction: Correction): CorrectionView {
  const { id, siteId, workerId, workDate, reasonCode, source, state, requestedBy } = correction;
  const { jobType = null, position = null, note = null, decision } = correction;
  const text = (at: Date | undefined) => (at ? tokyoText(at) : null);
  return {
    ...{ id, siteId, workerId, workDate, reasonCode, note, source, state, requestedBy },
    ...{ jobType, position },
    entryAt: text(correction.entryAt),
    exitAt: text(correction.exitAt),
    requestedAt: tokyoText(correction.requestedAt),
    decision: decision ? decisionView(decision) : null,
  };
}

function decisionView({ at, by, ...said }: Decided): NonNullable<CorrectionView['decision']> {
  return { at: tokyoText(at), by, reasonCode: null, actionCode: null, note: null, ...said };
}
