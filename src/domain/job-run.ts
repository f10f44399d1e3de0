import type { Day } from './ids.ts';

/** Jobs that a run can be of. */
export const jobNames = ['forward', 'sweep', 'carrier-list', 'reconcile', 'rosters', 'retention'] as const;
export type JobName = (typeof jobNames)[number];

/** Jobs of one day each that run by themselves, in this order: what the carrier still knows is taken up before days are compared. */
export const dailyJobs = ['carrier-list', 'reconcile', 'rosters', 'retention'] as const satisfies readonly JobName[];

/** What a run did, in a few words and figures. */
export type RunResult = Readonly<Record<string, string | number | boolean>>;

/** One run of a job for one day: which days are done stands here and nowhere else. */
export interface Run {
  /** `job:scope:date`. */
  readonly id: string;
  readonly job: JobName;
  readonly scope: string;
  readonly date: Day;
  /** The day on which it looked: a day that was not over yet has to be looked at again. */
  readonly onDay: Day;
  readonly state: 'running' | 'done' | 'failed';
  readonly attempt: number;
  readonly fence: number;
  readonly leaseUntil: Date;
  readonly startedAt: Date;
  readonly finishedAt?: Date;
  readonly result?: RunResult;
}

export function runId(job: JobName, scope: string, date: Day): string {
  return `${job}:${scope}:${date}`;
}
