import type { FirmId, WorkerId } from '../ids.ts';
import { MOST_JOB_TYPES, type Worker } from '../worker.ts';
import type { ListBounds } from './list-bounds.ts';
import type { Finding } from './list-issue.ts';
import type { Party } from './match-party.ts';
import type { PhoneStep } from './plan-phones.ts';

/** What of a row that is taken says whose job type it brings. */
interface TakenRow {
  readonly firm: Party<FirmId>;
  readonly worker: Party<WorkerId>;
  readonly phone: PhoneStep;
  readonly cells: { readonly jobType?: string };
}

/** The job type that a row adds to its worker's register, and what is to be said about it. */
export interface JobTypeVerdict {
  readonly jobType?: string;
  readonly finding?: Finding;
}

/**
 * Which job types the rows of a list bring to their workers' registers, four to each at most. Only a row that gives its
 * telephone a new job type brings one, so that a list of what is on file changes nothing.
 */
export function createJobTypePlan(bounds: ListBounds | undefined) {
  const onFile = new Map<string, readonly string[]>();
  const brought = new Map<string, readonly string[]>();
  return {
    know({ id, jobTypes }: Worker): void {
      if (jobTypes.length > 0) onFile.set(id, jobTypes);
    },
    settle(row: TakenRow): JobTypeVerdict {
      const { worker, phone, cells } = row;
      const { jobType } = cells;
      if (jobType === undefined || !isNew(jobType, phone)) return {};
      const known = onFile.get(worker.key) ?? [];
      const before = brought.get(worker.key) ?? [];
      const held = [...known, ...before];
      if (held.includes(jobType)) return {};
      const finding = whyNot(row, held, bounds);
      if (finding) return { finding };
      brought.set(worker.key, [...before, jobType]);
      const isSecond = known.length === 1 && before.length === 0;
      return isSecond ? { jobType, finding: said('job-type-second') } : { jobType };
    },
  };
}

/** Why a worker's register does not get one more. */
function whyNot({ firm, worker }: TakenRow, held: readonly string[], bounds?: ListBounds): Finding | undefined {
  if (worker.id !== undefined && bounds && firm.id !== bounds.own) return said('job-type-employers');
  return held.length < MOST_JOB_TYPES ? undefined : { ...said('job-types-full'), detail: String(MOST_JOB_TYPES) };
}

function isNew(jobType: string, phone: PhoneStep): boolean {
  return phone.kind === 'create' || (phone.kind === 'update' && phone.before.jobType !== jobType);
}

function said(code: Finding['code']): Finding {
  return { code, field: 'jobType' };
}
