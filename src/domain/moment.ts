import { z } from 'zod';
import { readDayText } from './era-day.ts';
import type { Day } from './ids.ts';
import { addDays, startOfDay } from './work-day.ts';

const SECOND_MS = 1000;
const Instant = z.iso.datetime({ offset: true });

/** What somebody means by a day or an instant: all of the day in Tokyo, all of the second that he wrote. */
export interface Moment {
  readonly begin: Date;
  /** The first instant after it. */
  readonly end: Date;
}

/** A day as people write it or an RFC 3339 instant with its offset; undefined for what is neither or no day of the calendar. */
export function readMoment(text: string): Moment | undefined {
  // In an address a plus sign that nobody encoded is a space.
  const instant = text.trim().replace(' ', '+');
  if (Instant.safeParse(instant).success) {
    const begin = new Date(instant);
    return { begin, end: new Date(begin.getTime() + (instant.includes('.') ? 1 : SECOND_MS)) };
  }
  const read = readDayText(text);
  if ('flaw' in read) return undefined;
  const day = read.day as Day;
  return { begin: startOfDay(day), end: startOfDay(addDays(day, 1)) };
}

/** A day or an instant as a query gives it. */
export const Moment = z
  .string()
  .max(60)
  .meta({ description: 'A day (YYYY-MM-DD, Asia/Tokyo) or an instant as 2026-11-24T07:00:00+09:00' })
  .transform((text, context) => {
    const moment = readMoment(text);
    if (moment) return moment;
    context.issues.push({ code: 'custom', params: { code: 'moment' }, input: text });
    return z.NEVER;
  });

/** Whether a period ends before it begins. */
export function isReversed({ from, to }: { readonly from?: Moment; readonly to?: Moment }): boolean {
  return from !== undefined && to !== undefined && to.end <= from.begin;
}
