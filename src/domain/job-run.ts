import type { Day } from './ids.ts';

/** Jobs that a run can be of. */
export const jobNames = ['forward', 'sweep', 'reconcile'] as const;
export type JobName = (typeof jobNames)[number];

/** What a run did, in a few words and figures. */
export type RunResult = Readonly<Record<string, string | number | boolean>>;

/** One run of a job for one day: which days are done stands here and nowhere else. */
export interface Run {
  /** `job:scope:date`. */
  readonly id: string;
  readonly job: JobName;
  readonly scope: string;
  readonly date: Day;
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
