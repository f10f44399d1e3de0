import { z } from 'zod';
import { type Outcome, accept, refuse } from '../src/domain/outcome.ts';

/** Why a call, a script or a rush cannot be played; the detail is a sentence for whoever typed it. */
export type Unplayable = Outcome<never, 'call-unplayable'> & { ok: false };
export const decline = (sentence: string): Unplayable => refuse('call-unplayable', sentence);

/** Milliseconds from `2s` or `1500ms`; undefined when the text is no time. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === 'ms' ? 1 : 1000);
}

/** A whole number from `min` to `max`; undefined when the text is none. */
export function readCount(text: string, { min, max }: { min: number; max: number }): number | undefined {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return count >= min && count <= max ? count : undefined;
}

/** RFC 3339 from `2026-11-24T07:41`, seconds and offset optional; without an offset it is Tokyo's time. */
export function readMoment(text: string): string | undefined {
  const [, minute, second = ':00', offset = '+09:00'] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? [];
  const moment = `${minute ?? ''}${second}${offset}`;
  return z.iso.datetime({ offset: true }).safeParse(moment).success ? moment : undefined;
}

/** The keys at each question in turn; an empty text is silence. */
export function readPress(typed: readonly string[]): Outcome<readonly (string | undefined)[], 'call-unplayable'> {
  const odd = typed.find((keys) => !/^[0-9*#]*$/.test(keys));
  if (odd !== undefined) return decline(`"${odd}" cannot be pressed: a telephone has the keys 0-9, * and #.`);
  return accept(typed.map((keys) => keys || undefined));
}
