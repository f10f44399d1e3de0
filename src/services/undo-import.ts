import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { CommitCounts, Deed, ImportId, ImportState, PhoneImport } from '../domain/phone-list/phone-import.ts';
import type { ImportStore, UseFinder } from '../ports-imports.ts';
import type { CodeStore, FirmStore, PhoneStore, Revised, WorkerStore } from '../ports.ts';
import type { ChangeHook } from './change-register.ts';
import type { ImportDesk } from './import-desk.ts';
import type { JobTypeKeeper } from './keep-job-types.ts';
import type { FirmService } from './register-firm.ts';
import type { WorkerService } from './register-worker.ts';
import { type LastRevisions, lastRevisions } from './last-revisions.ts';
import type { ReadRows } from './read-rows.ts';
import { type MadePhone, type PhoneDeed, revertPhones, whyNotAsListed, whyNotPhone } from './revert-phones.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly uses: UseFinder;
  readonly firms: Pick<FirmStore, 'findRevised' | 'removeMany'>;
  readonly workers: Pick<WorkerStore, 'findRevised' | 'removeMany'>;
  readonly phones: PhoneStore;
  readonly codes: Pick<CodeStore, 'release'>;
  readonly firmService: Pick<FirmService, 'change'>;
  readonly workerService: Pick<WorkerService, 'change'>;
  readonly jobTypes: Pick<JobTypeKeeper, 'take'>;
  readonly readRows: ReadRows;
  readonly desk: ImportDesk;
  readonly changed: ChangeHook;
}

type UndoRefusal = 'not-found' | 'in-progress' | 'conflict' | 'import-not-committed' | 'import-used';

const EARLY: Readonly<Partial<Record<ImportState, UndoRefusal>>> = {
  draft: 'import-not-committed',
  committing: 'in-progress',
  cancelling: 'in-progress',
};

/**
 * Takes back what a commit made and puts back what it changed, as long as nobody has used or changed it since: no call, no plan, no
 * correction, no edit. A firm that something else has come to refer to stays. Doing it again changes nothing.
 */
export function createImportUndo(parts: Parts) {
  const { imports, desk } = parts;
  return async function undoImport(id: ImportId): Promise<Outcome<CommitCounts, UndoRefusal>> {
    return desk.alone(id, async (found): Promise<Outcome<CommitCounts, UndoRefusal>> => {
      const { state, result } = found.value;
      if (state === 'undone') return accept({ created: 0, updated: 0, unchanged: 0 });
      const early = EARLY[state];
      if (early) return refuse(early);
      if (!result) return refuse('import-not-committed');
      const revisions = await lastRevisions(imports, id);
      const begun = state === 'undoing' ? accept(undefined) : await begin(found, revisions);
      return begun.ok ? finish({ id, unchanged: result.unchanged }, revisions) : begun;
    });
  };

  async function finish(
    { id, unchanged }: { readonly id: ImportId; readonly unchanged: number },
    revisions: LastRevisions,
  ): Promise<Outcome<CommitCounts, 'conflict'>> {
    const { removed, restored } = await revert(parts, id, revisions);
    const now = await imports.find(id);
    if (!now || !(await imports.replace({ ...now.value, state: 'undone' }, now.rev))) return refuse('conflict');
    return accept({ created: removed, updated: restored, unchanged });
  }

  /** From here on it is undone to the end, also after a crash. */
  async function begin(
    { value, rev }: Revised<PhoneImport>,
    revisions: LastRevisions,
  ): Promise<Outcome<undefined, 'import-used' | 'conflict'>> {
    const used = await whyNot(parts, value, revisions);
    if (used !== undefined) return refuse('import-used', String(used));
    const replaced = await imports.replace({ ...value, state: 'undoing' }, rev);
    return replaced ? accept(undefined) : refuse('conflict');
  }
}

