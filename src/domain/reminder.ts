import type { History } from './history.ts';
import type { Day, SiteId, WorkerId } from './ids.ts';
import type { MissingExit, Site } from './site.ts';
import { addDays, tokyoDay, tokyoInstant } from './work-day.ts';

/** Why nothing went out to somebody whose exit is missing. */
export type Unsent = 'channel-none' | 'too-late' | 'exit-came' | 'no-number' | 'no-sender' | 'refused' | 'unknown';

/** That an exit was missing when it was due: opens the exception, and sends at most one message for a history. */
export interface Reminder {
  /** The history's own key. */
  readonly id: string;
  readonly workerId: WorkerId;
  readonly siteId: SiteId;
  readonly workDate: Day;
  /** How many entries the history had: a further one is another stay, of which this says nothing. */
  readonly entries: number;
  readonly openedAt: Date;
  readonly channel: MissingExit['channel'];
  /** `sending` for good: the process ended in the middle, and nobody knows whether it went out; it is not sent again. */
  readonly state: 'opened' | 'sending' | 'sent' | 'unsent';
  readonly why?: Unsent;
}

const HOUR_MS = 3_600_000;

/** A history with somebody still on site, as far as his calls tell. */
export function isUnfinished({ withdrawn, entryAt, exitAt, flags }: History): boolean {
  return !withdrawn && entryAt !== undefined && exitAt === undefined && !flags.includes('entry-without-exit');
}

/**
 * When an exit counts as missing: at the site's time of day, an hour after the entry at the earliest, so that whoever comes just before
 * it, or for the night, is asked on the next one; and at the latest when the stay is longer than the site's longest shift.
 */
export function missingExitDue(since: Date, { missingExit, maxShiftHours }: Site): Date {
  const longest = new Date(since.getTime() + maxShiftHours * HOUR_MS);
  if (missingExit?.after === undefined) return longest;
  const day = tokyoDay(since);
  const soon = since.getTime() + HOUR_MS;
  const next = [day, addDays(day, 1), addDays(day, 2)]
    .map((one) => tokyoInstant(one, missingExit.after ?? ''))
    .find((at) => at.getTime() >= soon);
  return next !== undefined && next < longest ? next : longest;
}

/** Whether a call now would still be taken for the exit; after the longest shift it would be the next entry. */
export function isTooLate(since: Date, { maxShiftHours }: Site, now: Date): boolean {
  return now.getTime() - since.getTime() >= maxShiftHours * HOUR_MS;
}
