import type { WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { CommitResult } from '../domain/phone-list/phone-import.ts';
import type { RowStep } from '../domain/phone-list/plan-list.ts';
import { stated } from '../domain/phone-list/stated.ts';
import { inParallel } from './in-parallel.ts';
import type { FirmService } from './register-firm.ts';
import type { PhoneService } from './register-phone.ts';
import type { WorkerService } from './register-worker.ts';
import { type SettledFirms, settleFirm, settleWorker, unseen } from './settle-parties.ts';

export interface StepOfRow {
  readonly row: number;
  readonly step: RowStep;
}

/** Whether we may go on; asked between batches. */
export type MayGoOn = () => Promise<boolean>;

interface Parts {
  readonly firms: Pick<FirmService, 'register' | 'change'>;
  readonly workers: Pick<WorkerService, 'register' | 'change'>;
  readonly phones: Pick<PhoneService, 'register' | 'change'>;
}

type Effect = 'created' | 'updated' | 'unchanged';
type RowEffect = readonly [row: number, effect: Outcome<Effect>];
export type ApplyList = ReturnType<typeof createListApplier>;

const AT_ONCE = 16;
const BATCH = 128;

/**
 * Does what the rows of a list plan: firms first, then workers, then numbers, each firm and worker once. Everything is
 * found again by what it is, so a list whose application was interrupted is simply planned and applied again.
 */
export function createListApplier({ firms, workers, phones }: Parts) {
  return async function applyList(
    steps: readonly StepOfRow[],
    mayGoOn: MayGoOn,
  ): Promise<Outcome<CommitResult, 'in-progress'>> {
    const workerNames = new Map(steps.map(({ step }) => [step.firm.key, step.worker.name]));
    const firmIds = await forEachKey(partiesOf(steps), mayGoOn, (party) =>
      settleFirm(firms, party, workerNames.get(party.key) ?? ''),
    );
    if (!firmIds) return refuse('in-progress');
    const people = new Map(steps.map(({ step }) => [step.worker.key, step]));
    const workerIds = await forEachKey(people, mayGoOn, (step) => settleWorker(workers, step, firmIds));
    if (!workerIds) return refuse('in-progress');
    const effects = await forEachKey(byNumber(steps), mayGoOn, async (rows) => {
      const done: RowEffect[] = [];
      for (const { row, step } of rows) {
        const holder = workerIds.get(step.worker.key) ?? refuse('unknown-worker');
        done.push([row, holder.ok ? await settlePhone(phones, step, holder.value, firmIds) : holder]);
      }
      return done;
    });
    if (!effects) return refuse('in-progress');
    return accept(countEffects(steps, new Map([...effects.values()].flat())));
  };
}

async function settlePhone(
  phones: Parts['phones'],
  { number, cells, phone, upper }: RowStep,
  holder: WorkerId,
  firms: SettledFirms,
): Promise<Outcome<Effect>> {
  if (phone.kind === 'unchanged') return accept('unchanged');
  const upperFirm = upper && (firms.get(upper.key) ?? refuse('unknown-firm'));
  if (upperFirm?.ok === false) return upperFirm;
  const { shared, jobType, position, consent: standingConsent, validFrom, validTo } = cells;
  const upperFirmId = upperFirm?.value;
  const said = stated({ shared, jobType, position, standingConsent, validFrom, validTo, upperFirmId });
  if (phone.kind === 'update') {
    const done = await phones.change(phone.id, said, unseen);
    return done.ok ? accept('updated') : done;
  }
  const plain = { shared: false, groupCall: false, standingConsent: false, upperFirms: [], validFrom: phone.validFrom };
  const done = await phones.register({ ...plain, ...said, number, workerIds: [holder] });
  return done.ok ? accept('created') : done;
}

function partiesOf(steps: readonly StepOfRow[]): ReadonlyMap<string, RowStep['firm']> {
  const parties = steps.flatMap(({ step }) => (step.upper ? [step.firm, step.upper] : [step.firm]));
  return new Map(parties.map((party) => [party.key, party]));
}

/** Rows of one number touch one record: they go one after the other, those that change what is there first. */
function byNumber(steps: readonly StepOfRow[]): ReadonlyMap<string, readonly StepOfRow[]> {
  const ordered = [...steps.filter(({ step }) => step.phone.kind === 'update'), ...steps];
  const groups = new Map<string, Set<StepOfRow>>();
  for (const one of ordered) groups.set(one.step.number, (groups.get(one.step.number) ?? new Set()).add(one));
  return new Map([...groups].map(([number, rows]) => [number, [...rows]]));
}

/** The work for each key, a few at once; undefined as soon as we may not go on. */
async function forEachKey<Item, Result>(
  items: ReadonlyMap<string, Item>,
  mayGoOn: MayGoOn,
  work: (item: Item) => Promise<Result>,
): Promise<ReadonlyMap<string, Result> | undefined> {
  const results = new Map<string, Result>();
  const entries = [...items];
  for (let at = 0; at < entries.length; at += BATCH) {
    if (!(await mayGoOn())) return undefined;
    const batch = entries.slice(at, at + BATCH);
    const done = await inParallel(batch, AT_ONCE, async ([key, item]) => [key, await work(item)] as const);
    for (const [key, result] of done) results.set(key, result);
  }
  return results;
}

/** Each row once: by what its number became, or updated where it brought an id for its firm or worker. */
function countEffects(steps: readonly StepOfRow[], effects: ReadonlyMap<number, Outcome<Effect>>): CommitResult {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const failed: { readonly row: number; readonly code: string }[] = [];
  const brought = new Set<string>();
  for (const { row, step } of steps) {
    const effect = effects.get(row);
    if (!effect?.ok) {
      failed.push({ row, code: effect?.code ?? 'failed' });
      continue;
    }
    const brings = [step.firm, step.worker].filter((party) => party.brings && !brought.has(party.key));
    for (const party of brings) brought.add(party.key);
    counts[effect.value === 'unchanged' && brings.length > 0 ? 'updated' : effect.value] += 1;
  }
  return { ...counts, failed };
}
