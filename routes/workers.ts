import { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { leavesOn } from '../src/domain/employment.ts';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { keepsNumbers } from '../src/domain/phone.ts';
import { present } from '../src/domain/present.ts';
import { CcusIdText, kanaText, plainText } from '../src/domain/text.ts';
import { warnOfCode, warnOfId } from '../src/domain/warning.ts';
import { type Employment, type Worker, languages } from '../src/domain/worker.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ForViewer, Page, WorkerStore } from '../src/ports.ts';
import type { Search } from '../src/ports-search.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { WorkerService } from '../src/services/register-worker.ts';
import { SearchWords, searchRefusals } from './search-words.ts';
import { WarningView } from './warning-view.ts';

const JobTypes = z.array(plainText(20)).max(20);
const Level = z.number().int().min(1).max(4);
const Language = z.enum(languages);

const NewWorker = z
  .strictObject({
    name: plainText(120),
    kana: kanaText(120),
    employerId: FirmId,
    ccusId: CcusIdText.exactOptional(),
    jobTypes: JobTypes.default([]),
    level: Level.exactOptional(),
    language: Language.default('ja'),
    alwaysSpeak: z.boolean().default(false),
  })
  .meta({ id: 'NewWorker' });

const WorkerChange = z
  .strictObject({
    name: plainText(120).exactOptional(),
    kana: kanaText(120).exactOptional(),
    /** Null: he leaves today; telephones and code end with it. */
    employerId: FirmId.nullable().exactOptional(),
    ccusId: CcusIdText.nullable().exactOptional(),
    jobTypes: JobTypes.exactOptional(),
    level: Level.nullable().exactOptional(),
    language: Language.exactOptional(),
    alwaysSpeak: z.boolean().exactOptional(),
  })
  .meta({ id: 'WorkerChange' });

/** A worker as the admin API shows him. */
export const WorkerView = z
  .object({
    id: WorkerId,
    name: z.string(),
    kana: z.string(),
    employerId: FirmId.nullable(),
    ccusId: z.string().exactOptional(),
    jobTypes: z.array(z.string()),
    level: z.number().exactOptional(),
    workerCode: z.string(),
    hasPin: z.boolean(),
    language: Language,
    alwaysSpeak: z.boolean(),
    employments: z.array(z.object({ firmId: FirmId, from: Day, to: Day.exactOptional() })),
    erasedOn: Day.exactOptional(),
    /** Asked for under an id whose register was merged into this one. */
    mergedInto: WorkerId.exactOptional(),
    /** His last day, where he is known to leave. */
    leavesOn: Day.exactOptional(),
    warnings: z.array(WarningView),
  })
  .meta({ id: 'Worker' });

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly workers: ForViewer<WorkerStore>;
  readonly search: Pick<Search, 'workers'>;
  readonly workerService: WorkerService;
  readonly catalogs: Catalogs;
}

/** The workers (技能者) of the admin API. */
export function workerRoutes(parts: Parts): readonly Endpoint[] {
  const view: View = (worker, viewer) => workerView(worker, parts.catalogs, viewer);
  return [...readings(parts, view), ...writings(parts, view)];
}

type View = (worker: Worker, viewer: Viewer) => ReturnType<typeof workerView>;

function readings({ workers, search }: Parts, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers',
      summary: 'List workers, all or those of one firm; with q those that fit it, the best first',
      tag,
      scope: 'read',
      access: { right: ['worker', 'read'] },
      request: { query: listQuery({ employerId: FirmId.exactOptional(), q: SearchWords.exactOptional() }) },
      response: { status: 200, body: pageOf(WorkerView) },
      refusals: searchRefusals,
      handle: async ({ query, viewer, reach }) => {
        const { q, employerId } = query;
        const within = await reach.within(['worker', 'read']);
        const standing = { $and: [{ mergedInto: { $exists: false } }, ...(within === 'everything' ? [] : [within])] };
        const request = pageRequest(query, standing);
        const shown = (page: Page<Worker>) => answerPage(page, (worker) => view(worker, viewer));
        if (q === undefined) return accept(shown(await workers.pageOf(employerId ? { employerId } : {}, request)));
        const owner = employerId ? { owner: { id: employerId } } : {};
        return mapOutcome(await search.workers({ ...request, ...owner, q, byNumber: keepsNumbers(viewer) }), shown);
      },
    }),
    endpoint({
      method: 'get',
      path: '/workers/{id}',
      summary: 'One worker',
      tag,
      scope: 'read',
      access: { right: ['worker', 'read'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: WorkerView, etag: true },
      refusals: ['not-found'],
      asNamed: true,
      handle: async ({ params, viewer, reach }) => {
        const within = await reach.within(['worker', 'read']);
        const found = await workers.findWithin(params.id, within);
        const mergedInto = found?.mergedInto;
        if (!found || mergedInto === undefined) return found ? accept(view(found, viewer)) : refuse('not-found');
        const kept = await workers.findWithin(mergedInto, within);
        return kept ? accept({ ...view(kept, viewer), mergedInto }) : refuse('not-found');
      },
    }),
  ];
}

function writings({ workerService }: Parts, view: View): readonly Endpoint[] {
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
      refusals: ['unknown-firm', 'conflict'],
      handle: async ({ body, viewer }) =>
        mapOutcome(await workerService.register(body), (worker) => view(worker, viewer)),
    }),
    endpoint({
      method: 'patch',
      path: '/workers/{id}',
      summary: 'Change a worker; null clears what is optional, employerId null is leaving',
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
      refusals: ['not-found', 'stale', 'conflict', 'unknown-firm', 'worker-erased', 'leave-planned'],
      handle: async ({ params, body, viewer, matches }) => {
        const shown = (worker: Worker) => view(worker, viewer);
        return mapOutcome(await workerService.change(params.id, body, (worker) => matches(shown(worker))), shown);
      },
    }),
  ];
}

/** A worker with the warnings about his id and his job types; an employer does not see the employers before. */
export function workerView(worker: Worker, catalogs: Catalogs, viewer: Viewer) {
  const known = catalogs.codes('job-types');
  const warnings = [
    ...warnOfId(worker.ccusId, 'worker'),
    ...worker.jobTypes.flatMap((code, place) => warnOfCode(`/jobTypes/${place}`, code, known)),
  ];
  return {
    ...worker,
    ...present({ leavesOn: leavesOn(worker) }),
    employments: employmentsFor(viewer, worker),
    warnings,
  };
}

/** A firm sees a worker's time with itself alone; he and the operator see all of it. */
export function employmentsFor({ firmId, role }: Viewer, { employments }: Worker): readonly Employment[] {
  const isFirms = firmId !== undefined && role !== 'operator' && role !== 'worker';
  return isFirms ? employments.filter((one) => one.firmId === firmId) : employments;
}
