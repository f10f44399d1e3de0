import type { Day } from './domain/ids.ts';
import type { JobName, Run, RunResult } from './domain/job-run.ts';
import type { Page, PageRequest } from './ports.ts';

/** The ledger of runs. */
export interface RunStore {
  find(id: string): Promise<Run | undefined>;
  /** Takes a run for this process until the lease ends: the first attempt, or a further one; undefined while another has it. */
  take(
    wanted: Pick<Run, 'id' | 'job' | 'scope' | 'date' | 'onDay'>,
    now: Date,
    leaseUntil: Date,
  ): Promise<Run | undefined>;
  renew(run: Run, leaseUntil: Date): Promise<boolean>;
  /** Ends a run; false when somebody else has taken it over meanwhile. */
  finish(run: Run, state: 'done' | 'failed', result: RunResult, now: Date): Promise<boolean>;
  ofDays(job: JobName, days: readonly Day[]): Promise<readonly Run[]>;
  page(filter: { readonly job?: JobName }, request: PageRequest): Promise<Page<Run>>;
}

/** What a reconciliation found for one day. */
export interface Reconciliation {
  readonly id: string;
  readonly day: Day;
  /** Buckets (site and day) that were compared, and how many of them agreed. */
  readonly compared: number;
  readonly equal: number;
  /** Histories that were missing at the registry, or stood there although they were withdrawn, and went out again. */
  readonly repaired: number;
  /** Histories that differ or are unknown here: a person decides. */
  readonly reported: number;
  readonly findings: readonly {
    readonly key: string;
    readonly finding: 'missing-there' | 'still-there' | 'differs' | 'missing-here';
  }[];
  readonly state: 'done' | 'registry-away';
}

export interface ReconciliationStore {
  save(reconciliation: Reconciliation): Promise<void>;
  page(filter: { readonly day?: Day }, request: PageRequest): Promise<Page<Reconciliation>>;
}
