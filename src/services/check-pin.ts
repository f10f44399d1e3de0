import { hash, verify } from '@node-rs/argon2';
import type { NumberIndex, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { PinStore } from '../ports-pins.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { Clock, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';
import { createAttemptLimit } from './limit-attempts.ts';

interface Parts {
  readonly pins: PinStore;
  readonly workers: WorkerStore;
  readonly clock: Clock;
  readonly changed: ChangeHook;
}

/** argon2id, about 50 ms: PINs are short, so each guess must cost something. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export type PinService = ReturnType<typeof createPinService>;

/** PINs of workers: hashed, counted, locked. A lock stops code and PIN only, never a telephone that is the worker's own. */
export function createPinService({ pins, workers, clock, changed }: Parts) {
  const limit = createAttemptLimit({ attempts: pins, now: () => clock.now() });
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
      if (!(await limit.admits(keys))) return 'locked';
      if (!(await verify(hashed, pin))) return 'wrong';
      await limit.clear(keys);
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
