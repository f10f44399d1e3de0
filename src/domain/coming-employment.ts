import { addEmployment, reopened } from './employment.ts';
import type { Day } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import { addDays } from './work-day.ts';
import type { Employment, Worker } from './worker.ts';

/** The employment that begins on a day to come; a worker has one at most. */
export function comingOf({ employments }: Pick<Worker, 'employments'>): Employment | undefined {
  return employments.find(({ planned }) => planned !== undefined);
}

/**
 * The worker with an employment that begins on a day to come, or that has an end to come (D-31). The one that lasts ends the day before;
 * who has no employer is the new one's from now on, though not employed yet.
 */
export function withComing(
  worker: Worker,
  added: Employment,
): Outcome<Worker, 'employment-planned' | 'employment-overlaps' | 'period-reversed'> {
  const { employments, employerId } = worker;
  if (added.to !== undefined && added.to < added.from) return refuse('period-reversed');
  if (comingOf(worker)) return refuse('employment-planned');
  const lasting = employments.find(({ to, from }) => to === undefined && from < added.from);
  if (lasting?.firmId === added.firmId) return refuse('employment-overlaps');
  const planned = plannedAs(employerId !== null, lasting !== undefined);
  const before = employments.map((one) => (one === lasting ? { ...one, to: addDays(added.from, -1) } : one));
  const next = addEmployment(before, { ...added, planned });
  if (!next.ok) return next;
  const hired = planned === 'hired' ? { hiredOn: added.from } : {};
  return accept({ ...worker, ...hired, employerId: employerId ?? added.firmId, employments: next.value });
}

function plannedAs(isEmployed: boolean, endsAnother: boolean): NonNullable<Employment['planned']> {
  if (!isEmployed) return 'hired';
  return endsAnother ? 'following' : 'alone';
}

/** The worker without the employment that would have begun that day; the one before it lasts again. */
export function withoutComing(worker: Worker, from: Day): Outcome<Worker, 'not-found' | 'employment-begun'> {
  const coming = comingOf(worker);
  if (coming?.from !== from)
    return refuse(worker.employments.some((one) => one.from === from) ? 'employment-begun' : 'not-found');
  const rest = worker.employments.filter((one) => one !== coming);
  if (coming.planned === 'following') return accept({ ...worker, employments: reopened(rest, addDays(from, -1)) });
  if (coming.planned === 'alone') return accept({ ...worker, employments: rest });
  const { hiredOn: _hired, ...free } = worker;
  return accept({ ...free, employerId: null, hasPin: false, employments: rest });
}

/** The worker as the new employer's, on the day on which he begins; one with an end is marked until that end is seen to. */
export function withBegun(worker: Worker, today: Day): Worker {
  const coming = comingOf(worker);
  if (!coming || coming.from > today || worker.erasedOn !== undefined) return worker;
  const { planned: _done, ...begun } = coming;
  const next = coming.to === undefined ? begun : { ...coming, planned: 'hired' as const };
  const employments = worker.employments.map((one) => (one === coming ? next : one));
  return { ...worker, employerId: coming.firmId, hiredOn: coming.from, employments };
}

/** Whether a leaving on that day leaves what is to come as it is: he must have gone a day before the next one ends his employment. */
export function leavesBefore(worker: Worker, lastDay: Day | undefined, today: Day): boolean {
  const coming = comingOf(worker);
  return coming === undefined || coming.planned === 'hired' || addDays(lastDay ?? today, 1) < coming.from;
}
