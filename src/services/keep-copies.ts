import type { InsuranceName } from '../domain/firm.ts';
import type { WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { paperFormat } from '../domain/paper-format.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { InsuranceCopy } from '../domain/worker-insurance.ts';
import type { CopyStore } from '../ports-copies.ts';
import type { WordKeeper } from '../ports-keys.ts';
import type { Chance, Clock, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';

/** A copy as it came. */
export interface Paper {
  readonly insurance: InsuranceName;
  readonly name: string;
  readonly bytes: Buffer;
}

interface Parts {
  readonly workers: WorkerStore;
  readonly copies: CopyStore;
  readonly words: WordKeeper;
  readonly clock: Pick<Clock, 'now'>;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

/** So many copies are kept of one worker. */
const MOST_COPIES = 20;
const MOST_NAME = 120;

export type CopyService = ReturnType<typeof createCopyService>;

/** Keeps copies of insurance papers, without which evidence on paper confirms nothing (PR-060), sealed under the worker's data key. */
export function createCopyService({ workers, copies, words, clock, chance, changed }: Parts) {
  const change = async <Code extends string>(id: WorkerId, decide: (worker: Worker) => Outcome<Worker, Code>) => {
    const done = await changeRegister<Worker, WorkerId, Code>(workers, id, decide);
    if (done.ok) await changed({ kind: 'worker', id });
    return done;
  };
  return {
    async attach(
      workerId: WorkerId,
      { insurance, name, bytes }: Paper,
    ): Promise<Outcome<InsuranceCopy, 'not-found' | 'conflict' | 'paper-unknown' | 'copies-full' | 'worker-erased'>> {
      const contentType = paperFormat(bytes);
      if (!contentType) return refuse('paper-unknown');
      if (!(await workers.find(workerId))) return refuse('not-found');
      const sealed = await words.seal(workerId, bytes.toString('base64'));
      if (sealed === undefined) return refuse('worker-erased');
      const id = chance.id('cpy');
      const kind = { id, insurance, name: name.slice(0, MOST_NAME), contentType };
      const copy = { ...kind, bytes: bytes.length, on: tokyoDay(clock.now()) };
      await copies.save(id, workerId, sealed);
      const done = await change(workerId, (worker) => withCopy(worker, copy));
      if (done.ok) return accept(copy);
      await copies.remove(id, workerId);
      return done;
    },
    async read(
      workerId: WorkerId,
      id: string,
    ): Promise<Outcome<{ readonly copy: InsuranceCopy; readonly bytes: Buffer }, 'not-found'>> {
      const copy = (await workers.find(workerId))?.value.insuranceCopies?.find((one) => one.id === id);
      const sealed = copy && (await copies.find(id, workerId));
      if (!copy || sealed === undefined) return refuse('not-found');
      const [text = ''] = await words.openAll([sealed]);
      return accept({ copy, bytes: Buffer.from(text, 'base64') });
    },
    async remove(workerId: WorkerId, id: string): Promise<Outcome<undefined, 'not-found' | 'conflict'>> {
      const done = await change(workerId, (worker) => {
        const kept = worker.insuranceCopies ?? [];
        const left = kept.filter((one) => one.id !== id);
        return left.length < kept.length ? accept({ ...worker, insuranceCopies: left }) : refuse('not-found');
      });
      if (!done.ok) return done;
      await copies.remove(id, workerId);
      return accept(undefined);
    },
  };
}

function withCopy(worker: Worker, copy: InsuranceCopy): Outcome<Worker, 'copies-full' | 'worker-erased'> {
  const kept = worker.insuranceCopies ?? [];
  if (worker.erasedOn) return refuse('worker-erased');
  return kept.length < MOST_COPIES ? accept({ ...worker, insuranceCopies: [...kept, copy] }) : refuse('copies-full');
}
