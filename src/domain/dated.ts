import type { Day } from './ids.ts';
import { addDays } from './work-day.ts';

/** A fact with the days on which it holds; `to` is the last one and absent while it lasts. */
export interface Dated<T> {
  readonly from: Day;
  readonly to?: Day;
  readonly value: T;
}

/** Before the first day that anybody states. */
export const LONG_AGO = '1900-01-01' as Day;

/** Whether a fact holds on that day. */
export function holdsOn({ from, to }: { readonly from: Day; readonly to?: Day }, day: Day): boolean {
  return from <= day && (to === undefined || day <= to);
}

/** What holds on that day; the latest to begin where several do. */
export function valueOn<T>(history: readonly Dated<T>[], day: Day): T | undefined {
  return history.findLast((one) => holdsOn(one, day))?.value;
}

/** Every value of a history with where it is shown: the one that holds on the day by its own name, others in the history. */
export function overTime<T>(name: string, history: readonly Dated<T>[], day: Day) {
  const now = history.findLast((one) => holdsOn(one, day));
  return history.map((one, place) => ({
    pointer: one === now ? `/${name}` : `/${name}History/${String(place)}/value`,
    value: one.value,
  }));
}

/** Facts in the order in which they begin. */
export function inOrder<T>(history: readonly Dated<T>[]): readonly Dated<T>[] {
  return [...history].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/**
 * The history with another value from that day on: what held until then ends the day before, what begins on that day gives way, and what
 * begins later keeps its time.
 */
export function changedFrom<T>(history: readonly Dated<T>[], value: T, from: Day): readonly Dated<T>[] {
  const others = endedBefore(history, from).filter((one) => one.from !== from);
  const next = inOrder(others).find((one) => one.from > from);
  const changed = { from, ...(next ? { to: addDays(next.from, -1) } : {}), value };
  return inOrder([...others, changed]);
}

/** The history without what held beyond the day before; what begins later stays. */
export function endedBefore<T>(history: readonly Dated<T>[], day: Day): readonly Dated<T>[] {
  return history.map((one) => (one.from < day && holdsOn(one, day) ? { ...one, to: addDays(day, -1) } : one));
}

interface Fault {
  readonly place: number;
  readonly code: 'period-reversed' | 'overlaps';
}

/** What is wrong with a history: where, and whether it ends before it begins or meets another one of the same key. */
export function historyFaults<T>(
  history: readonly Dated<T>[],
  keyOf: (value: T) => string = () => '',
): readonly Fault[] {
  return history.flatMap((one, place): readonly Fault[] => {
    if (one.to !== undefined && one.to < one.from) return [{ place, code: 'period-reversed' }];
    const meets = history.some(
      (other, at) => at < place && keyOf(other.value) === keyOf(one.value) && overlaps(one, other),
    );
    return meets ? [{ place, code: 'overlaps' }] : [];
  });
}

function overlaps(a: Dated<unknown>, b: Dated<unknown>): boolean {
  return (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);
}
