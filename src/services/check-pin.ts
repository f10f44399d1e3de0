import { hash, verify } from '@node-rs/argon2';
import type { NumberIndex, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { PinStore } from '../ports-pins.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { Clock, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';

interface Parts {
  readonly pins: PinStore;
  readonly workers: WorkerStore;
  readonly clock: Clock;
  readonly changed: ChangeHook;
}

/** So many wrong PINs within the window lock worker and calling number, each time twice as long. */
const LIMIT = 5;
const WINDOW_MS = 15 * 60_000;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 3_600_000;

/** argon2id, about 50 ms: PINs are short, so each guess must cost something. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export type PinService = ReturnType<typeof createPinService>;

/** PINs of workers: hashed, counted, locked. A lock stops code and PIN only, never a telephone that is the worker's own. */
export function createPinService({ pins, workers, clock, changed }: Parts) {
  const isLocked = async (key: string) => {
    const lockedUntil = (await pins.attempts(key))?.lockedUntil;
    return lockedUntil !== undefined && clock.now() < lockedUntil;
  };

  /** Counted before the PIN is looked at, so that guesses at the same time are not free. */
  async function countAttempt(key: string): Promise<boolean> {
    const now = clock.now();
    const { wrong, locks } = await pins.count(key, { now, window: new Date(now.getTime() - WINDOW_MS) });
    if (wrong < LIMIT) return false;
    const ms = Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** locks);
    await pins.lock(key, new Date(now.getTime() + ms));
    return wrong > LIMIT;
  }

  return {
    /** Sets or replaces a PIN of 4-8 digits; a lock ends with it. */
    async set(
      workerId: WorkerId,
      pin: string,
    ): Promise<Outcome<undefined, 'not-found' | 'conflict' | 'worker-without-employer'>> {
      const hashed = await hash(pin, COST);
      const done = await changeRegister(workers, workerId, (worker) =>
        worker.employerId === null ? refuse('worker-without-employer') : accept({ ...worker, hasPin: true }),
      );
      if (!done.ok) return done;
      await pins.save(workerId, hashed);
      await pins.clear(workerKey(workerId));
      await changed({ kind: 'worker', id: workerId });
      return accept(undefined);
    },
    /** Ends a lock; the PIN stays. */
    async unlock(workerId: WorkerId): Promise<Outcome<undefined, 'not-found'>> {
      if (!(await workers.find(workerId))) return refuse('not-found');
      await pins.clear(workerKey(workerId));
      return accept(undefined);
    },
    check: (async ({ workerId, callerIndex, pin }) => {
      const keys = [workerKey(workerId), ...(callerIndex ? [callerKey(callerIndex)] : [])];
      const hashed = await pins.hashOf(workerId);
      if (hashed === undefined) return 'none';
      if ((await Promise.all(keys.map(isLocked))).includes(true)) return 'locked';
      if ((await Promise.all(keys.map(countAttempt))).includes(true)) return 'locked';
      if (!(await verify(hashed, pin))) return 'wrong';
      await Promise.all(keys.map((key) => pins.clear(key)));
      return 'right';
    }) satisfies CallAids['checkPin'],
  };
}

function workerKey(workerId: WorkerId): string {
  return `worker:${workerId}`;
}

function callerKey(index: NumberIndex): string {
  return `caller:${index}`;
}
