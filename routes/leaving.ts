import { z } from 'zod';
import type { Departure } from '../src/domain/departure.ts';
import { Day, FirmId, PhoneId, WorkerId } from '../src/domain/ids.ts';
import { type Outcome, accept, mapOutcome } from '../src/domain/outcome.ts';
import { dropHolder } from '../src/domain/phone-holding.ts';
import { lastDayOf } from '../src/domain/phone.ts';
import { present } from '../src/domain/present.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { Viewer } from '../src/domain/api-key.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { Witness } from '../src/http/witnessed.ts';
import type { ForViewer, WorkerStore } from '../src/ports.ts';
import type { LeaveService } from '../src/services/leave-firm.ts';
import type { Clock } from '../src/ports.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { WorkerView } from './worker-body.ts';
import { workerView } from './worker-view.ts';

const MOST = 200;

const Leave = z
  .strictObject({
    /** The last day; it may lie ahead. Without one he leaves at this moment, and today was the last. */
    lastDay: Day.exactOptional(),
    /** The same under its older name. */
    on: Day.exactOptional(),
    reason: plainText(200).exactOptional(),
  })
  .meta({ id: 'Leave' });

const LeaveMany = z
  .strictObject({
    workerIds: z
      .array(WorkerId)
      .min(1)
      .max(MOST)
      .refine((ids) => new Set(ids).size === ids.length, { params: { code: 'duplicate' } }),
    lastDay: Day.exactOptional(),
    reason: plainText(200).exactOptional(),
  })
  .meta({ id: 'LeaveMany' });

/** What becomes of a registration: it ends, falls away before it began, or goes on for the other holders. */
const effects = ['ends', 'falls-away', 'goes-on-without-him'] as const;

const leaveStates = ['none', 'planned', 'left', 'under-way'] as const;
type LeaveState = (typeof leaveStates)[number];

const LeavePreview = z
  .object({
    workerId: WorkerId,
    /** `none`: nothing is planned, and this is what a leaving would end. */
    state: z.enum(leaveStates),
    firmId: FirmId.nullable(),
    lastDay: Day.nullable(),
    reason: z.string().nullable(),
    enteredAt: z.string().nullable(),
    employment: z.object({ firmId: FirmId, from: Day }).nullable(),
    phones: z.array(z.object({ id: PhoneId, shared: z.boolean(), effect: z.enum(effects), lastDay: Day.nullable() })),
    endsWorkerCode: z.boolean(),
    endsPin: z.boolean(),
  })
  .meta({ id: 'LeavePreview' });

const LeaveResults = z
  .object({
    items: z.array(
      z.object({ workerId: WorkerId, outcome: z.enum(['left', 'planned', 'refused']), code: z.string().nullable() }),
    ),
  })
  .meta({ id: 'LeaveResults' });

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly leaveService: LeaveService;
  readonly catalogs: Catalogs;
  readonly clock: Pick<Clock, 'now'>;
  readonly workers: ForViewer<WorkerStore>;
  readonly doors: { readonly witness: Witness };
}

/** Leaving a firm: what it ends, at once or after a day, for one or for many, and taking it back. */
export function leavingRoutes(parts: Parts): readonly Endpoint[] {
  return [previewRoute(parts), ...oneRoutes(parts), manyRoute(parts)];
}

function previewRoute({ leaveService, workers }: Parts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/workers/{id}/leave',
    summary: 'What a leaving would end, or what the one that is planned or done ends',
    tag,
    scope: 'read',
    access: { right: ['worker', 'leave'], one: ({ params }) => params.id },
    request: { ...one, query: z.strictObject({ lastDay: Day.exactOptional() }) },
    response: { status: 200, body: LeavePreview },
    refusals: ['not-found'],
    handle: async ({ params, query, reach }) => {
      const departure = await leaveService.preview(params.id, query.lastDay);
      const worker = await workers.findWithin(params.id, await reach.within(['worker', 'leave']));
      return mapOutcome(departure, (found) => previewOf(params.id, worker, found, leaveService));
    },
  });
}

