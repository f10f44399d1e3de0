import { endEmployments, switchEmployer } from '../domain/employment.ts';
import type { Day, FirmId, WorkerId } from '../domain/ids.ts';
import type { Worker } from '../domain/worker.ts';
import type { PinStore } from '../ports-pins.ts';
import type { Chance, CodeStore } from '../ports.ts';
import type { ChangeHook } from './change-register.ts';
import { giveCode } from './give-code.ts';

interface Parts {
  readonly codes: CodeStore;
  readonly chance: Chance;
  readonly changed: ChangeHook;
  readonly pins: PinStore;
  /** Ends the telephones of somebody who leaves. */
  readonly releasePhones: (workerId: WorkerId, lastDay: Day) => Promise<void>;
}

export type WorkerSettler = ReturnType<typeof createWorkerSettler>;

/** What must follow a change of employer: telephones, code and PIN go with the employer, and come back as a new code. */
export function createWorkerSettler({ codes, chance, changed, pins, releasePhones }: Parts) {
  return {
    /** Brings telephones and code in line with whether the worker has an employer; may run again after a crash. */
    async settle({ id, employerId, workerCode }: Worker, lastDay: Day): Promise<void> {
      if (employerId === null) {
        await releasePhones(id, lastDay);
        await codes.release('worker', workerCode, id);
        await pins.remove(id);
      }
      await changed({ kind: 'worker', id });
    },
    /** The worker with a code that is his: a returner gets the old one back unless somebody has it. */
    async withCode(worker: Worker): Promise<Worker> {
      const { id, workerCode: earlier } = worker;
      const workerCode = await giveCode(codes, chance, { kind: 'worker', owner: id, lengths: [6], earlier });
      return workerCode === earlier ? worker : { ...worker, workerCode };
    },
    giveFirstCode: (owner: WorkerId) => giveCode(codes, chance, { kind: 'worker', owner, lengths: [6] }),
  };
}

/** The worker with another employer from that day on, or with none after it. */
export function moveWorker(worker: Worker, employerId: FirmId | null, day: Day): Worker {
  if (employerId === worker.employerId) return worker;
  const { hiredOn: _before, ...rest } = worker;
  return employerId === null
    ? { ...rest, employerId, hasPin: false, employments: endEmployments(worker.employments, day) }
    : { ...rest, employerId, employments: switchEmployer(worker.employments, employerId, day) };
}
