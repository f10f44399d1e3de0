import { setTimeout as pause } from 'node:timers/promises';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type {
  CommitCounts,
  CommitResult,
  ImportId,
  ImportState,
  PhoneImport,
} from '../domain/phone-list/phone-import.ts';
import type { ImportStore } from '../ports-imports.ts';
import type { Revised } from '../ports.ts';
import type { ImportDesk } from './import-desk.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly desk: ImportDesk;
}

type CancelRefusal = 'not-found' | 'in-progress' | 'import-committed' | 'import-over';

/** How long a cancellation waits for the work to stop. */
const LOOKS = 200;
const LOOK_MS = 50;

const TOO_LATE: Readonly<Partial<Record<ImportState, CancelRefusal>>> = {
  committed: 'import-committed',
  undoing: 'import-over',
  undone: 'import-over',
};

/** Drops a draft, or stops a commit that is under way; answers what it has saved until then. */
export function createImportCancel({ imports, desk }: Parts) {
  return async function cancelImport(id: ImportId): Promise<Outcome<CommitCounts, CancelRefusal>> {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const found = await imports.find(id);
      if (!found) return refuse('not-found');
      const { state, result } = found.value;
      const late = TOO_LATE[state];
      if (late) return refuse(late);
      if (state === 'cancelled') return accept(countsOf(result));
      await bringOn(found);
      await pause(LOOK_MS);
    }
    return refuse('in-progress');
  };

  /** One step towards the end; whoever commits looks between two pieces. */
  async function bringOn({ value, rev }: Revised<PhoneImport>): Promise<void> {
    const { id, state, version } = value;
    if (state === 'draft' && (await imports.replace({ ...value, state: 'cancelled' }, rev))) {
      await imports.dropFile(id);
      await imports.dropRows(id, version);
    }
    if (state === 'committing') await imports.replace({ ...value, state: 'cancelling' }, rev);
    if (state === 'cancelling') await desk.alone(id, endCrashed);
  }

  /** A commit that was to stop, and crashed before it did. */
  async function endCrashed({ value, rev }: Revised<PhoneImport>): Promise<Outcome<undefined>> {
    const result = value.result ?? { ...countsOf(undefined), failed: [] };
    if (value.state === 'cancelling') await imports.replace({ ...value, state: 'cancelled', result }, rev);
    return accept(undefined);
  }
}

function countsOf(result: CommitResult | undefined): CommitCounts {
  const { created, updated, unchanged } = result ?? { created: 0, updated: 0, unchanged: 0 };
  return { created, updated, unchanged };
}
