import type { Deed, ImportId } from '../domain/phone-list/phone-import.ts';
import type { ImportStore } from '../ports-imports.ts';

/** Up to which revision a firm or worker whom a list made is as the list left him: nobody has changed him since. */
export interface LastRevisions {
  readonly of: (id: string) => number;
}

type ChangingDeed = Extract<Deed, { readonly kind: 'firm-id' | 'worker-id' | 'worker-job-type' }>;

/** A change that was taken back stands for two revisions: there and back again. */
const THERE_AND_BACK = 2;

/**
 * Counts what the list itself has changed of whom it made, once for each job type of a further row, and what later lists changed and took
 * back when they were undone: such a list has left nothing behind that would be lost.
 */
export async function lastRevisions(
  imports: Pick<ImportStore, 'deedsOf' | 'ids' | 'find'>,
  id: ImportId,
): Promise<LastRevisions> {
  const last = new Map<string, number>();
  const raise = (one: string, by: number) => void (last.has(one) && last.set(one, (last.get(one) ?? 1) + by));
  for await (const deeds of imports.deedsOf(id)) {
    for (const deed of deeds.filter(isMaking)) last.set(deed.id, 1);
    for (const deed of deeds.filter(isChanging)) raise(deed.id, 1);
  }
  for await (const other of imports.ids()) {
    const isUndone = other !== id && (await imports.find(other))?.value.state === 'undone';
    for (const deed of isUndone ? await changesOf(imports, other) : []) raise(deed.id, THERE_AND_BACK);
  }
  return { of: (one) => last.get(one) ?? 1 };
}

/** What a list changed of others' firms and workers, each once: what was interrupted is noted again when it goes on. */
async function changesOf(imports: Pick<ImportStore, 'deedsOf'>, id: ImportId): Promise<readonly ChangingDeed[]> {
  const changes = new Map<string, ChangingDeed>();
  for await (const deeds of imports.deedsOf(id)) {
    for (const deed of deeds.filter(isChanging)) {
      const what = deed.kind === 'worker-job-type' ? deed.jobType : '';
      changes.set(`${deed.kind} ${deed.id} ${what}`, deed);
    }
  }
  return [...changes.values()];
}

function isMaking(deed: Deed): deed is Extract<Deed, { readonly kind: 'firm' | 'worker' }> {
  return deed.kind === 'firm' || deed.kind === 'worker';
}

function isChanging(deed: Deed): deed is ChangingDeed {
  return deed.kind === 'firm-id' || deed.kind === 'worker-id' || deed.kind === 'worker-job-type';
}
