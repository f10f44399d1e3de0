import { leavesBefore } from '../domain/coming-employment.ts';
import { type Departure, isCurrent } from '../domain/departure.ts';
import { endEmployments } from '../domain/employment.ts';
import type { Day, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { lastDayOf } from '../domain/phone.ts';
import { present } from '../domain/present.ts';
import { addDays, tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { DepartureStore } from '../ports-departures.ts';
import { changeRegister } from './change-register.ts';
import { moveWorker } from './settle-worker.ts';
import { type CarryOut, type LeaveParts, createTakeBack } from './take-back-leave.ts';

/** Who leaves when; without a day he leaves at this moment, and today was his last. */
export interface Leaving {
  readonly lastDay?: Day;
  readonly reason?: string;
  readonly by: string;
}

type LeaveOutcome = Promise<Outcome<Worker, 'not-found' | 'leave-differs' | 'employment-planned' | 'conflict'>>;

const TRIES = 12;
const BATCH = 100;
/** So long a PIN can come back with a leaver. */
const PIN_DAYS = 31;

export type LeaveService = ReturnType<typeof createLeaveService>;

/**
 * One act ends what a worker has by his firm: employment, telephones, code and PIN. What is to be ended is written down first, with
 * how it was, so that a crash in between is gone on with and the whole can be taken back. Doing it again changes nothing.
 */
export function createLeaveService(parts: LeaveParts) {
  const { workers, departures, clock } = parts;
  const today = () => tokyoDay(clock.now());
  const carryOut = createCarryOut(parts, today);
  const takeBack = createTakeBack(parts, carryOut);
  const { goOn, settleAgain } = createRepetition(parts, carryOut);

  async function leave(id: WorkerId, leaving: Leaving): LeaveOutcome {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const worker = (await workers.find(id))?.value;
      if (!worker) return refuse('not-found');
      const kept = await departures.find(id);
      if (kept && isCurrent(kept.value, worker)) return goOn(worker, kept.value, leaving);
      const { employerId } = worker;
      if (employerId === null) return settleAgain(worker, leaving);
      if (!leavesBefore(worker, leaving.lastDay, today())) return refuse('employment-planned');
      const departure = await describe(parts, { ...worker, employerId }, leaving);
      const begun = kept ? await departures.replace(departure, kept.rev) : await departures.create(departure);
      if (begun) return carryOut(departure);
    }
    return refuse('conflict');
  }

  return {
    leave,
    takeBack,
    reasonOf: ({ sealedReason }: Departure) =>
      sealedReason === undefined ? undefined : parts.cipher.openText(sealedReason),
    /** What the registers hold of him that a leaving would end on that day. */
    async preview(id: WorkerId, lastDay?: Day): Promise<Outcome<Departure | undefined, 'not-found'>> {
      const worker = (await workers.find(id))?.value;
      if (!worker) return refuse('not-found');
      const kept = (await departures.find(id))?.value;
      if (kept && isCurrent(kept, worker)) return accept(kept);
      if (worker.employerId === null) return accept(undefined);
      return accept(
        await describe(parts, { ...worker, employerId: worker.employerId }, { by: '', ...present({ lastDay }) }),
      );
    },
    /** Ends what planned leavings end with the day before, and goes on with what was interrupted; may run at any time, twice too. */
    async finishDue(): Promise<number> {
      let finished = 0;
      for (const departure of await departures.due(today(), BATCH)) {
        if (departure.state === 'undoing') await takeBack(departure.id);
        else await carryOut(departure);
        finished += 1;
      }
      await departures.forgetPins(addDays(today(), -PIN_DAYS));
      return finished;
    },
  };
}

/** What a second leaving does: goes on with the first, and ends what may have been left behind. */
function createRepetition({ settler, clock }: LeaveParts, carryOut: CarryOut) {
  async function settleAgain(worker: Worker, { lastDay }: Pick<Leaving, 'lastDay'>): LeaveOutcome {
    const known = worker.employments.at(-1)?.to;
    if (lastDay !== undefined && known !== undefined && known !== lastDay) return refuse('leave-differs', known);
    await settler.settle(worker, known ?? tokyoDay(clock.now()));
    return accept(worker);
  }
  async function goOn(worker: Worker, departure: Departure, { lastDay }: Leaving): LeaveOutcome {
    if (lastDay !== undefined && lastDay !== departure.lastDay) return refuse('leave-differs', departure.lastDay);
    if (departure.state === 'undoing') return refuse('conflict');
    return departure.state === 'done' ? settleAgain(worker, {}) : carryOut(departure);
  }
  return { goOn, settleAgain };
}

type Employed = Worker & { readonly employerId: NonNullable<Worker['employerId']> };

async function describe(
  { phones, cipher, clock }: LeaveParts,
  { id, employerId, employments }: Employed,
  { lastDay, reason, by }: Leaving,
): Promise<Departure> {
  const day = tokyoDay(clock.now());
  const last = lastDay ?? day;
  const records = await phones.ofWorker(id);
  return {
    ...{ id, firmId: employerId, lastDay: last, atOnce: lastDay === undefined || lastDay < day, state: 'begun' },
    ...{ at: clock.real(), by, employments },
    ...present({ sealedReason: reason === undefined ? undefined : cipher.sealText(reason) }),
    numbers: records.flatMap(({ index, registrations }) => {
      const before = registrations.filter(
        (one) => one.workerIds.includes(id) && (lastDayOf(one, id) ?? '9999-12-31') > last,
      );
      return before.length > 0 ? [{ index, before }] : [];
    }),
  };
}

/** Brings a departure as far as it can be today: planned until its last day is over, done afterwards. */
function createCarryOut(parts: LeaveParts, today: () => Day): CarryOut {
  const { workers, departures, settler, releasePhones, changed } = parts;
  return async function carryOut(departure) {
    const { id, lastDay, firmId } = departure;
    const over = departure.atOnce || lastDay < today();
    if (!(await enter(parts, id, over))) return refuse('conflict');
    const stillMeant = async () => {
      const state = (await departures.find(id))?.value.state;
      return state !== 'undoing' && state !== 'undone';
    };
    const done = await changeRegister<Worker, WorkerId, never>(workers, id, async (worker) => {
      if (worker.employerId !== firmId || !(await stillMeant())) return accept(worker);
      if (over) return accept(moveWorker(worker, null, lastDay));
      return accept({ ...worker, employments: endEmployments(worker.employments, lastDay) });
    });
    if (!done.ok || !(await stillMeant())) return done;
    if (over) await settler.settle(done.value, lastDay);
    else {
      await releasePhones(id, lastDay);
      await changed({ kind: 'worker', id });
    }
    await advance(departures, id, over ? 'leaving' : 'begun', over ? 'done' : 'planned');
    return done;
  };
}

/** Writes down that it is under way; with the PIN, which the next step takes away. */
async function enter({ departures, pins, cipher }: LeaveParts, id: WorkerId, over: boolean): Promise<boolean> {
  const done = await changeRegister<Departure, WorkerId, 'conflict'>(departures, id, async (now) => {
    if (now.state === 'undoing' || now.state === 'undone') return refuse('conflict');
    if (!over || now.state === 'done') return accept(now);
    const hash = now.sealedPin === undefined ? await pins.hashOf(id) : undefined;
    const sealed = hash === undefined ? {} : { sealedPin: cipher.sealText(hash) };
    return accept({ ...now, ...sealed, state: 'leaving' });
  });
  return done.ok;
}

async function advance(
  departures: DepartureStore,
  id: WorkerId,
  from: Departure['state'],
  to: Departure['state'],
): Promise<void> {
  await changeRegister<Departure, WorkerId, never>(departures, id, (now) =>
    accept(now.state === from ? { ...now, state: to } : now),
  );
}
