import type { WorkerId } from '../domain/ids.ts';
import { accept } from '../domain/outcome.ts';
import { MOST_JOB_TYPES, type Worker } from '../domain/worker.ts';
import type { WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';

interface Parts {
  readonly workers: WorkerStore;
  readonly changed: ChangeHook;
}

export type JobTypeKeeper = ReturnType<typeof createJobTypeKeeper>;

/** Adds one job type to a worker's register and takes it away again; whatever else stands there stays, and twice is once. */
export function createJobTypeKeeper({ workers, changed }: Parts) {
  const keep = async (id: WorkerId, next: (jobTypes: Worker['jobTypes']) => Worker['jobTypes']) => {
    const done = await changeRegister<Worker, WorkerId, never>(workers, id, (worker) => {
      const jobTypes = next(worker.jobTypes);
      return accept(worker.erasedOn || jobTypes.length === worker.jobTypes.length ? worker : { ...worker, jobTypes });
    });
    if (done.ok) await changed({ kind: 'worker', id });
    return done;
  };
  return {
    add: (id: WorkerId, jobType: string) =>
      keep(id, (held) => (held.includes(jobType) || held.length >= MOST_JOB_TYPES ? held : [...held, jobType])),
    take: (id: WorkerId, jobType: string) => keep(id, (held) => held.filter((one) => one !== jobType)),
  };
}
