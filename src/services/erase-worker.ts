import type { WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import { tokyoDay } from '../domain/work-day.ts';
import { type Worker, erasedWorker, pseudonymOf } from '../domain/worker.ts';
import { endEmployments } from '../domain/employment.ts';
import type { Erasure, ErasureReason, ErasureStore, PersonTraces } from '../ports-erasure.ts';
import type { PersonVault } from '../ports-keys.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { PinStore } from '../ports-pins.ts';
import type { Clock, CodeStore, PhoneStore, TextIndexer, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';
import { dropNumbers, numbersOfHisOwn } from './drop-numbers.ts';
import type { ForgetWhereNamed } from './forget-where-named.ts';
import type { Project } from './project.ts';

export interface EraseParts {
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly codes: CodeStore;
  readonly pins: PinStore;
  readonly vault: PersonVault;
  readonly erasures: ErasureStore;
  readonly traces: PersonTraces;
  readonly cipher: TextIndexer;
  readonly clock: Clock;
  readonly changed: ChangeHook;
  readonly project: Project;
  readonly merges: Pick<MergeStore, 'around'>;
  readonly forgetWhereNamed: ForgetWhereNamed;
}

/** Who asks for it, why, and whether what has not reached the registry may be lost. */
export interface EraseWish {
  readonly by: string;
  readonly reason: ErasureReason;
  readonly giveUpUndelivered: boolean;
}

/** What deleting somebody means, before or after. */
export interface ErasureView {
  readonly workerId: WorkerId;
  readonly pseudonym: string;
  readonly erased: Erasure | undefined;
  readonly numbers: number;
  readonly undelivered: number;
}

export type EraseWorker = ReturnType<typeof createEraseWorker>;

/**
 * Deletes a person: his data key is destroyed, and with it whatever is sealed under it anywhere, the audit and copies of the database
 * too; his numbers, code, PIN and sign-ins go. His days stay under a pseudonym, since firms must keep them. Every step may be repeated,
 * and what a crash left is finished by the next run.
 */
export function createEraseWorker(parts: EraseParts) {
  const { workers, phones, erasures, traces, clock, merges } = parts;
  const finish = createFinish(parts);

  /** The register with those that were merged into it: they are one person's. */
  async function registersOf(workerId: WorkerId): Promise<readonly WorkerId[]> {
    const merged = (await merges.around([workerId])).filter((one) => one.keptId === workerId && !one.parted);
    return [...merged.map(({ otherId }) => otherId), workerId];
  }

  async function undeliveredOf(workerId: WorkerId): Promise<number> {
    const counts = (await registersOf(workerId)).map((id) => traces.undelivered(id));
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** False while others change his register faster. */
  async function eraseOne(id: WorkerId, grounds: Pick<Erasure, 'by' | 'reason' | 'at'>): Promise<boolean> {
    const worker = (await workers.find(id))?.value;
    if (!worker || (await erasures.find(id))?.state === 'done') return true;
    return finish(await begin(parts, worker, grounds));
  }

  async function view(workerId: WorkerId): Promise<Outcome<ErasureView, 'not-found'>> {
    if (!(await workers.find(workerId))) return refuse('not-found');
    const [erased, numbers, undelivered] = await Promise.all([
      erasures.find(workerId),
      phones.ofWorker(workerId),
      undeliveredOf(workerId),
    ]);
    return accept({ workerId, pseudonym: pseudonymOf(workerId), erased, numbers: numbers.length, undelivered });
  }

  return {
    view,
    async erase(
      workerId: WorkerId,
      { by, reason, giveUpUndelivered }: EraseWish,
    ): Promise<Outcome<ErasureView, 'not-found' | 'conflict' | 'undelivered-histories'>> {
      if (!(await workers.find(workerId))) return refuse('not-found');
      if (!giveUpUndelivered && (await undeliveredOf(workerId)) > 0) return refuse('undelivered-histories');
      const grounds = { by, reason, at: clock.real() };
      for (const id of await registersOf(workerId)) if (!(await eraseOne(id, grounds))) return refuse('conflict');
      return view(workerId);
    },
    /** Ends what a crash left in the middle; answers how many. */
    async resume(): Promise<number> {
      const left = await erasures.running();
      for (const erasure of left) await finish(erasure);
      return left.length;
    },
  };
}

/** Notes first what will be destroyed: once the key is gone, nobody can look it up any more. */
async function begin(
  { phones, erasures, cipher, clock }: EraseParts,
  { id: workerId, ccusId }: Worker,
  grounds: Pick<Erasure, 'by' | 'reason' | 'at'>,
): Promise<Erasure> {
  const earlier = await erasures.find(workerId);
  if (earlier) return earlier;
  const indexes = numbersOfHisOwn(await phones.ofWorker(workerId), workerId);
  const registryHash = ccusId === undefined ? undefined : registryHashOf(cipher, ccusId);
  const on = tokyoDay(clock.now());
  const begun: Erasure = { workerId, on, ...grounds, state: 'running', indexes, ...present({ registryHash }) };
  await erasures.begin(begun);
  return begun;
}

function createFinish(parts: EraseParts) {
  const { workers, phones, codes, pins, vault, erasures, traces, clock, changed, project } = parts;
  /** False while others change his register faster. */
  return async function finish({ workerId, on, indexes }: Erasure): Promise<boolean> {
    const known = (await workers.find(workerId))?.value;
    if (known) await parts.forgetWhereNamed(known);
    if (known?.workerCode) await codes.release('worker', known.workerCode, workerId);
    const done = await changeRegister<Worker, WorkerId, never>(workers, workerId, (worker) =>
      accept(
        erasedWorker({
          ...worker,
          employments: endEmployments(
            worker.employments.filter(({ planned }) => !planned),
            on,
          ),
          erasedOn: on,
        }),
      ),
    );
    if (!done.ok && done.code === 'conflict') return false;
    await vault.destroy(workerId, clock.real());
    await pins.remove(workerId);
    const dropped = await dropNumbers(phones, workerId);
    await traces.dropAccess(workerId, clock.real());
    await traces.forget(workerId);
    await traces.withdraw(workerId);
    await traces.renumber(workerId, indexes);
    const callIds = await traces.silence(workerId, indexes);
    await project({ workerIds: [], callIds });
    await changed({ kind: 'worker', id: workerId });
    for (const id of dropped) await changed({ kind: 'phone', id });
    await erasures.finish(workerId);
    return true;
  };
}

/** Under which what the registry calls somebody is known after he was deleted. */
export function registryHashOf(cipher: TextIndexer, ccusId: string): string {
  return cipher.indexText(`registry ${ccusId}`);
}
