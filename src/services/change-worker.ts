import { comingOf } from '../domain/coming-employment.ts';
import { leavesOn } from '../domain/employment.ts';
import type { WorkerId } from '../domain/ids.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import type { Worker } from '../domain/worker.ts';
import type { WorkerStore } from '../ports.ts';
import type { Seen } from './change-register.ts';
import type { LeaveService } from './leave-firm.ts';
import type { ChangeRefusal, WorkerPatch, WorkerService } from './register-worker.ts';

interface Parts {
  readonly workers: Pick<WorkerStore, 'find'>;
  readonly workerService: Pick<WorkerService, 'change'>;
  readonly leaveService: Pick<LeaveService, 'leave'>;
}

interface Change {
  readonly patch: WorkerPatch;
  readonly seen: Seen<Worker>;
  readonly by: string;
}

export type ChangeWorker = (id: WorkerId, change: Change) => Promise<Outcome<Worker, ChangeRefusal>>;

/** Changes a worker; without an employer he leaves by the one act that ends everything and can be taken back. */
export function createChangeWorker({ workers, workerService, leaveService }: Parts): ChangeWorker {
  return async function changeWorker(id, { patch: { employerId, ...patch }, seen, by }) {
    if (employerId !== null) return workerService.change(id, { ...patch, ...present({ employerId }) }, seen);
    const found = await workers.find(id);
    if (found && comingOf(found.value)) return refuse('employment-planned');
    if (found && leavesOn(found.value) !== undefined) return refuse('leave-planned');
    const done = await workerService.change(id, patch, seen);
    if (!done.ok) return done;
    const left = await leaveService.leave(id, { by });
    return left.ok ? left : refuse(left.code === 'not-found' ? left.code : 'conflict');
  };
}
