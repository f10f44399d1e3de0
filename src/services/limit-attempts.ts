import type { PinStore } from '../ports-pins.ts';

/** So many wrong attempts within the window lock, each time twice as long (D-21). */
const LIMIT = 5;
const WINDOW_MS = 15 * 60_000;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 3_600_000;

interface Parts {
  readonly attempts: Pick<PinStore, 'attempts' | 'count' | 'lock' | 'clear'>;
  readonly now: () => Date;
}

/** Counts attempts at a secret under keys and locks them; what is counted stands in the database and outlives a restart. */
export function createAttemptLimit({ attempts, now }: Parts) {
  async function msLeft(key: string): Promise<number> {
    const lockedUntil = (await attempts.attempts(key))?.lockedUntil;
    return lockedUntil === undefined ? 0 : lockedUntil.getTime() - now().getTime();
  }

  async function isLocked(key: string): Promise<boolean> {
    return (await msLeft(key)) > 0;
  }

  async function count(key: string): Promise<boolean> {
    const at = now();
    const { wrong, locks } = await attempts.count(key, { now: at, window: new Date(at.getTime() - WINDOW_MS) });
    if (wrong < LIMIT) return false;
    const ms = Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** locks);
    await attempts.lock(key, new Date(at.getTime() + ms));
    return wrong > LIMIT;
  }

  return {
    /** In how many seconds the last of these locks ends, at least one. */
    async secondsLeft(keys: readonly string[]): Promise<number> {
      return Math.max(1, Math.ceil(Math.max(...(await Promise.all(keys.map(msLeft)))) / 1000));
    },
    /** Counted before the secret is looked at, so that guesses at the same time are not free. False: locked, look no further. */
    async admits(keys: readonly string[]): Promise<boolean> {
      if ((await Promise.all(keys.map(isLocked))).includes(true)) return false;
      return !(await Promise.all(keys.map(count))).includes(true);
    },
    async clear(keys: readonly string[]): Promise<void> {
      await Promise.all(keys.map((key) => attempts.clear(key)));
    },
  };
}
