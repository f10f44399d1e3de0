import { type Outcome, refuse } from '../domain/outcome.ts';
import type { CommitResult, ImportId, PhoneImport } from '../domain/phone-list/phone-import.ts';
import type { ImportStore } from '../ports-imports.ts';
import type { Chance, Clock, Revised } from '../ports.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Asked between pieces: renews the lease, and says no when it is lost or the list is to be cancelled. */
export type MayGoOn = () => Promise<boolean>;

/** Renewed while the work goes on; after a crash the next one may begin when it has lapsed. */
const LEASE_MS = 15_000;
const TRIES = 20;

export type ImportDesk = ReturnType<typeof createImportDesk>;

/** One list at a time is being saved or undone; whoever comes second is told so. */
export function createImportDesk({ imports, clock, chance }: Parts) {
  const lease = (holder: string) => imports.lease(holder, clock.real(), new Date(clock.real().getTime() + LEASE_MS));

  async function alone<T, Code extends string>(
    id: ImportId,
    work: (found: Revised<PhoneImport>, mayGoOn: MayGoOn) => Promise<Outcome<T, Code>>,
  ): Promise<Outcome<T, Code | 'not-found' | 'in-progress'>> {
    const holder = chance.id('lse');
    if (!(await imports.find(id))) return refuse('not-found');
    if (!(await lease(holder))) return refuse('in-progress');
    const mayGoOn = async () => {
      if ((await imports.find(id))?.value.state === 'cancelling') return false;
      return lease(holder);
    };
    try {
      const found = await imports.find(id);
      return found ? await work(found, mayGoOn) : refuse('not-found');
    } finally {
      await imports.release(holder);
    }
  }

  /** Ends a commit: committed when all was done, cancelled when that was asked; undefined when somebody else took over. */
  async function end(id: ImportId, result: CommitResult, mayGoOn: MayGoOn): Promise<PhoneImport['state'] | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await imports.find(id);
      if (!found) return undefined;
      const isCancelled = found.value.state === 'cancelling';
      if (!isCancelled && !(await mayGoOn())) continue;
      const state = isCancelled ? 'cancelled' : 'committed';
      if (await imports.replace({ ...found.value, state, result }, found.rev)) return state;
    }
    return undefined;
  }

  return { alone, end };
}
