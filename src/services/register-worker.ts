import { type Dated, changedFrom, inOrder, valueOn } from '../domain/dated.ts';
import { comingOf, withComing } from '../domain/coming-employment.ts';
import { hiredSince, leavesOn, presentEmployment } from '../domain/employment.ts';
import { type Day, type FirmId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import { insurancesBeside } from '../domain/own-time.ts';
import { present } from '../domain/present.ts';
import { type RegistrationStated, withRegistration } from '../domain/registration.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { WorkerInsurance } from '../domain/worker-insurance.ts';
import type { HiringStore } from '../ports-hirings.ts';
import type { Chance, Clock, FirmStore, WorkerStore } from '../ports.ts';
import { type Seen, changeRegister } from './change-register.ts';
import { type WorkerSettler, moveWorker } from './settle-worker.ts';

/** What of a worker has no day of its own, and is not given out here. */
type OwnFields = Omit<
  Worker,
  | 'id'
  | 'workerCode'
  | 'hasPin'
  | 'employments'
  | 'employerId'
  | 'hiredOn'
  | 'insuranceHistory'
  | 'insuranceCopies'
  | 'certificateImages'
  | 'facePhoto'
  | 'erasedOn'
  | 'mergedInto'
  | 'registrationState'
  | 'registrationPlannedOn'
  | 'registrations'
>;

/** What is stated from a day on, or as a whole history. */
interface Stated extends RegistrationStated {
  readonly changesFrom?: Day;
  readonly hiredOn?: Day;
  readonly insurance?: WorkerInsurance;
  readonly insuranceHistory?: readonly Dated<WorkerInsurance>[];
  /** The firm that states it, of whose time alone it speaks; everybody's where there is none. */
  readonly statedBy?: FirmId;
}

export type NewWorker = OwnFields & Stated & { readonly employerId: FirmId };
export type WorkerPatch = Patch<OwnFields> & Stated & { readonly employerId?: FirmId | null };

const optional = [
  'ccusId',
  'registrationKind',
  'cardValidUntil',
  'level',
  'earlierDays',
  'aliases',
  'birthDate',
  'sex',
  'address',
  'nationality',
  'phone',
  'email',
  'contactIsFirms',
  'emergencyAddress',
  'emergencyTel',
  'bloodType',
  'generalHealthCheckOn',
  'specialHealthCheck',
  'hazardousWork',
  'hazardousWorkNote',
  'qualifications',
  'insuranceReason',
  'kentaikyo',
  'chutaikyo',
  'specialAccidentInsurance',
] as const;

export type ChangeRefusal =
  | 'not-found'
  | 'stale'
  | 'conflict'
  | 'unknown-firm'
  | 'day-in-future'
  | 'employment-overlaps'
  | 'employment-planned'
  | 'period-reversed'
  | 'worker-erased'
  | 'leave-planned';

interface Parts {
  readonly workers: WorkerStore;
  readonly firms: FirmStore;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly settler: WorkerSettler;
  readonly hirings: Pick<HiringStore, 'note'>;
}

export type WorkerService = ReturnType<typeof createWorkerService>;

/** Registers workers, each with an employer from the business day on, and changes them. */
export function createWorkerService({ workers, firms, clock, chance, settler, hirings }: Parts) {
  const today = () => tokyoDay(clock.now());
  const isKnown = async (id: FirmId) => (await firms.find(id)) !== undefined;
  return {
    async register(input: NewWorker): Promise<Outcome<Worker, 'unknown-firm' | 'conflict' | 'day-in-future'>> {
      if (!(await isKnown(input.employerId))) return refuse('unknown-firm', 'employerId');
      if (isLater(today(), input.birthDate)) return refuse('day-in-future', 'birthDate');
      const id = WorkerId.parse(chance.id('wrk'));
      if (input.hiredOn !== undefined && isLater(today(), input.hiredOn)) await hirings.note(id, input.hiredOn);
      const workerCode = await settler.giveFirstCode(id);
      const worker = hiredWorker({ id, ...input, workerCode }, today());
      if (!(await workers.create(worker))) return refuse('conflict');
      await settler.settle(worker, today());
      return accept(worker);
    },
    async change(id: WorkerId, patch: WorkerPatch, seen: Seen<Worker>): Promise<Outcome<Worker, ChangeRefusal>> {
      const { employerId, ...rest } = patch;
      const { own, stated } = parted(rest);
      const { hiredOn } = stated;
      if (isLater(today(), patch.birthDate)) return refuse('day-in-future', 'birthDate');
      if (employerId && !(await isKnown(employerId))) return refuse('unknown-firm', 'employerId');
      const day = today();
      if (hiredOn !== undefined && isLater(day, hiredOn)) await hirings.note(id, hiredOn);
      const done = await changeRegister<Worker, WorkerId, 'stale' | 'worker-erased' | 'leave-planned' | PlacingRefusal>(
        workers,
        id,
        async (worker) => {
          if (!seen(worker)) return refuse('stale');
          if (worker.erasedOn) return refuse('worker-erased');
          if (employerId !== undefined && comingOf(worker)) return refuse('employment-planned');
          // What his leaving ends is settled already: it is taken back first.
          if (employerId !== undefined && leavesOn(worker) !== undefined) return refuse('leave-planned');
          const next = settled({ before: worker, after: applyPatch<Worker>(worker, own, optional) }, stated, day);
          const hired = placed(next, employerId, { hiredOn, day });
          if (!hired.ok) return hired;
          const isBack = worker.employerId === null && hired.value.employerId !== null;
          return isBack ? accept(await settler.withCode(hired.value)) : hired;
        },
      );
      if (done.ok) await settler.settle(done.value, day);
      return done;
    },
  };
}

function isLater(today: Day, day: Day | null | undefined): boolean {
  return day !== null && day !== undefined && day > today;
}

type PlacingRefusal = 'day-in-future' | 'employment-planned' | 'employment-overlaps' | 'period-reversed';

/** With the employer that is stated, and from the day on which that one hired him. */
function placed(
  worker: Worker,
  employerId: FirmId | null | undefined,
  { hiredOn, day }: { readonly hiredOn: Day | undefined; readonly day: Day },
): Outcome<Worker, PlacingRefusal> {
  if (hiredOn !== undefined && hiredOn > day && employerId !== null) return placedLater(worker, employerId, hiredOn);
  const moved = employerId === undefined ? worker : moveWorker(worker, employerId, hiredOn ?? day);
  return hiredOn === undefined ? accept(moved) : hiredSince(moved, hiredOn);
}

/** With the employer of a day to come; of his own one only where that has not begun either (D-31). */
function placedLater(worker: Worker, employerId: FirmId | undefined, hiredOn: Day): Outcome<Worker, PlacingRefusal> {
  if (employerId !== undefined && employerId !== worker.employerId)
    return withComing(worker, { firmId: employerId, from: hiredOn });
  return presentEmployment(worker)?.planned ? hiredSince(worker, hiredOn) : refuse('day-in-future', 'hiredOn');
}

/** A new worker, employed from the day he was hired on, or else from today. */
export function hiredWorker(
  input: NewWorker & Pick<Worker, 'id' | 'workerCode'>,
  today: Day,
): Worker & { readonly employerId: FirmId } {
  const { own, stated } = parted(input);
  const { hiredOn } = stated;
  const isComing = hiredOn !== undefined && hiredOn > today;
  const planned = isComing ? { planned: 'hired' as const } : {};
  const employments = [{ firmId: input.employerId, from: hiredOn ?? today, ...planned }];
  const worker = { ...own, hasPin: false, employments, ...present({ hiredOn }) };
  return settled({ before: undefined, after: worker }, stated, today);
}

function parted<T extends Stated>(input: T) {
  const { changesFrom, hiredOn, insurance, insuranceHistory, statedBy, ...rest } = input;
  const { registrationState, registrationPlannedOn, registrationSource, ...own } = rest;
  const registration = { registrationState, registrationPlannedOn, registrationSource };
  return { own, stated: present({ changesFrom, hiredOn, insurance, insuranceHistory, statedBy, ...registration }) };
}

function settled<T extends Worker>(
  change: { readonly before: Worker | undefined; readonly after: T },
  stated: Stated,
  today: Day,
): T {
  const worker = withRegistration(change, stated, today);
  const { insurance, insuranceHistory, statedBy, changesFrom: from = today } = stated;
  if (!insurance && !insuranceHistory) return worker;
  const beside = statedBy === undefined ? [] : insurancesBeside(worker, statedBy);
  const known = insuranceHistory ? inOrder([...beside, ...insuranceHistory]) : (worker.insuranceHistory ?? []);
  const next = insurance ? changedFrom(known, { ...valueOn(known, from), ...insurance }, from) : known;
  return { ...worker, insuranceHistory: next };
}
