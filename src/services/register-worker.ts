import { leavesOn } from '../domain/employment.ts';
import { type Day, type FirmId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { Chance, Clock, FirmStore, WorkerStore } from '../ports.ts';
import { type Seen, changeRegister } from './change-register.ts';
import { type WorkerSettler, moveWorker } from './settle-worker.ts';

type OwnFields = Omit<Worker, 'id' | 'workerCode' | 'hasPin' | 'employments' | 'employerId'>;
export type NewWorker = OwnFields & { readonly employerId: FirmId };
export type WorkerPatch = Patch<OwnFields> & { readonly employerId?: FirmId | null };

interface Parts {
  readonly workers: WorkerStore;
  readonly firms: FirmStore;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly settler: WorkerSettler;
}

export type WorkerService = ReturnType<typeof createWorkerService>;

/** Registers workers, each with an employer from the business day on, and changes them. */
export function createWorkerService({ workers, firms, clock, chance, settler }: Parts) {
  const today = () => tokyoDay(clock.now());
  const isKnown = async (id: FirmId) => (await firms.find(id)) !== undefined;
  return {
    async register(input: NewWorker): Promise<Outcome<Worker, 'unknown-firm' | 'conflict'>> {
      if (!(await isKnown(input.employerId))) return refuse('unknown-firm', 'employerId');
      const id = WorkerId.parse(chance.id('wrk'));
      const workerCode = await settler.giveFirstCode(id);
      const worker = hiredWorker({ id, ...input, workerCode }, today());
      if (!(await workers.create(worker))) return refuse('conflict');
      await settler.settle(worker, today());
      return accept(worker);
    },
    async change(
      id: WorkerId,
      patch: WorkerPatch,
      seen: Seen<Worker>,
    ): Promise<
      Outcome<Worker, 'not-found' | 'stale' | 'conflict' | 'unknown-firm' | 'worker-erased' | 'leave-planned'>
    > {
      const { employerId, ...own } = patch;
      if (employerId && !(await isKnown(employerId))) return refuse('unknown-firm', 'employerId');
      const day = today();
      const done = await changeRegister(workers, id, async (worker) => {
        if (!seen(worker)) return refuse('stale');
        if (worker.erasedOn) return refuse('worker-erased');
        // What his leaving ends is settled already: it is taken back first.
        if (employerId !== undefined && leavesOn(worker) !== undefined) return refuse('leave-planned');
        const next = applyPatch<Worker>(worker, own, ['ccusId', 'level']);
        const moved = employerId === undefined ? next : moveWorker(next, employerId, day);
        return accept(worker.employerId === null && moved.employerId !== null ? await settler.withCode(moved) : moved);
      });
      if (done.ok) await settler.settle(done.value, day);
      return done;
    },
  };
}

/** A new worker, employed from that day on. */
export function hiredWorker(
  input: NewWorker & Pick<Worker, 'id' | 'workerCode'>,
  from: Day,
): Worker & { readonly employerId: FirmId } {
  return { ...input, hasPin: false, employments: [{ firmId: input.employerId, from }] };
}
