import type { Firm } from '../domain/firm.ts';
import { FirmId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { CommitResult, Deed } from '../domain/phone-list/phone-import.ts';
import type { Party } from '../domain/phone-list/match-party.ts';
import type { ListPlan, RowStep } from '../domain/phone-list/plan-list.ts';
import { present } from '../domain/present.ts';
import type { Chance } from '../ports.ts';
import { type PhonesOfList, type RowEffect, type SettledStep } from './apply-phones.ts';
import { inParallel } from './in-parallel.ts';
import type { JobTypeKeeper } from './keep-job-types.ts';
import { createOneAhead } from './one-ahead.ts';
import type { BulkRegistrar } from './register-in-bulk.ts';
import type { FirmService } from './register-firm.ts';
import type { NewWorker, WorkerService } from './register-worker.ts';

export interface StepOfRow {
  readonly row: number;
  readonly step: RowStep;
}

interface Parts {
  readonly firms: Pick<FirmService, 'change'>;
  readonly workers: Pick<WorkerService, 'change'>;
  readonly bulk: Pick<BulkRegistrar, 'found' | 'hire'>;
  readonly phones: PhonesOfList;
  readonly jobTypes: Pick<JobTypeKeeper, 'add'>;
  readonly chance: Chance;
}

/** What is being done with one list: whom its parties have become so far, and how it went. */
interface Work extends Parts {
  readonly plan: Pick<ListPlan, 'kindOf'>;
  readonly note: (deeds: readonly Deed[]) => Promise<void>;
  readonly firmIds: Map<string, Outcome<FirmId>>;
  readonly workerIds: Map<string, Outcome<WorkerId>>;
}

const AT_ONCE = 8;

export type ListApplier = ReturnType<typeof createListApplier>;

/**
 * Does what the rows of a list plan, some rows at a time: firms first, then workers, then numbers, each firm and worker once, each
 * noted before it is made. Everything is found again by what it is, so a list that was interrupted is simply planned and applied again.
 */
export function createListApplier(parts: Parts) {
  return function begin(plan: Work['plan'], note: Work['note']) {
    const work: Work = { ...parts, plan, note, firmIds: new Map(), workerIds: new Map() };
    const tally = createTally();
    // While the numbers of some rows are written, the workers of the next ones are made, and the firms of those after them.
    const people = createOneAhead();
    const numbers = createOneAhead();
    const connect = async (steps: readonly StepOfRow[]) => {
      const settled = steps.map((one) => settledStep(work, one));
      tally.add(steps, await parts.phones.apply(settled, note));
    };
    return {
      /** Firms of these rows are made when it is over; their workers and numbers, and what is to be done after them, by `settled`. */
      async apply(steps: readonly StepOfRow[], after: () => Promise<void> = () => Promise.resolve()): Promise<void> {
        const firms = newParties(work, steps);
        const wanted = newPeople(work, steps);
        const holderOf = ({ step }: StepOfRow) => valueOf(work.workerIds.get(step.worker.key));
        const jobTypes = broughtJobTypes(steps, wanted, holderOf);
        await note([
          ...firms.flatMap((one) => deedOf('firm', one)),
          ...wanted.flatMap((one) => deedOf('worker', one)),
          ...jobTypes,
          ...parts.phones.deedsOf(steps, holderOf),
        ]);
        await makeFirms(work, firms);
        await people.begin(async () => {
          await makePeople(work, wanted);
          await addJobTypes(parts, jobTypes);
          await numbers.begin(() => connect(steps).then(after));
        });
      },
      async settled(): Promise<void> {
        await people.ended();
        await numbers.ended();
      },
      result: tally.result,
    };
  };
}

/** A firm or worker that these rows name for the first time, with the id that it has or will have. */
interface Wanted<Id extends FirmId | WorkerId> {
  readonly row: number;
  readonly step: RowStep;
  readonly party: Party<Id>;
  readonly id: Id;
}

function newParties(work: Work, steps: readonly StepOfRow[]): readonly Wanted<FirmId>[] {
  const wanted = new Map<string, Wanted<FirmId>>();
  for (const { row, step } of steps) {
    for (const party of step.upper ? [step.firm, step.upper] : [step.firm]) {
      if (work.firmIds.has(party.key) || wanted.has(party.key)) continue;
      wanted.set(party.key, { row, step, party, id: party.id ?? FirmId.parse(work.chance.id('frm')) });
    }
  }
  return [...wanted.values()];
}

function newPeople(work: Work, steps: readonly StepOfRow[]): readonly Wanted<WorkerId>[] {
  const wanted = new Map<string, Wanted<WorkerId>>();
  // Ids that follow each other lie side by side on the disk, and are written together.
  const stem = work.chance.id('wrk');
  for (const { row, step } of steps) {
    const party = step.worker;
    if (work.workerIds.has(party.key) || wanted.has(party.key)) continue;
    const place = wanted.size.toString(36).padStart(4, '0');
    wanted.set(party.key, { row, step, party, id: party.id ?? WorkerId.parse(`${stem}${place}`) });
  }
  // Rows that come next name him by this id while he is being made; who cannot be made is taken back then.
  for (const { party, id } of wanted.values()) work.workerIds.set(party.key, accept(id));
  return [...wanted.values()];
}

async function makeFirms(work: Work, wanted: readonly Wanted<FirmId>[]): Promise<void> {
  const newcomers = wanted.filter(({ party }) => party.id === undefined);
  const founded = await work.bulk.found(newcomers.map(({ party, id }) => newFirm(work, party, id)));
  for (const { party, id } of newcomers) work.firmIds.set(party.key, founded.has(id) ? accept(id) : refuse('conflict'));
  const known = wanted.filter(({ party }) => party.id !== undefined);
  await inParallel(known, AT_ONCE, async ({ party: { key, brings, ccusId }, id }) => {
    const done = brings ? await work.firms.change(id, present({ ccusId }), () => true) : accept(undefined);
    work.firmIds.set(key, done.ok ? accept(id) : done);
  });
}

function newFirm({ plan }: Work, party: RowStep['firm'], id: FirmId): Firm {
  const { name, kana, ccusId } = party;
  return { id, name, kana, kind: plan.kindOf(party), ...present({ ccusId }) };
}

async function makePeople(work: Work, wanted: readonly Wanted<WorkerId>[]): Promise<void> {
  const employerOf = ({ step }: Wanted<WorkerId>) => work.firmIds.get(step.firm.key) ?? refuse('unknown-firm');
  const newcomers = wanted.filter(({ party }) => party.id === undefined);
  const hired = await work.bulk.hire(
    newcomers.flatMap((one) => {
      const employer = employerOf(one);
      return employer.ok ? [{ id: one.id, ...newWorker(one.step, employer.value) }] : [];
    }),
  );
  for (const one of newcomers) {
    const employer = employerOf(one);
    const failed = employer.ok ? refuse('conflict') : employer;
    work.workerIds.set(one.party.key, hired.has(one.id) ? accept(one.id) : failed);
  }
  const known = wanted.filter(({ party }) => party.id !== undefined);
  await inParallel(known, AT_ONCE, async ({ id, party: { key, brings, ccusId } }) => {
    const done = brings ? await work.workers.change(id, present({ ccusId }), () => true) : accept(undefined);
    work.workerIds.set(key, done.ok ? accept(id) : done);
  });
}

type JobTypeDeed = Extract<Deed, { readonly kind: 'worker-job-type' }>;

/** What the rows add to registers, but for those rows with which a worker is made. */
function broughtJobTypes(
  steps: readonly StepOfRow[],
  people: readonly Wanted<WorkerId>[],
  holderOf: (row: StepOfRow) => WorkerId | undefined,
): readonly JobTypeDeed[] {
  const making = new Set(people.filter(({ party }) => party.id === undefined).map(({ row }) => row));
  return steps.flatMap((one): readonly JobTypeDeed[] => {
    const { row, step } = one;
    const id = holderOf(one);
    if (step.jobType === undefined || id === undefined || making.has(row)) return [];
    return [{ kind: 'worker-job-type', row, id, jobType: step.jobType }];
  });
}

/** One after the other for each worker; a person who was deleted meanwhile gets none. */
async function addJobTypes({ jobTypes }: Parts, deeds: readonly JobTypeDeed[]): Promise<void> {
  const byWorker = new Map<WorkerId, readonly JobTypeDeed[]>();
  for (const deed of deeds) byWorker.set(deed.id, [...(byWorker.get(deed.id) ?? []), deed]);
  await inParallel([...byWorker.values()], AT_ONCE, async (his) => {
    for (const { id, jobType } of his) await jobTypes.add(id, jobType);
  });
}

function newWorker({ worker, jobType }: RowStep, employerId: FirmId): NewWorker {
  const { name, kana, ccusId } = worker;
  const jobTypes = jobType === undefined ? [] : [jobType];
  return { name, kana, jobTypes, language: 'ja', alwaysSpeak: false, employerId, ...present({ ccusId }) };
}

/** What will be noted of a firm or worker: that it is made, or that it gets the registry's id. */
function deedOf<Id extends FirmId | WorkerId>(
  kind: 'firm' | 'worker',
  { row, id, party }: Wanted<Id>,
): readonly Deed[] {
  if (party.id === undefined) return [{ kind, row, id } as Deed];
  return party.brings && party.ccusId !== undefined
    ? [{ kind: `${kind}-id`, row, id, ccusId: party.ccusId } as Deed]
    : [];
}

function valueOf<T>(outcome: Outcome<T> | undefined): T | undefined {
  return outcome?.ok ? outcome.value : undefined;
}

function settledStep({ firmIds, workerIds }: Work, { row, step }: StepOfRow): SettledStep {
  const holder = workerIds.get(step.worker.key) ?? refuse('unknown-worker');
  const upper = step.upper && (firmIds.get(step.upper.key) ?? refuse('unknown-firm'));
  return { row, step, holder, ...(upper ? { upper } : {}) };
}

/** Counts each row once: by what its number became, or updated where it brought an id for its firm or worker. */
function createTally() {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const failed: { readonly row: number; readonly code: string }[] = [];
  const brought = new Set<string>();
  return {
    add(steps: readonly StepOfRow[], effects: ReadonlyMap<number, RowEffect>): void {
      for (const { row, step } of steps) {
        const effect = effects.get(row) ?? refuse('failed');
        if (!effect.ok) {
          failed.push({ row, code: effect.code });
          continue;
        }
        const brings = [step.firm, step.worker].filter((party) => party.brings && !brought.has(party.key));
        for (const party of brings) brought.add(party.key);
        counts[effect.value === 'unchanged' && brings.length > 0 ? 'updated' : effect.value] += 1;
      }
    },
    result: (): CommitResult => ({ ...counts, failed: failed.slice(0, MOST_FAILED) }),
  };
}

/** So many failures are kept by row; whoever commits again sees what is left. */
const MOST_FAILED = 1000;