function oneRoutes({ leaveService, catalogs, clock }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/workers/{id}/leave',
      summary: 'The worker leaves after that day, or now: employment, telephones, code and PIN end',
      tag,
      scope: 'write',
      access: { right: ['worker', 'leave'], one: ({ params }) => params.id },
      request: { ...one, body: Leave },
      response: { status: 200, body: WorkerView },
      refusals: ['not-found', 'conflict', 'leave-differs', 'employment-planned'],
      handle: async ({ params, body: { on, lastDay = on, reason }, viewer }) =>
        mapOutcome(await leaveService.leave(params.id, leavingOf({ lastDay, reason }, viewer)), (worker) =>
          workerView(worker, { catalogs, viewer, today: tokyoDay(clock.now()) }),
        ),
    }),
    endpoint({
      method: 'delete',
      path: '/workers/{id}/leave',
      summary: 'Take a leaving back while nothing has happened since: all is as it was before',
      tag,
      scope: 'write',
      access: { right: ['worker', 'leave'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: WorkerView },
      refusals: ['not-found', 'not-left', 'leave-used', 'conflict'],
      handle: async ({ params, viewer }) =>
        mapOutcome(await leaveService.takeBack(params.id), (worker) =>
          workerView(worker, { catalogs, viewer, today: tokyoDay(clock.now()) }),
        ),
    }),
  ];
}

function manyRoute({ leaveService, doors }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/workers/leave',
    summary: 'Several workers leave; each is told of by himself, and what is refused to one keeps no other back',
    tag,
    scope: 'write',
    access: {
      right: ['worker', 'leave'],
      named: ({ body }) => [{ right: ['worker', 'leave'], ids: body.workerIds, refusal: 'unknown-worker' }],
    },
    request: { body: LeaveMany },
    response: { status: 200, body: LeaveResults },
    refusals: ['unknown-worker'],
    handle: async ({ body: { workerIds, ...leaving }, viewer }) => {
      const items = [];
      for (const workerId of workerIds) {
        const what = 'post /workers/{id}/leave';
        const asking = {
          viewer,
          what,
          subject: 'worker',
          thing: workerId,
          about: {},
          changes: true,
          looked: [],
        } as const;
        const written = await doors.witness(asking);
        const done = await leaveService.leave(workerId, leavingOf(leaving, viewer));
        if (done.ok) await written({ shown: [workerId] });
        items.push(resultOf(workerId, done));
      }
      return accept({ items });
    },
  });
}

function leavingOf({ lastDay, reason }: { lastDay?: Day | undefined; reason?: string | undefined }, { keyId }: Viewer) {
  return { ...present({ lastDay, reason }), by: keyId };
}

function resultOf(workerId: WorkerId, done: Outcome<Worker, string>) {
  if (!done.ok) return { workerId, outcome: 'refused', code: done.code } as const;
  return { workerId, outcome: done.value.employerId === null ? 'left' : 'planned', code: null } as const;
}

function previewOf(id: WorkerId, worker: Worker | undefined, found: Departure | undefined, service: LeaveService) {
  const state = stateOf(found);
  if (!found) {
    return {
      ...{ workerId: id, state, firmId: null, lastDay: null, reason: null, enteredAt: null, employment: null },
      ...{ phones: [], endsWorkerCode: false, endsPin: false },
    };
  }
  const open = found.employments.findLast(({ firmId }) => firmId === found.firmId);
  return {
    workerId: id,
    state,
    firmId: found.firmId,
    lastDay: found.lastDay,
    reason: service.reasonOf(found) ?? null,
    enteredAt: state === 'none' ? null : tokyoText(found.at),
    employment: open ? { firmId: open.firmId, from: open.from } : null,
    phones: phonesOf(found),
    endsWorkerCode: true,
    endsPin: worker?.hasPin === true || found.sealedPin !== undefined,
  };
}

const STATES: Readonly<Record<Departure['state'], LeaveState>> = {
  begun: 'under-way',
  planned: 'planned',
  leaving: 'under-way',
  done: 'left',
  undoing: 'under-way',
  undone: 'none',
};

function stateOf(departure: Departure | undefined): LeaveState {
  if (!departure || departure.by === '') return 'none';
  return STATES[departure.state];
}

function phonesOf({ id, lastDay, numbers }: Departure) {
  return numbers
    .flatMap(({ before }) => before)
    .map((was) => {
      const [cut] = dropHolder([was], id, lastDay);
      const goesOn = was.shared || was.workerIds.length > 1;
      const effect = cut ? (goesOn ? 'goes-on-without-him' : 'ends') : 'falls-away';
      return { id: was.id, shared: was.shared, effect, lastDay: (cut && lastDayOf(cut, id)) ?? null } as const;
    });
}
