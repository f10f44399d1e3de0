import { comingOf, withBegun, withComing, withoutComing } from '../domain/coming-employment.ts';
import type { Day, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Employment, Worker } from '../domain/worker.ts';
import type { HiringStore } from '../ports-hirings.ts';
import type { Clock, WorkerStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';
import type { LeaveService } from './leave-firm.ts';
import type { WorkerSettler } from './settle-worker.ts';

interface Parts {
  readonly workers: WorkerStore;
  readonly hirings: HiringStore;
  readonly leaveService: Pick<LeaveService, 'leave'>;
  readonly settler: WorkerSettler;
  readonly clock: Pick<Clock, 'now'>;
}

export type PlanRefusal =
  'not-found' | 'conflict' | 'worker-erased' | 'employment-planned' | 'employment-overlaps' | 'period-reversed';

/** So many begin in one look. */
const BATCH = 100;
/** Who entered a leaving that an employment brought with it. */
const BY_EMPLOYMENT = 'employment';

export type HiringService = ReturnType<typeof createHiringService>;

/**
 * Employments that begin on a day to come, and those whose end is known beforehand: the register is turned over on the day, and an end is
 * the leaving that ends everything. Doing any of it again changes nothing.
 */
export function createHiringService(parts: Parts) {
  const { workers, hirings, settler, clock } = parts;
  const today = () => tokyoDay(clock.now());
  const begin = createBeginning(parts, today);
  return {
    begin,
    async plan(id: WorkerId, added: Employment): Promise<Outcome<Worker, PlanRefusal>> {
      await hirings.note(id, added.from);
      const done = await changeRegister<Worker, WorkerId, PlanRefusal>(workers, id, async (worker) => {
        if (worker.erasedOn) return refuse('worker-erased');
        const next = withComing(worker, added);
        return next.ok && worker.employerId === null ? accept(await settler.withCode(next.value)) : next;
      });
      if (!done.ok) return done;
      await settler.settle(done.value, today());
      return added.from <= today() ? begin(id) : done;
    },
    /** What has not begun does not begin. */
    async takeBack(id: WorkerId, from: Day): Promise<Outcome<Worker, 'not-found' | 'conflict' | 'employment-begun'>> {
      const done = await changeRegister<Worker, WorkerId, 'not-found' | 'employment-begun'>(workers, id, (worker) =>
        withoutComing(worker, from),
      );
      if (!done.ok) return done;
      await settler.settle(done.value, today());
      await hirings.forget(id);
      return done;
    },
    /** Lets begin what begins by today; may run at any time, twice too. */
    async beginDue(): Promise<number> {
      const due = await hirings.due(today(), BATCH);
      for (const id of due) await begin(id);
      return due.length;
    },
  };
}

function createBeginning({ workers, hirings, settler, leaveService }: Parts, today: () => Day) {
  const change = (id: WorkerId, next: (worker: Worker) => Worker | Promise<Worker>) =>
    changeRegister<Worker, WorkerId, never>(workers, id, async (worker) => accept(await next(worker)));
  return async function begin(id: WorkerId): Promise<Outcome<Worker, 'not-found' | 'conflict'>> {
    const day = today();
    const begun = await change(id, async (worker) => {
      const next = withBegun(worker, day);
      return next !== worker && worker.employerId === null ? settler.withCode(next) : next;
    });
    if (!begun.ok) return begun;
    const coming = comingOf(begun.value);
    if (coming && coming.from > day) {
      await hirings.postpone(id, coming.from);
      return begun;
    }
    await settler.settle(begun.value, day);
    if (coming?.to === undefined) {
      await hirings.forget(id);
      return begun;
    }
    const left = await leaveService.leave(id, { lastDay: coming.to, by: BY_EMPLOYMENT });
    if (!left.ok) return refuse(left.code === 'not-found' ? left.code : 'conflict');
    const done = await change(id, (worker) => ({
      ...worker,
      employments: worker.employments.map(({ planned, ...one }) =>
        planned !== undefined && one.from !== coming.from ? { ...one, planned } : one,
      ),
    }));
    await hirings.forget(id);
    return done;
  };
}
