import { type AlarmKind, alarmId } from '../domain/alarm.ts';
import {
  type Expected,
  HABIT_DAYS,
  expectedPeople,
  isOverdue,
  lineWatchedFrom,
  suggestsDeadLine,
  usualPeople,
} from '../domain/habit.ts';
import type { Day, SiteId } from '../domain/ids.ts';
import type { Line } from '../domain/line-use.ts';
import type { Site } from '../domain/site.ts';
import { addDays, tokyoDay, tokyoInstant } from '../domain/work-day.ts';
import type { Plan, PlanStore } from '../ports-pins.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { Clock, LineStore, SiteStore } from '../ports.ts';
import type { Due, RingAlarms } from './ring-alarms.ts';
import { openLines } from './open-lines.ts';
import { readAll } from './read-all.ts';

export interface WatchArrivalsParts {
  readonly plans: PlanStore;
  readonly sites: SiteStore;
  readonly lines: LineStore;
  readonly projections: ProjectionStore;
  readonly ring: RingAlarms;
  readonly clock: Clock;
}

/** Looks who should have called by now and did not: planned workers one by one, and whole sites whose line may be dead. */
export type WatchArrivals = () => Promise<void>;

/** What is looked at once for all sites of one day. */
interface DayGround {
  readonly day: Day;
  readonly now: Date;
  readonly plans: readonly Plan[];
  readonly lines: readonly Line[];
}

/** Yesterday counts too: what is linked or put right in the morning, and shifts that begin before midnight. */
export function createWatchArrivals(parts: WatchArrivalsParts): WatchArrivals {
  const { plans, lines, sites, ring, clock } = parts;
  const usualAt = createHabits(parts.projections);
  return async function watchArrivals() {
    const now = clock.now();
    const today = tokyoDay(now);
    const places = await readAll((request) => sites.page(request));
    const missing: Due[] = [];
    const dead: Due[] = [];
    for (const day of [addDays(today, -1), today]) {
      const open = (await openLines(lines, day)).filter(({ purpose }) => purpose === 'attendance');
      const ground = { day, now, plans: await plans.onDay(day), lines: open };
      missing.push(...(await missingArrivals(parts, ground)));
      for (const site of places) {
        const expected = expectedPeople(site.id, { usual: await usualAt(site, day, now), plans: ground.plans, day });
        if (await isLineDead(parts, ground, { site, expected })) dead.push(due('dead-line', site.id, day));
      }
    }
    await ring('missing-arrival', missing);
    await ring('dead-line', dead);
  };
}

function due(kind: AlarmKind, siteId: SiteId, day: Day): Due {
  return { id: alarmId(kind, siteId, day), siteId, day };
}

/** Workers of a plan with a time who have no entry anywhere an hour after it. */
async function missingArrivals(
  { projections }: WatchArrivalsParts,
  { day, now, plans }: DayGround,
): Promise<readonly Due[]> {
  const missing: Due[] = [];
  for (const { siteId, expectedAt, workerIds } of plans) {
    if (expectedAt === undefined) continue;
    const at = tokyoInstant(day, expectedAt);
    const overdue = workerIds.filter((workerId) => isOverdue({ workerId, at }, now));
    const arrived = overdue.length === 0 ? new Set() : await projections.arrivedOn(day, overdue);
    for (const workerId of overdue.filter((one) => !arrived.has(one))) {
      missing.push({ id: alarmId('missing-arrival', workerId, day), siteId, workerId, day });
    }
  }
  return missing;
}

/** People are overdue, and no call at all has come on the site's lines. */
async function isLineDead(
  { projections }: WatchArrivalsParts,
  { now, day, lines }: DayGround,
  { site, expected }: { readonly site: Site; readonly expected: readonly Expected[] },
): Promise<boolean> {
  const { from, to } = site.historyPeriod;
  if (day < from || day > to || !suggestsDeadLine(expected, now)) return false;
  const arrived = await projections.arrivedOn(
    day,
    expected.map(({ workerId }) => workerId),
  );
  const waitedFor = expected.filter(({ workerId }) => !arrived.has(workerId));
  if (!suggestsDeadLine(waitedFor, now)) return false;
  const since = lineWatchedFrom(expected);
  const own = lines.filter(({ siteId }) => siteId === site.id);
  const numbers = (own.length > 0 ? own : lines.filter(({ siteId }) => siteId === undefined)).map((one) => one.number);
  if (numbers.length === 0) return false;
  for (const filter of [{ siteId: site.id }, ...numbers.map((line) => ({ line }))]) {
    const { items } = await projections.pageCalls({ ...filter, from: since }, { limit: 1, within: 'everything' });
    if (items.length > 0) return false;
  }
  return true;
}

/** What is usual at a site on a day; it follows from earlier days, so it is not read every minute. */
function createHabits(projections: ProjectionStore) {
  const FRESH_MS = 600_000;
  const known = new Map<string, { readonly at: Date; readonly usual: readonly Expected[] }>();
  return async function usualAt({ id }: Site, day: Day, now: Date): Promise<readonly Expected[]> {
    const key = `${id}:${day}`;
    const remembered = known.get(key);
    const age = remembered ? now.getTime() - remembered.at.getTime() : -1;
    if (remembered && age >= 0 && age < FRESH_MS) return remembered.usual;
    const filter = { siteId: id, from: addDays(day, -HABIT_DAYS), to: addDays(day, -1) };
    const histories = await readAll((request) => projections.pageHistories(filter, request));
    const usual = usualPeople(histories, day);
    known.set(key, { at: now, usual });
    for (const old of [...known.keys()].filter((one) => !one.endsWith(day) && one.slice(-10) < addDays(day, -1)))
      known.delete(old);
    return usual;
  };
}
