import type { FirmId, WorkerId } from '../domain/ids.ts';
import type { Deed, ImportId } from '../domain/phone-list/phone-import.ts';
import type { EmployerFinder } from '../ports-erasure.ts';
import type { ImportStore } from '../ports-imports.ts';

interface Parts {
  readonly imports: Pick<ImportStore, 'deedsOf'>;
  readonly employers: EmployerFinder;
}

/** Everybody whom the commit of a list made or changed, with the firm that employs him; none of somebody who was taken away again. */
export function createListedFinder({ imports, employers }: Parts) {
  return async function findListed(id: ImportId): Promise<ReadonlyMap<WorkerId, FirmId | undefined>> {
    const found = new Map<WorkerId, FirmId | undefined>();
    for await (const deeds of imports.deedsOf(id)) {
      const people = [...new Set(deeds.flatMap(peopleOf))].filter((one) => !found.has(one));
      const firms = await employers.firmsOf(people);
      for (const one of people) found.set(one, firms.get(one)?.at(-1));
    }
    return found;
  };
}

function peopleOf(deed: Deed): readonly WorkerId[] {
  switch (deed.kind) {
    case 'worker':
    case 'worker-id':
    case 'worker-job-type':
      return [deed.id];
    case 'phone':
      return [deed.holder];
    case 'phone-change':
      return deed.after.workerIds;
    case 'firm':
    case 'firm-id':
      return [];
  }
}
