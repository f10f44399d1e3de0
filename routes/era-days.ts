import { z } from 'zod';
import { eraText } from '../src/domain/era-day.ts';

/** `calendar=era` also shows days by the era, as forms have them. */
export const calendarQuery = { calendar: z.enum(['western', 'era']).exactOptional() };

/** The days of a thing by the era, each under the pointer at which it stands: `/birthDate`: 昭和55年3月1日. */
export const EraDays = z.record(z.string(), z.string()).exactOptional();

type Calendar = 'western' | 'era' | undefined;

/** What is shown, with its days by the era where that is asked for. */
export function inCalendar<T extends object>(
  shown: T,
  calendar: Calendar,
): T & { readonly daysInEra?: Record<string, string> } {
  return calendar === 'era' ? { ...shown, daysInEra: Object.fromEntries(daysIn(shown, '')) } : shown;
}

function daysIn(value: unknown, pointer: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? [[pointer, eraText(value)]] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => daysIn(one, `${pointer}/${name}`));
}