/** The first row whose worker or number somebody has used since. */
async function whyNot(parts: Parts, list: PhoneImport, revisions: LastRevisions): Promise<number | undefined> {
  const { imports, uses, workers, phones, readRows } = parts;
  const unsure: MadePhone[] = [];
  for await (const deeds of imports.deedsOf(list.id)) {
    const made = deeds.flatMap((deed) => (deed.kind === 'worker' ? [deed] : []));
    const ids = made.map((deed) => deed.id);
    const revised = new Map((await workers.findRevised(ids)).map((one) => [one.value.id, one.rev]));
    const used = await uses.ofWorkers(ids);
    const wrong = made.find((deed) => used.has(deed.id) || (revised.get(deed.id) ?? 1) > revisions.of(deed.id));
    if (wrong) return wrong.row;
    const number = await whyNotPhone(phones, deeds.filter(isPhoneDeed), unsure);
    if (number !== undefined) return number;
  }
  if (unsure.length === 0) return undefined;
  const rows = await readRows(list, new Set(unsure.map(({ row }) => row)));
  return whyNotAsListed(phones, unsure, { rows, day: list.day });
}

async function revert(
  parts: Parts,
  id: ImportId,
  revisions: LastRevisions,
): Promise<{ readonly removed: number; readonly restored: number }> {
  const { imports, phones } = parts;
  let [removed, restored] = [0, 0];
  for await (const deeds of imports.deedsOf(id)) {
    const done = await revertPhones(phones, deeds.filter(isPhoneDeed));
    removed += done.removed;
    restored += done.restored;
  }
  for await (const deeds of imports.deedsOf(id)) await revertWorkers(parts, deeds, revisions);
  for await (const deeds of imports.deedsOf(id)) await revertFirms(parts, deeds, revisions);
  await parts.changed({ kind: 'firm', id });
  return { removed, restored };
}

/** Workers who were made go with their codes, unless somebody has given them another telephone meanwhile. */
async function revertWorkers(
  { workers, phones, codes, uses, workerService, jobTypes, changed }: Parts,
  deeds: readonly Deed[],
  revisions: LastRevisions,
): Promise<void> {
  const ids = deeds.flatMap((deed) => (deed.kind === 'worker' ? [deed.id] : []));
  const held = new Set(
    (await phones.ofWorkers(ids)).flatMap(({ registrations }) => registrations.flatMap(({ workerIds }) => workerIds)),
  );
  const used = await uses.ofWorkers(ids);
  const free = (await workers.findRevised(ids)).filter(({ value }) => !held.has(value.id) && !used.has(value.id));
  for (const [rev, made] of byRevision(free.filter((one) => one.rev <= revisions.of(one.value.id))))
    await workers.removeMany(made, rev);
  const left = new Set((await workers.findRevised(ids)).map(({ value }) => value.id));
  for (const { value } of free.filter((one) => !left.has(one.value.id))) {
    await codes.release('worker', value.workerCode, value.id);
    await changed({ kind: 'worker', id: value.id });
  }
  for (const deed of deeds) {
    if (deed.kind === 'worker-job-type') await jobTypes.take(deed.id, deed.jobType);
    if (deed.kind !== 'worker-id') continue;
    await workerService.change(deed.id, { ccusId: null }, ({ ccusId }) => ccusId === deed.ccusId);
  }
}

function byRevision<Id extends string>(
  found: readonly Revised<{ readonly id: Id }>[],
): ReadonlyMap<number, readonly Id[]> {
  const groups = new Map<number, Id[]>();
  for (const { rev, value } of found) groups.set(rev, [...(groups.get(rev) ?? []), value.id]);
  return groups;
}

/** A firm that somebody has edited stays as it is. */
async function revertFirms(
  { firms, uses, firmService }: Parts,
  deeds: readonly Deed[],
  revisions: LastRevisions,
): Promise<void> {
  const ids = deeds.flatMap((deed) => (deed.kind === 'firm' ? [deed.id] : []));
  const used = await uses.ofFirms(ids);
  const free = (await firms.findRevised(ids)).filter(
    ({ value, rev }) => !used.has(value.id) && rev <= revisions.of(value.id),
  );
  for (const [rev, made] of byRevision(free)) await firms.removeMany(made, rev);
  for (const deed of deeds) {
    if (deed.kind !== 'firm-id') continue;
    await firmService.change(deed.id, { ccusId: null }, ({ ccusId }) => ccusId === deed.ccusId);
  }
}

function isPhoneDeed(deed: Deed): deed is PhoneDeed {
  return deed.kind === 'phone' || deed.kind === 'phone-change';
}
