import { z } from 'zod';
import { correctionStates } from '../src/domain/correction.ts';
import { Day, SiteId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { CorrectionStore } from '../src/ports-corrections.ts';
import type { ForViewer } from '../src/ports.ts';
import type { ApproveRefusal, CorrectHistory, RequestRefusal } from '../src/services/correct-history.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { CorrectionView, correctionView } from './correction-view.ts';

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
    reasonCode: z.string().trim().min(1).max(60),
    note: Note.exactOptional(),
  })
  .meta({ id: 'NewCorrection' });

const Decision = z
  .strictObject({
    reasonCode: z.string().trim().min(1).max(60).exactOptional(),
    actionCode: z.string().max(60).exactOptional(),
    note: Note.exactOptional(),
  })
  .meta({ id: 'CorrectionDecision' });

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
const requestRefusals = [...flaws, 'correction-waiting', 'note-needed'] as const satisfies readonly (
  RequestRefusal | 'note-needed'
)[];
const decideRefusals = ['not-found', 'already-decided', 'conflict'] as const;
const approveRefusals = [...decideRefusals, ...flaws] as const satisfies readonly ApproveRefusal[];

/** Corrections of a day after the fact (直接入力・事後補正): asked for, then approved or rejected (R-120…R-125). */
export function correctionRoutes(parts: CorrectionRouteParts): readonly Endpoint[] {
  return [...reading(parts), asking(parts), ...deciding(parts)];
}

function reading({ corrections, catalogs }: CorrectionRouteParts): readonly Endpoint[] {
  const view = correctionView(catalogs);
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
        return accept(answerPage(page, view));
      },
    }),
    endpoint({
      method: 'get',
      path: '/corrections/{id}',
      summary: 'One request for a correction',
      tag,
      scope: 'read',
      asNamed: true,
      access: { right: ['correction', 'read'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: CorrectionView, etag: true },
      refusals: ['not-found'],
      handle: async (asked) => {
        const within = await asked.reach.within(['correction', 'read']);
        const found = await corrections.findWithin(asked.params.id, within);
        return found ? accept(view(found)) : refuse('not-found');
      },
    }),
  ];
}

function asking({ correct, catalogs }: CorrectionRouteParts): Endpoint {
  const view = correctionView(catalogs);
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
      if (catalogs.find('reason-codes', reasonCode)?.noteRequired && note === undefined) return refuse('note-needed');
      const times = present({ entryAt: instant(entryAt), exitAt: instant(exitAt) });
      const asked = { by: viewer.keyId, source: 'office', reasonCode, ...present({ note }) } as const;
      return mapOutcome(await correct.request({ ...wanted, ...times }, asked), view);
    },
  });
}

function deciding({ correct, catalogs }: CorrectionRouteParts): readonly Endpoint[] {
  const view = correctionView(catalogs);
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
      handle: async ({ params: { id }, body, viewer }) =>
        mapOutcome(await correct.approve(id, { ...body, by: viewer.keyId }), view),
    }),
    endpoint({
      ...common,
      method: 'post',
      path: '/corrections/{id}/reject',
      summary: 'Reject: the day stays as it is',
      response,
      refusals: decideRefusals,
      handle: async ({ params: { id }, body, viewer }) =>
        mapOutcome(await correct.reject(id, { ...body, by: viewer.keyId }), view),
    }),
  ];
}

function instant(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
