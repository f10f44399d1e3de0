import { z } from 'zod';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { CcusIdText, kanaText, plainText } from '../src/domain/text.ts';
import { warnOfCode, warnOfId } from '../src/domain/warning.ts';
import { type Worker, languages } from '../src/domain/worker.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { WorkerStore } from '../src/ports.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { WorkerService } from '../src/services/register-worker.ts';
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
    warnings: z.array(WarningView),
  })
  .meta({ id: 'Worker' });

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly workers: WorkerStore;
  readonly workerService: WorkerService;
  readonly catalogs: Catalogs;
}

/** The workers (技能者) of the admin API. */
export function workerRoutes(parts: Parts): readonly Endpoint[] {
  const view = (worker: Worker) => workerView(worker, parts.catalogs);
  return [...readings(parts, view), ...writings(parts, view)];
}

type View = (worker: Worker) => ReturnType<typeof workerView>;

function readings({ workers }: Parts, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers',
      summary: 'List workers, all or those of one firm',
      tag,
      scope: 'read',
      request: { query: listQuery({ employerId: FirmId.exactOptional() }) },
      response: { status: 200, body: pageOf(WorkerView) },
      refusals: [],
      handle: async ({ query }) => {
        const filter = query.employerId ? { employerId: query.employerId } : {};
        return accept(answerPage(await workers.pageOf(filter, pageRequest(query)), view));
      },
    }),
    endpoint({
      method: 'get',
      path: '/workers/{id}',
      summary: 'One worker',
      tag,
      scope: 'read',
      request: one,
      response: { status: 200, body: WorkerView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params }) => {
        const found = await workers.find(params.id);
        return found ? accept(view(found.value)) : refuse('not-found');
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
      request: { body: NewWorker },
      response: { status: 201, body: WorkerView },
      refusals: ['unknown-firm', 'conflict'],
      handle: async ({ body }) => mapOutcome(await workerService.register(body), view),
    }),
    endpoint({
      method: 'patch',
      path: '/workers/{id}',
      summary: 'Change a worker; null clears what is optional, employerId null is leaving',
      tag,
      scope: 'write',
      request: { ...one, body: WorkerChange },
      response: { status: 200, body: WorkerView, etag: true },
      refusals: ['not-found', 'stale', 'conflict', 'unknown-firm'],
      handle: async ({ params, body, matches }) =>
        mapOutcome(await workerService.change(params.id, body, (worker) => matches(view(worker))), view),
    }),
  ];
}

/** A worker with the warnings about his id and his job types. */
export function workerView(worker: Worker, catalogs: Catalogs) {
  const known = catalogs.codes('job-types');
  const warnings = [
    ...warnOfId(worker.ccusId, 'worker'),
    ...worker.jobTypes.flatMap((code, place) => warnOfCode(`/jobTypes/${place}`, code, known)),
  ];
  return { ...worker, warnings };
}
