import { addEmployment } from '../domain/employment.ts';
import type { Day, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Employment, Worker } from '../domain/worker.ts';
import type { Clock, FirmStore, WorkerStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';
import type { HiringService } from './plan-hiring.ts';
import type { WorkerSettler } from './settle-worker.ts';

type Missing = 'not-found' | 'conflict';
type ListRefusal = 'worker-erased' | 'employment-overlaps' | 'period-reversed';
type EmployRefusal = Missing | ListRefusal | 'unknown-firm' | 'employment-planned';

interface Parts {
  readonly workers: WorkerStore;
  readonly firms: FirmStore;
  readonly clock: Clock;
  readonly settler: WorkerSettler;
  readonly hiringService: Pick<HiringService, 'plan' | 'takeBack'>;
}

export type EmploymentService = ReturnType<typeof createEmploymentService>;

/** Keeps the sequence of a worker's employments (D-31). */
export function createEmploymentService({ workers, firms, clock, settler, hiringService }: Parts) {
  const today = () => tokyoDay(clock.now());
  return {
    /** Adds an employment; one that lasts makes its firm the employer, one with a day to come from that day on. */
    async employ(id: WorkerId, added: Employment): Promise<Outcome<Employment, EmployRefusal>> {
      if (!(await firms.find(added.firmId))) return refuse('unknown-firm', 'firmId');
      if (added.from > today() || (added.to !== undefined && added.to > today())) {
        const planned = await hiringService.plan(id, added);
        return planned.ok ? accept(added) : planned;
      }
      const done = await changeRegister<Worker, WorkerId, ListRefusal>(workers, id, async (worker) => {
        if (worker.erasedOn) return refuse('worker-erased');
        const employments = addEmployment(worker.employments, added);
        if (!employments.ok) return employments;
        const next = { ...worker, employments: employments.value };
        if (added.to !== undefined) return accept(next);
        const employed = { ...next, employerId: added.firmId, hiredOn: added.from };
        return accept(worker.employerId === null ? await settler.withCode(employed) : employed);
      });
      if (!done.ok) return done;
      await settler.settle(done.value, today());
      return accept(added);
    },
    takeBack: (id: WorkerId, from: Day) => hiringService.takeBack(id, from),
  };
}
