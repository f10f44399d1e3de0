import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { CommitCounts, CommitResult, ImportId, PhoneImport } from '../domain/phone-list/phone-import.ts';
import type { Chance, Clock, ImportStore, Log, Revised } from '../ports.ts';
import type { ApplyList, StepOfRow } from './apply-list.ts';
import type { PreviewImport, PreviewRefusal } from './preview-import.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly preview: PreviewImport;
  readonly applyList: ApplyList;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
}

/** Renewed while the work goes on; after a crash the next commit may begin when it has lapsed. */
const LEASE_MS = 15_000;

export type CommitImport = ReturnType<typeof createImportCommit>;
type CommitRefusal = PreviewRefusal | 'not-found' | 'in-progress' | 'conflict';

/**
 * Saves the good rows of a list, one list at a time, so that two lists never make one firm twice. Once done it stays done: a
 * further commit changes nothing. One that was interrupted is repeated and does what is left.
 */
export function createImportCommit({ imports, preview, applyList, clock, chance, log }: Parts) {
  async function apply(found: Revised<PhoneImport>, mayGoOn: () => Promise<boolean>) {
    const { id } = found.value;
    const previewed = await preview(await imports.fileOf(id), found.value);
    if (!previewed.ok) return previewed;
    if (!(await imports.replace({ ...found.value, state: 'committing' }, found.rev))) return refuse('conflict');
    const steps: readonly StepOfRow[] = previewed.value.rows.flatMap(({ row, step }) => (step ? [{ row, step }] : []));
    const result = await applyList(steps, mayGoOn);
    if (!result.ok) return result;
    const committed: PhoneImport = { ...found.value, state: 'committed', result: result.value };
    if (!(await imports.replace(committed, found.rev + 1))) return refuse('conflict');
    const { failed, ...counts } = result.value;
    log.info({ importId: id, ...counts, failed: failed.length }, 'a telephone list was committed');
    return accept(counts);
  }

  return async function commitImport(id: ImportId): Promise<Outcome<CommitCounts, CommitRefusal>> {
    const holder = chance.id('lse');
    const mayGoOn = () => imports.lease(holder, clock.real(), new Date(clock.real().getTime() + LEASE_MS));
    if (!(await imports.find(id))) return refuse('not-found');
    if (!(await mayGoOn())) return refuse('in-progress');
    try {
      const found = await imports.find(id);
      if (!found) return refuse('not-found');
      return found.value.result ? accept(nothingMore(found.value.result)) : await apply(found, mayGoOn);
    } finally {
      await imports.release(holder);
    }
  };
}

function nothingMore({ created, updated, unchanged }: CommitResult): CommitCounts {
  return { created: 0, updated: 0, unchanged: created + updated + unchanged };
}
