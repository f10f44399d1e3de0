import type { History } from './history.ts';
import type { Day, SiteId, WorkerId } from './ids.ts';
import { addDays, startOfDay, tokyoInstant } from './work-day.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How many working days of a site are looked at, and how many there must be to speak of a habit. */
const DAYS = 10;
const LEAST_DAYS = 3;
const SATURDAY = 6;

/** How far back a site's histories say what is usual there. */
export const HABIT_DAYS = 28;

/** Somebody who is expected at a site, and when. */
export interface Expected {
  readonly workerId: WorkerId;
  readonly at: Date;
}

interface Arrival {
  readonly workerId: WorkerId;
  readonly day: Day;
  readonly minutes: number;
}

/**
 * Who usually comes to a site on such a day, and when: whoever came on more than half of its last ten working days, at the median of his
 * times. Nobody on a weekday on which the site rested lately, and none before there are three days to judge by.
 */
export function usualPeople(histories: readonly History[], day: Day): readonly Expected[] {
  const arrivals = arrivalsIn(histories, day);
  const days = [...new Set(arrivals.map((arrival) => arrival.day))].sort().slice(-DAYS);
  if (days.length < LEAST_DAYS || !isWorkingWeekday(new Set(arrivals.map((arrival) => arrival.day)), day)) return [];
  const lately = arrivals.filter((arrival) => days.includes(arrival.day));
  return [...new Set(lately.map(({ workerId }) => workerId))].flatMap((workerId) => {
    const own = lately.filter((arrival) => arrival.workerId === workerId).map(({ minutes }) => minutes);
    if (own.length * 2 <= days.length) return [];
    return [{ workerId, at: new Date(startOfDay(day).getTime() + median(own) * MINUTE_MS) }];
  });
}

function arrivalsIn(histories: readonly History[], day: Day): readonly Arrival[] {
  return histories
    .filter(({ workDate }) => workDate < day && workDate >= addDays(day, -HABIT_DAYS))
    .flatMap(({ workerId, workDate, entryAt, withdrawn }) => {
      if (entryAt === undefined || withdrawn) return [];
      const since = new Date(entryAt).getTime() - startOfDay(workDate).getTime();
      return [{ workerId, day: workDate, minutes: Math.round(since / MINUTE_MS) }];
    });
}

/** The same weekday of the last four weeks says it; a site younger than a week works from Monday to Friday. */
function isWorkingWeekday(worked: ReadonlySet<Day>, day: Day): boolean {
  const before = [-7, -14, -21, -28].map((days) => addDays(day, days));
  if (before.some((one) => worked.has(one))) return true;
  const [first = day] = [...worked].sort();
  return first > addDays(day, -7) && weekdayOf(day) < SATURDAY;
}

/** 1 Monday … 7 Sunday. */
function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** A day's plan of one site, as far as it says who comes when. */
interface Planned {
  readonly siteId: SiteId;
  readonly workerIds: readonly WorkerId[];
  readonly expectedAt?: string;
}

/** Everybody who is expected at a site: at its plan's time, else at his own usual time unless another site plans on him. */
export function expectedPeople(
  site: SiteId,
  { usual, plans, day }: { readonly usual: readonly Expected[]; readonly plans: readonly Planned[]; readonly day: Day },
): readonly Expected[] {
  const planned = plans.flatMap(({ siteId, workerIds, expectedAt }) =>
    siteId === site && expectedAt !== undefined
      ? workerIds.map((workerId) => ({ workerId, at: tokyoInstant(day, expectedAt) }))
      : [],
  );
  const settled = new Set([
    ...planned.map(({ workerId }) => workerId),
    ...plans.filter(({ siteId }) => siteId !== site).flatMap(({ workerIds }) => workerIds),
  ]);
  return [...planned, ...usual.filter(({ workerId }) => !settled.has(workerId))];
}

/** Whether somebody should have called long ago. */
export function isOverdue({ at }: Expected, now: Date): boolean {
  return now.getTime() - at.getTime() >= HOUR_MS;
}

/** Two people who are overdue, or everybody who is expected: one early bird who stays away says nothing about the line. */
export function suggestsDeadLine(expected: readonly Expected[], now: Date): boolean {
  const overdue = expected.filter((one) => isOverdue(one, now)).length;
  return overdue >= 2 || (overdue === 1 && expected.length === 1);
}

/** From when on a call shows that the line works: some hours before the first one is expected. */
export function lineWatchedFrom(expected: readonly Expected[]): Date {
  const HOURS = 3;
  const first = Math.min(...expected.map(({ at }) => at.getTime()));
  return new Date(first - HOURS * HOUR_MS);
}
