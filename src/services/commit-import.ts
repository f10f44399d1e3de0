import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { missingColumns, namesOfColumns } from '../domain/phone-list/map-headings.ts';
import type { CommitCounts, CommitResult, ImportId, PhoneImport } from '../domain/phone-list/phone-import.ts';
import { present } from '../domain/present.ts';
import type { ImportStore } from '../ports-imports.ts';
import type { Log } from '../ports.ts';
import type { ListApplier, StepOfRow } from './apply-list.ts';
import type { ImportDesk } from './import-desk.ts';
import { createOneAhead } from './one-ahead.ts';
import type { PlanImport, ViewedRow } from './plan-import.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly planImport: PlanImport;
  readonly beginList: ListApplier;
  readonly desk: ImportDesk;
  readonly log: Log;
}

type CommitRefusal = 'not-found' | 'in-progress' | 'conflict' | 'import-over' | 'import-columns-missing';

/** So many rows are written at once; each write waits for the disk. */
const BATCH = 500;

/**
 * Saves the good rows of a list, one list at a time, so that two lists never make one firm twice. Once done it stays done: a
 * further commit changes nothing. One that was interrupted is repeated and does what is left; one that was cancelled stops, and what
 * it has done so far stays and can be undone.
 */
export function createImportCommit({ imports, planImport, beginList, desk, log }: Parts) {
  async function apply(found: PhoneImport, mayGoOn: () => Promise<boolean>): Promise<CommitResult> {
    const crowded: StepOfRow[] = [];
    let waiting: StepOfRow[] = [];
    let work: ReturnType<ListApplier> | undefined;
    let done = 0;
    // Some rows are written while the next ones are planned.
    const writing = createOneAhead();
    const write = async () => {
      if (!(await mayGoOn())) return false;
      const progress = { done, total: found.rows };
      const steps = waiting;
      waiting = [];
      await writing.begin(async () => work?.apply(steps, () => imports.note(found.id, progress)));
      return true;
    };
    await planImport(found, async (rows, plan) => {
      work ??= beginList(plan, (deeds) => (deeds.length > 0 ? imports.addDeeds(found.id, deeds) : Promise.resolve()));
      const steps = stepsOf(rows, found);
      crowded.push(...steps.filter(({ step }) => step.crowded));
      waiting.push(...steps.filter(({ step }) => !step.crowded));
      done += rows.length;
      return waiting.length < BATCH && done < found.rows ? true : write();
    });
    await writing.ended();
    // What changes a registration comes before what needs it changed: a number is marked as shared before it gets a second holder.
    const ordered = [...crowded].sort((a, b) => rank(a) - rank(b));
    for (let at = 0; at < ordered.length && (await mayGoOn()); at += BATCH) {
      await work?.apply(ordered.slice(at, at + BATCH));
    }
    await work?.settled();
    return work?.result() ?? { created: 0, updated: 0, unchanged: 0, failed: [] };
  }

  return async function commitImport(id: ImportId, inform = false): Promise<Outcome<CommitCounts, CommitRefusal>> {
    return desk.alone(id, async (found, mayGoOn) => {
      const { state, result } = found.value;
      if (state === 'committed' && result) return accept(nothingMore(result));
      const early = whyNotNow(found.value);
      if (early) return early;
      const begun = beginning(found.value, inform);
      if (state === 'draft' && !(await imports.replace(begun, found.rev))) return refuse('conflict');
      const applied = await apply(begun, mayGoOn);
      const ended = await desk.end(id, applied, mayGoOn);
      if (ended === 'committed') return accept(reported(id, applied, log));
      return refuse(ended === 'cancelled' ? 'import-over' : 'in-progress');
    });
  };
}

/** Why a list cannot be saved, whatever its rows say. */
function whyNotNow({ state, reading }: PhoneImport) {
  if (state === 'undoing') return refuse('in-progress');
  if (state === 'cancelled' || state === 'undone') return refuse('import-over');
  const missing = missingColumns(reading.columns);
  return missing.length > 0 ? refuse('import-columns-missing', missing.map(namesOfColumns).join('、')) : undefined;
}

/** A list that is being saved; one that was begun before goes on as it was begun. */
function beginning(list: PhoneImport, inform: boolean): PhoneImport {
  return { ...list, ...(list.state === 'draft' && inform ? { inform } : {}), state: 'committing' };
}

function stepsOf(rows: readonly ViewedRow[], { inform }: PhoneImport): readonly StepOfRow[] {
  const told = present({ inform });
  return rows.flatMap(({ row, plan }) => (plan?.step ? [{ row, step: { ...plan.step, ...told } }] : []));
}

function rank({ step }: StepOfRow): number {
  return step.phone.kind === 'update' ? 0 : 1;
}

function reported(importId: ImportId, { failed, ...counts }: CommitResult, log: Log): CommitCounts {
  log.info({ importId, ...counts, failed: failed.length }, 'a telephone list was committed');
  return counts;
}

function nothingMore({ created, updated, unchanged }: CommitResult): CommitCounts {
  return { created: 0, updated: 0, unchanged: created + updated + unchanged };
}
