import { holdsOn } from './dated.ts';
import type { Day, FirmId } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import { addDays } from './work-day.ts';
import type { Employment, Worker } from './worker.ts';

/**
 * The worker leaves; that day is the last. What is to come with another employer stays. An employment that lasts but was only registered later is kept as that one day:
 * he was employed until then, whatever the register knew.
 */
export function endEmployments(employments: readonly Employment[], lastDay: Day): readonly Employment[] {
  const coming = employments.filter(
    ({ planned, from }) => planned !== undefined && planned !== 'hired' && from > lastDay,
  );
  const own = employments.filter((one) => !coming.includes(one));
  const ended = cutEmployments(own, lastDay);
  const known = own.find((one) => one.to === undefined && one.from > lastDay && !one.planned);
  const covered = ended.some(({ to }) => to === lastDay);
  const all = known && !covered ? [...ended, { ...known, from: lastDay, to: lastDay }] : ended;
  return [...all, ...coming];
}

/** The employment with his employer of now; it has an end when he is known to leave. */
export function presentEmployment({
  employerId,
  employments,
}: Pick<Worker, 'employerId' | 'employments'>): Employment | undefined {
  if (employerId === null) return undefined;
  const isPresent = ({ firmId, planned }: Employment) =>
    firmId === employerId && (planned === undefined || planned === 'hired');
  return employments.findLast(isPresent);
}

/** The last day of somebody who is still employed and known to leave. */
export function leavesOn(worker: Pick<Worker, 'employerId' | 'employments'>): Day | undefined {
  return presentEmployment(worker)?.to;
}

/** His employer on that day, if he has not left by then: what was planned beforehand counts from its day on, and not before. */
export function employerFrom(worker: Pick<Worker, 'employerId' | 'employments'>, day: Day): FirmId | null {
  const { employerId, employments } = worker;
  const begun = employments.findLast((one) => one.planned !== undefined && holdsOn(one, day));
  if (begun) return begun.firmId;
  const present = presentEmployment(worker);
  if (!present) return employerId;
  if (present.planned !== undefined || (present.to !== undefined && present.to < day)) return null;
  if (present.from <= day) return employerId;
  // Of a day before it: who employed him then, else, as long as nobody knew, the one of now.
  return employments.findLast((one) => !one.planned && holdsOn(one, day))?.firmId ?? employerId;
}

/** From that day on the worker is the firm's; the employer before has him until the day before (D-31). */
export function switchEmployer(employments: readonly Employment[], firmId: FirmId, from: Day): readonly Employment[] {
  return [...cutEmployments(employments, addDays(from, -1)), { firmId, from }];
}

/**
 * Adds one employment. One without an end follows the one that lasts and closes it the day before; beyond that a worker has one
 * employer at a time (D-31).
 */
export function addEmployment(
  employments: readonly Employment[],
  added: Employment,
): Outcome<readonly Employment[], 'employment-overlaps' | 'period-reversed'> {
  if (added.to !== undefined && added.to < added.from) return refuse('period-reversed');
  const before =
    added.to === undefined
      ? employments.map((one) => (one.to === undefined && one.from < added.from ? closeBefore(one, added.from) : one))
      : employments;
  if (before.some((one) => overlaps(one, added))) return refuse('employment-overlaps');
  return accept([...before, added].sort((a, b) => (a.from < b.from ? -1 : 1)));
}

/** The worker with the day on which his present employer hired him: the employment that lasts begins then. */
export function hiredSince(worker: Worker, hiredOn: Day): Outcome<Worker, 'employment-overlaps'> {
  const lasting = presentEmployment(worker);
  if (!lasting) return accept(worker);
  const moved = { ...lasting, from: hiredOn };
  const others = worker.employments.filter((one) => one !== lasting);
  if (others.some((one) => overlaps(one, moved))) return refuse('employment-overlaps', 'hiredOn');
  return accept({ ...worker, hiredOn, employments: [...others, moved] });
}

/** The employments with the one that ended that day lasting again. */
export function reopened(employments: readonly Employment[], lastDay: Day): readonly Employment[] {
  return employments.map((one) => {
    if (one.to !== lastDay) return one;
    const { to: _end, ...lasting } = one;
    return lasting;
  });
}

function cutEmployments(employments: readonly Employment[], lastDay: Day): readonly Employment[] {
  return employments
    .filter(({ from }) => from <= lastDay)
    .map((one) => (one.to === undefined || one.to > lastDay ? { ...one, to: lastDay } : one));
}

function closeBefore(employment: Employment, day: Day): Employment {
  return { ...employment, to: addDays(day, -1) };
}

function overlaps(a: Employment, b: Employment): boolean {
  return (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);
}
