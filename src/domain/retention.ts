import type { Day } from './ids.ts';
import { addDays } from './work-day.ts';

/** What is kept for a term and then goes by itself. */
export const retentionKinds = [
  'people',
  'people-without-days',
  'spoken-words',
  'caller-numbers',
  'ended-numbers',
  'uploads',
] as const;
export type RetentionKind = (typeof retentionKinds)[number];

/** One clock: what is kept, for how many days, counted from when, what becomes of it, and why so long. */
export interface RetentionRule {
  readonly kind: RetentionKind;
  readonly days: number;
  /** No shorter term may be set. */
  readonly least: number;
  readonly countsFrom: string;
  readonly becomes: string;
  readonly source: string;
}

/** The table of terms; the days of each may be set otherwise (D-28). */
export const retentionRules: readonly RetentionRule[] = [
  {
    kind: 'people',
    days: 1826,
    least: 1095,
    countsFrom: 'the last day worked, or the last day with an employer, whichever is later',
    becomes: 'the person is deleted; the days stay under a pseudonym',
    source: 'Labour Standards Act 109 and 143: records of employment, five years, for now three, from the last entry',
  },
  {
    kind: 'people-without-days',
    days: 365,
    least: 0,
    countsFrom: 'the last day with an employer',
    becomes: 'the person is deleted',
    source: 'APPI 22: delete without delay when the purpose has ended',
  },
  {
    kind: 'spoken-words',
    days: 30,
    least: 1,
    countsFrom: 'the call',
    becomes: 'what was said is taken out of the call; what was recorded stays',
    source: 'APPI 22: kept only so that a carrier that asks again, and an office that is asked, can be answered',
  },
  {
    kind: 'caller-numbers',
    days: 90,
    least: 7,
    countsFrom: 'the call',
    becomes: 'the number is taken out of the call; its last two digits stay',
    source: 'APPI 22: kept only so that an unknown caller can be linked and registered',
  },
  {
    kind: 'ended-numbers',
    days: 365,
    least: 35,
    countsFrom: 'the last day of the last registration of the number',
    becomes: 'the number is dropped with its registrations',
    source: 'APPI 22; calls of up to 35 days ago may still be read from the carrier and need their holder',
  },
  {
    kind: 'uploads',
    days: 30,
    least: 1,
    countsFrom: 'the upload',
    becomes: 'the list, its rows and its file are dropped',
    source: 'APPI 22: kept only so that a list can be looked at and undone',
  },
];

/** Terms that were set otherwise, in days. */
export type RetentionTerms = Readonly<Partial<Record<RetentionKind, number>>>;

/** The table with the terms that hold here. */
export function rulesWith(terms: RetentionTerms): readonly RetentionRule[] {
  return retentionRules.map((rule) => ({ ...rule, days: terms[rule.kind] ?? rule.days }));
}

/** What lies before this day is past its term. */
export function cutOf({ days }: RetentionRule, today: Day): Day {
  return addDays(today, -days);
}

/** Terms as they are set, `kind=days` with commas; undefined when a kind is unknown or a term below its least. */
export function readTerms(text: string): RetentionTerms | undefined {
  const wishes = text.split(',').map((one) => one.trim().split('='));
  const read = wishes.map(([name, days = '']) => {
    const rule = retentionRules.find(({ kind }) => kind === name);
    return rule && /^\d{1,5}$/.test(days) && Number(days) >= rule.least
      ? ([rule.kind, Number(days)] as const)
      : undefined;
  });
  return read.every((one) => one !== undefined) ? Object.fromEntries(read) : undefined;
}
