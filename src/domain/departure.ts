import { canonicalJson } from './digest.ts';
import { endEmployments } from './employment.ts';
import type { Day, FirmId, NumberIndex, WorkerId } from './ids.ts';
import type { PhoneRegistration } from './phone.ts';
import type { Employment, Worker } from './worker.ts';

/** One number of a leaver, with his registrations as they were. */
export interface HeldNumber {
  readonly index: NumberIndex;
  readonly before: readonly PhoneRegistration[];
}

/**
 * That a worker leaves his firm after a day, with what it ends as it was before, so that it can be taken back. One per worker: the next
 * leaving replaces it.
 */
export interface Departure {
  readonly id: WorkerId;
  readonly firmId: FirmId;
  readonly lastDay: Day;
  /** He leaves at this moment; otherwise at the end of the last day. */
  readonly atOnce: boolean;
  /** `begun`, `leaving` and `undoing` are under way: whoever finds one goes on with it. */
  readonly state: 'begun' | 'planned' | 'leaving' | 'done' | 'undoing' | 'undone';
  readonly at: Date;
  readonly by: string;
  /** Why, in the words of whoever entered it; sealed. */
  readonly sealedReason?: string;
  /** The PIN's hash, sealed, from the moment on at which he has none any more. */
  readonly sealedPin?: string;
  readonly employments: readonly Employment[];
  readonly numbers: readonly HeldNumber[];
}

/** Whether a departure is what stands between a worker and his firm now; otherwise it belongs to an employment before. */
export function isCurrent({ state }: Departure, { employerId }: Worker): boolean {
  return state === 'done' ? employerId === null : state !== 'undone';
}

/** Whether nobody has changed the worker's employments since: only then it can be taken back. */
export function isUntouched({ employments, lastDay, firmId }: Departure, worker: Worker): boolean {
  const same = (those: readonly Employment[]) => canonicalJson(worker.employments) === canonicalJson(those);
  if (worker.employerId !== null && worker.employerId !== firmId) return false;
  return same(endEmployments(employments, lastDay)) || (worker.employerId === firmId && same(employments));
}
