import { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { keepsNumbers } from '../src/domain/phone.ts';
import { present } from '../src/domain/present.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import type { Worker } from '../src/domain/worker.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { Clock, ForViewer, Page, WorkerStore } from '../src/ports.ts';
import type { Search } from '../src/ports-search.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { ChangeWorker } from '../src/services/change-worker.ts';
import type { WorkerService } from '../src/services/register-worker.ts';
import { calendarQuery, inCalendar } from './era-days.ts';
import { SearchWords, searchRefusals } from './search-words.ts';
import { NewWorker, WorkerChange, WorkerView } from './worker-body.ts';
import { firmOf, workerView } from './worker-view.ts';

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly workers: ForViewer<WorkerStore>;
  readonly search: Pick<Search, 'workers'>;
  readonly workerService: WorkerService;
  readonly changeWorker: ChangeWorker;
  readonly catalogs: Catalogs;
  readonly clock: Pick<Clock, 'now'>;
}

/** The workers (技能者) of the admin API. */
export function workerRoutes(parts: Parts): readonly Endpoint[] {
  const view: View = (worker, viewer, on) =>
    workerView(worker, { ...parts, viewer, today: tokyoDay(parts.clock.now()), ...present({ on }) });
  return [listing(parts, view), reading(parts, view), ...writings(parts, view)];
}

type View = (worker: Worker, viewer: Viewer, on?: Day) => ReturnType<typeof workerView>;

const unchangeable = [
  'not-found',
  'stale',
  'conflict',
  'unknown-firm',
  'day-in-future',
  'employment-overlaps',
  'worker-erased',
  'leave-planned',
  'employment-planned',
  'period-reversed',
] as const;

/** On which day: employer, insurances and registration are shown as of then. */
const onDay = { on: Day.exactOptional() };

function listing({ workers, search }: Parts, view: View): Endpoint {
  return endpoint({
    method: 'get',
    path: '/workers',
    summary: 'List workers, all or those of one firm; with q those that fit it, the best first',
    tag,
    scope: 'read',
    access: { right: ['worker', 'read'] },
    request: {
      query: listQuery({
        employerId: FirmId.exactOptional(),
        q: SearchWords.exactOptional(),
        ...onDay,
        ...calendarQuery,
      }),
    },
    response: { status: 200, body: pageOf(WorkerView) },
    refusals: searchRefusals,
    handle: async ({ query, viewer, reach }) => {
      const { q, employerId } = query;
      const within = await reach.within(['worker', 'read']);
      const standing = { $and: [{ mergedInto: { $exists: false } }, ...(within === 'everything' ? [] : [within])] };
      const request = pageRequest(query, standing);
      const shown = (page: Page<Worker>) =>
        answerPage(page, (worker) => inCalendar(view(worker, viewer, query.on), query.calendar));
      if (q === undefined) return accept(shown(await workers.pageOf(employerId ? { employerId } : {}, request)));
      const owner = employerId ? { owner: { id: employerId } } : {};
      return mapOutcome(await search.workers({ ...request, ...owner, q, byNumber: keepsNumbers(viewer) }), shown);
    },
  });
}

function reading({ workers }: Pick<Parts, 'workers'>, view: View): Endpoint {
  return endpoint({
    method: 'get',
    path: '/workers/{id}',
    summary: 'One worker, as of today or of a day',
    tag,
    scope: 'read',
    access: { right: ['worker', 'read'], one: ({ params }) => params.id },
    request: { ...one, query: z.strictObject({ ...onDay, ...calendarQuery }) },
    response: { status: 200, body: WorkerView, etag: true },
    refusals: ['not-found'],
    asNamed: true,
    handle: async ({ params, query, viewer, reach }) => {
      const within = await reach.within(['worker', 'read']);
      const shown = (worker: Worker) => inCalendar(view(worker, viewer, query.on), query.calendar);
      const found = await workers.findWithin(params.id, within);
      const mergedInto = found?.mergedInto;
      if (!found || mergedInto === undefined) return found ? accept(shown(found)) : refuse('not-found');
      const kept = await workers.findWithin(mergedInto, within);
      return kept ? accept({ ...shown(kept), mergedInto }) : refuse('not-found');
    },
  });
}

function writings({ workerService, changeWorker, clock }: Parts, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/workers',
      summary: 'Register a worker of a firm; his code is given out',
      tag,
      scope: 'write',
      access: {
        right: ['firm', 'employ'],
        named: ({ body }) => [{ right: ['firm', 'employ'], ids: [body.employerId], refusal: 'unknown-firm' }],
      },
      request: { body: NewWorker },
      response: { status: 201, body: WorkerView },
      refusals: ['unknown-firm', 'conflict', 'day-in-future'],
      handle: async ({ body: { insuranceReason, ...body }, viewer }) => {
        const reason = insuranceReason === undefined ? undefined : signed(viewer, clock, insuranceReason);
        const input = { ...body, ...present({ insuranceReason: reason }) };
        return mapOutcome(await workerService.register(input), (worker) => view(worker, viewer));
      },
    }),
    endpoint({
      method: 'patch',
      path: '/workers/{id}',
      summary: 'Change a worker; null clears what is optional, employerId null is leaving, which can be taken back',
      tag,
      scope: 'write',
      access: {
        right: ['worker', 'change'],
        one: ({ params }) => params.id,
        named: ({ body: { employerId } }) => [
          { right: ['firm', 'employ'], ids: employerId ? [employerId] : [], refusal: 'unknown-firm' },
        ],
      },
      request: { ...one, body: WorkerChange },
      response: { status: 200, body: WorkerView, etag: true },
      refusals: unchangeable,
      handle: async ({ params, body: { insuranceReason, ...body }, viewer, matches }) => {
        const shown = (worker: Worker) => view(worker, viewer);
        const reason = typeof insuranceReason === 'string' ? signed(viewer, clock, insuranceReason) : insuranceReason;
        const statedBy = firmOf(viewer);
        const patch = { ...body, ...present({ insuranceReason: reason, statedBy }) };
        const seen = (worker: Worker) => matches(shown(worker));
        return mapOutcome(await changeWorker(params.id, { patch, seen, by: viewer.keyId }), shown);
      },
    }),
  ];
}

/** A special reason is kept with who gave it, and when (PR-062). */
function signed({ keyId }: Viewer, clock: Pick<Clock, 'now'>, reason: string) {
  return { reason, by: keyId, on: tokyoDay(clock.now()) };
}
