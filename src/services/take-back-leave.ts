import { type Departure, isUntouched } from '../domain/departure.ts';
import type { Day, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { restoreHolder } from '../domain/phone-holding.ts';
import type { Worker } from '../domain/worker.ts';
import type { DepartureStore } from '../ports-departures.ts';
import type { PinStore } from '../ports-pins.ts';
import type { Clock, PhoneStore, TextSealer, WorkerStore } from '../ports.ts';
import { type ChangeHook, changeRegister } from './change-register.ts';
import { editNumber } from './edit-number.ts';
import type { WorkerSettler } from './settle-worker.ts';

/** What leaving and taking it back go through. */
export interface LeaveParts {
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly pins: PinStore;
  readonly departures: DepartureStore;
  readonly cipher: TextSealer;
  readonly clock: Clock;
  readonly changed: ChangeHook;
  readonly settler: WorkerSettler;
  readonly releasePhones: (workerId: WorkerId, lastDay: Day) => Promise<void>;
}

/** Brings a departure as far as it can be today. */
export type CarryOut = (departure: Departure) => Promise<Outcome<Worker, 'not-found' | 'conflict'>>;

type TakeBackRefusal = 'not-found' | 'not-left' | 'leave-used' | 'conflict';

/**
 * Takes a leaving back while nothing has happened since: no other employer, nobody else with his numbers. Employment, telephones, code
 * and PIN are as they were. Doing it again changes nothing.
 */
export function createTakeBack(parts: LeaveParts, carryOut: CarryOut) {
  const { workers, departures, changed } = parts;
  return async function takeBack(id: WorkerId): Promise<Outcome<Worker, TakeBackRefusal>> {
    const worker = (await workers.find(id))?.value;
    if (!worker) return refuse('not-found');
    const kept = (await departures.find(id))?.value;
    if (!kept) return refuse('not-left');
    if (kept.state === 'undone') return accept(worker);
    if (kept.state === 'begun' || kept.state === 'leaving') await carryOut(kept);
    const begun = await begin(parts, id);
    if (!begun.ok) return begun;
    const restored = await restoreWorker(parts, begun.value);
    if (!restored.ok) return restored;
    await restorePhones(parts, begun.value);
    await restorePin(parts, begun.value);
    await changeRegister<Departure, WorkerId, never>(departures, id, ({ sealedPin: _pin, ...now }) =>
      accept(now.state === 'undoing' ? { ...now, state: 'undone' } : now),
    );
    await changed({ kind: 'worker', id });
    return restored;
  };
}

/** From here on it is taken back to the end, also after a crash. */
async function begin(parts: LeaveParts, id: WorkerId): Promise<Outcome<Departure, TakeBackRefusal>> {
  const { departures, workers } = parts;
  return changeRegister<Departure, WorkerId, TakeBackRefusal>(departures, id, async (now) => {
    if (now.state === 'undoing') return accept(now);
    if (now.state !== 'planned' && now.state !== 'done') return refuse('conflict');
    const worker = (await workers.find(id))?.value;
    if (!worker || !isUntouched(now, worker)) return refuse('leave-used');
    return (await numbersAreFree(parts, now)) ? accept({ ...now, state: 'undoing' }) : refuse('leave-used');
  });
}

async function numbersAreFree({ phones }: LeaveParts, { id, lastDay, numbers }: Departure): Promise<boolean> {
  const records = new Map((await phones.findMany(numbers.map(({ index }) => index))).map((one) => [one.index, one]));
  return numbers.every(({ index, before }) => {
    const registrations = records.get(index)?.registrations ?? [];
    return restoreHolder(registrations, { workerId: id, lastDay, before }).ok;
  });
}

function restoreWorker(
  { workers, settler }: LeaveParts,
  { id, firmId, employments, sealedPin }: Departure,
): Promise<Outcome<Worker, 'not-found' | 'conflict'>> {
  return changeRegister<Worker, WorkerId, never>(workers, id, async (worker) => {
    const back = { ...worker, employerId: firmId, employments };
    if (worker.employerId !== null) return accept(back);
    return accept(await settler.withCode({ ...back, hasPin: sealedPin !== undefined }));
  });
}

async function restorePhones({ phones }: LeaveParts, { id, lastDay, numbers }: Departure): Promise<void> {
  for (const { index, before } of numbers) {
    const done = await editNumber<'not-found' | 'leave-used'>(phones, index, (found) => {
      if (!found) return refuse('not-found');
      const restored = restoreHolder(found.value.registrations, { workerId: id, lastDay, before });
      return restored.ok ? accept({ ...found.value, registrations: restored.value }) : restored;
    });
    if (!done.ok && done.code === 'conflict') throw new Error('a telephone could not be given back');
  }
}

async function restorePin({ pins, cipher }: LeaveParts, { id, sealedPin }: Departure): Promise<void> {
  if (sealedPin !== undefined && (await pins.hashOf(id)) === undefined) await pins.save(id, cipher.openText(sealedPin));
}
