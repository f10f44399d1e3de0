import type { Day } from '../domain/ids.ts';
import { type JobName, type Run, type RunResult, dailyJobs, runId } from '../domain/job-run.ts';
import { addDays, tokyoDay, tokyoTime } from '../domain/work-day.ts';
import type { RunStore } from '../ports-runs.ts';
import type { Clock, Log } from '../ports.ts';

/** What a job does for one day; its result stands in the ledger of runs. */
export type Job = (asked: {
  readonly date: Day;
  readonly scope: string;
  readonly signal: AbortSignal;
}) => Promise<RunResult>;

export interface RunJobParts {
  readonly runs: RunStore;
  readonly jobs: Readonly<Record<JobName, Job>>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunJob {
  /** Starts a run by hand, always anew as a further attempt; the run at hand when one is running. `finished` ends with it. */
  start(job: JobName, date: Day, scope: string): Promise<{ readonly run: Run; readonly finished: Promise<void> }>;
  /** Runs what is due and not done: the days of the daily jobs since the service first started, oldest first (at most 35). */
  runDue(firstDay: Day): Promise<void>;
  stop(): Promise<void>;
}

const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const LOOK_BACK_DAYS = 35;
const DAILY_FROM_HOUR = 5;
/** A failed day is tried again after a minute, then ever more rarely, and not given up within the days looked back. */
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

export function createRunJob({ runs, jobs, clock, log }: RunJobParts): RunJob {
  const stopping = new AbortController();
  const atWork = new Set<Promise<void>>();
  const lease = () => new Date(clock.real().getTime() + LEASE_MS);

  async function perform(run: Run): Promise<void> {
    const renewal = setInterval(() => void runs.renew(run, lease()).catch(() => undefined), RENEW_MS);
    try {
      const result = await jobs[run.job]({ date: run.date, scope: run.scope, signal: stopping.signal });
      await runs.finish(run, 'done', result, clock.real());
    } catch (error) {
      log.error({ run: run.id, err: error }, 'a run failed');
      await runs.finish(run, 'failed', { reason: 'see the log' }, clock.real()).catch(() => undefined);
    } finally {
      clearInterval(renewal);
    }
  }

  function begin(run: Run): Promise<void> {
    const work = perform(run).finally(() => atWork.delete(work));
    atWork.add(work);
    return work;
  }

  async function start(job: JobName, date: Day, scope: string) {
    const id = runId(job, scope, date);
    const onDay = tokyoDay(clock.now());
    const taken = await runs.take({ id, job, scope, date, onDay }, clock.real(), lease());
    if (taken) return { run: taken, finished: begin(taken) };
    const running = await runs.find(id);
    if (!running) throw new Error('a run has gone from the ledger');
    return { run: running, finished: Promise.resolve() };
  }

  return {
    start,
    async runDue(firstDay) {
      const now = clock.now();
      const today = tokyoDay(now);
      const days = daysBetween(firstDay, addDays(today, tokyoTime(now).hour >= DAILY_FROM_HOUR ? -1 : -2));
      for (const job of dailyJobs) {
        const known = new Map((await runs.ofDays(job, days)).map((run) => [run.date, run]));
        for (const day of days) {
          if (stopping.signal.aborted) return;
          if (isDue(known.get(day), clock.real())) await (await start(job, day, 'all')).finished;
        }
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(atWork);
    },
  };
}

function isDue(run: Run | undefined, now: Date): boolean {
  if (!run) return true;
  if (run.state === 'failed') return now.getTime() >= (run.finishedAt ?? run.startedAt).getTime() + retryAfter(run);
  return run.state === 'running' ? run.leaseUntil <= now : run.onDay <= run.date;
}

function retryAfter({ attempt }: Run): number {
  return Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(attempt - 1, 10));
}

function daysBetween(first: Day, last: Day): readonly Day[] {
  const from = [first, addDays(last, 1 - LOOK_BACK_DAYS)].sort()[1] ?? first;
  const days: Day[] = [];
  for (let day = from; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
