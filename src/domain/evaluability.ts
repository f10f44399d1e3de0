import type { Day } from './ids.ts';
import type { NodeStatus } from './tree.ts';

/** Why a history does not count for a worker's level (section 8.4 of the domain rules), and D-07 for the site's period. */
export type NotEvaluableReason =
  | 'NO_EMPLOYER_IN_TREE'
  | 'EMPLOYER_UNREGISTERED'
  | 'TREE_ROW_UNAPPROVED'
  | 'NOT_ON_ROSTER'
  | 'WORKER_UNREGISTERED'
  | 'NO_JOB_TYPE'
  | 'JOB_TYPE_MAJOR_ONLY'
  | 'JOB_TYPE_NOT_REGISTERED'
  | 'NO_POSITION'
  | 'OUT_OF_PERIOD';

/** What evaluability looks at; `node` is the employer's row in the site's tree. */
export interface Circumstances {
  readonly jobType?: string;
  readonly position?: string;
  readonly workDate?: Day;
  readonly period?: { readonly from: Day; readonly to: Day };
  readonly node?: NodeStatus;
  /** Whether the worker stands, or was handed over, on the site's roster for his employer; a lone exit puts nobody there. */
  readonly onRoster: boolean;
  readonly employerRegistered: boolean;
  readonly workerRegistered: boolean;
  readonly registeredJobTypes: readonly string[];
}

/** Every reason against a history or roster line; none means it is evaluable. */
export function notEvaluableReasons(c: Circumstances): readonly NotEvaluableReason[] {
  const out =
    c.workDate !== undefined && c.period !== undefined && (c.workDate < c.period.from || c.workDate > c.period.to);
  return [
    ...treeReasons(c),
    ...(c.onRoster ? [] : (['NOT_ON_ROSTER'] as const)),
    ...(c.workerRegistered ? [] : (['WORKER_UNREGISTERED'] as const)),
    ...jobTypeReasons(c.jobType, c.registeredJobTypes),
    ...(c.position === undefined ? (['NO_POSITION'] as const) : []),
    ...(out ? (['OUT_OF_PERIOD'] as const) : []),
  ];
}

function treeReasons({ node, employerRegistered }: Circumstances): readonly NotEvaluableReason[] {
  if (node === undefined) return ['NO_EMPLOYER_IN_TREE'];
  if (!employerRegistered) return ['EMPLOYER_UNREGISTERED'];
  return node === 'registered' ? [] : ['TREE_ROW_UNAPPROVED'];
}

function jobTypeReasons(jobType: string | undefined, registered: readonly string[]): readonly NotEvaluableReason[] {
  if (jobType === undefined) return ['NO_JOB_TYPE'];
  if (!/^\d{2}-?\d{2}$/.test(jobType)) return ['JOB_TYPE_MAJOR_ONLY'];
  return registered.includes(jobType) ? [] : ['JOB_TYPE_NOT_REGISTERED'];
}
