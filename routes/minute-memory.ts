import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Clock } from '../src/ports.ts';

type Real = Pick<Clock, 'real'>;

/** Counts by key within a minute of the clock; minutes that are over are forgotten by themselves. */
export function createMinuteCount(clock: Real) {
  const counter = new RateLimiterMemory({ points: 1, duration: 120 });
  const keyOf = (key: string) => `${String(minuteOf(clock))} ${key}`;
  return {
    /** One more; answers how many it is now. */
    add: async (key: string): Promise<number> => (await counter.penalty(keyOf(key))).consumedPoints,
    read: async (key: string): Promise<number> => (await counter.get(keyOf(key)))?.consumedPoints ?? 0,
  };
}

/** Makes something once for a key, and answers the same again in this minute and the next. */
export function createMinuteRecall<T extends object>(clock: Real): (key: string, make: () => T) => T {
  let minute = minuteOf(clock);
  let made = new Map<string, T>();
  let before = new Map<string, T>();
  return (key, make) => {
    const now = minuteOf(clock);
    if (now !== minute) {
      before = now === minute + 1 ? made : new Map<string, T>();
      made = new Map();
      minute = now;
    }
    const known = made.get(key) ?? before.get(key) ?? make();
    made.set(key, known);
    return known;
  };
}

function minuteOf(clock: Real): number {
  return Math.floor(clock.real().getTime() / 60_000);
}
