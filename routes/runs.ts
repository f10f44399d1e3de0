import { z } from 'zod';
import { Day } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { type Run, jobNames } from '../src/domain/job-run.ts';
import { addDays, tokyoDay, tokyoText } from '../src/domain/work-day.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ReconciliationStore, RunStore } from '../src/ports-runs.ts';
import type { RunJob } from '../src/services/run-job.ts';

const RunView = z.object({
  id: z.string(),
  job: z.enum(jobNames),
  scope: z.string(),
  date: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  attempt: z.number().int(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  result: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
});

const ReconciliationView = z.object({
  id: z.string(),
  day: z.string(),
  compared: z.number().int(),
  equal: z.number().int(),
  repaired: z.number().int(),
  reported: z.number().int(),
  findings: z.array(
    z.object({ key: z.string(), finding: z.enum(['missing-there', 'still-there', 'differs', 'missing-here']) }),
  ),
  state: z.enum(['done', 'registry-away']),
});

const NewRun = z.strictObject({
  job: z.enum(jobNames),
  date: Day.exactOptional(),
  scope: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .exactOptional(),
});

export interface RunRouteParts {
  readonly runs: RunStore;
  readonly reconciliations: ReconciliationStore;
  readonly runJob: RunJob;
  readonly now: () => Date;
}

/** Jobs and their ledger, and what the daily comparison with the core registry found. */
export function runRoutes(parts: RunRouteParts) {
  return [...readings(parts), starting(parts)];
}

function readings({ runs, reconciliations }: RunRouteParts) {
  return [
    endpoint({
      method: 'get',
      path: '/runs',
      summary: 'Runs, the last started first',
      tag: 'runs',
      scope: 'read',
      request: { query: listQuery({ job: z.enum(jobNames).exactOptional() }) },
      response: { status: 200, body: pageOf(RunView) },
      refusals: [],
      handle: async ({ query }) =>
        accept(answerPage(await runs.page(query, pageRequest(query, 'everything')), runView)),
    }),
    endpoint({
      method: 'get',
      path: '/runs/{id}',
      summary: 'One run',
      tag: 'runs',
      scope: 'read',
      request: { params: z.object({ id: z.string().max(120) }) },
      response: { status: 200, body: RunView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params }) => {
        const run = await runs.find(params.id);
        return run ? accept(runView(run)) : refuse('not-found');
      },
    }),
    endpoint({
      method: 'get',
      path: '/reconciliations',
      summary: 'What the comparison of each day found last',
      tag: 'runs',
      scope: 'read',
      request: { query: listQuery({ day: Day.exactOptional() }) },
      response: { status: 200, body: pageOf(ReconciliationView) },
      refusals: [],
      handle: async ({ query }) =>
        accept(answerPage(await reconciliations.page(query, pageRequest(query, 'everything')), (one) => one)),
    }),
  ];
}

function starting({ runJob, now }: RunRouteParts) {
  return endpoint({
    method: 'post',
    path: '/runs',
    summary: 'Run a job by hand, anew; reconcile looks at yesterday unless a day is given',
    tag: 'runs',
    scope: 'write',
    request: { body: NewRun },
    response: { status: 202, body: RunView },
    refusals: [],
    handle: async ({ body: { job, date, scope = 'all' } }) => {
      const today = tokyoDay(now());
      const day = date ?? (job === 'reconcile' ? addDays(today, -1) : today);
      return accept(runView((await runJob.start(job, day, scope)).run));
    },
  });
}

function runView(run: Run): z.infer<typeof RunView> {
  const { id, job, scope, date, state, attempt } = run;
  const finishedAt = run.finishedAt ? tokyoText(run.finishedAt) : null;
  return {
    id,
    job,
    scope,
    date,
    state,
    attempt,
    startedAt: tokyoText(run.startedAt),
    finishedAt,
    result: run.result ?? null,
  };
}
