import { Temporal } from 'temporal-polyfill';
import type { Day } from './ids.ts';

const TOKYO = 'Asia/Tokyo';

/** The calendar day of an instant in Tokyo, whatever zone the server runs in. */
export function tokyoDay(at: Date): Day {
  return zoned(at).toPlainDate().toString() as Day;
}

/** Hour and minute of an instant in Tokyo, as a receipt speaks them. */
export function tokyoTime(at: Date): { readonly hour: number; readonly minute: number } {
  const { hour, minute } = zoned(at);
  return { hour, minute };
}

/** An instant as RFC 3339 with Tokyo's offset, to the second. */
export function tokyoText(at: Date): string {
  return zoned(at).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/** The instant at which a Tokyo day begins. */
export function startOfDay(day: Day): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(TOKYO).epochMilliseconds);
}

/** The instant of a time of day, `HH:MM`, on a Tokyo day. */
export function tokyoInstant(day: Day, time: string): Date {
  return new Date(
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: TOKYO, plainTime: Temporal.PlainTime.from(time) })
      .epochMilliseconds,
  );
}

/** A day a number of days later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString() as Day;
}

/** The last day of the month after the day worked: until then a record may be entered or corrected. */
export function directEntryDeadline(workDate: Day): Day {
  const month = Temporal.PlainDate.from(workDate).toPlainYearMonth().add({ months: 1 });
  return month.toPlainDate({ day: month.daysInMonth }).toString() as Day;
}

function zoned(at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(TOKYO);
}
