import type { Day, FirmId, WorkerId } from '../domain/ids.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { EmployerFinder } from '../ports-erasure.ts';
import type { DataKeyStore } from '../ports-keys.ts';

/** Whose data keys a key-encryption key has ever wrapped, by the firms that employed them. */
export interface Exposed {
  readonly firmId: FirmId | 'without firm';
  readonly people: readonly { readonly workerId: WorkerId; readonly erasedOn?: Day }[];
}

interface KeyParts {
  readonly keys: Pick<DataKeyStore, 'everUnder'>;
  readonly employers: EmployerFinder;
}

const STEP = 500;

/**
 * Who is affected per firm when a key-encryption key was in wrong hands, with a copy of the database (T14): everybody whose data key it
 * wraps or has ever wrapped. Of whoever was deleted since, an older copy may still hold what is gone here.
 */
export async function findExposed({ keys, employers }: KeyParts, kek: string): Promise<readonly Exposed[]> {
  const byFirm = new Map<Exposed['firmId'], Exposed['people'][number][]>();
  let some: Exposed['people'][number][] = [];
  const place = async () => {
    const firms = await employers.firmsOf(some.map(({ workerId }) => workerId));
    for (const one of some) {
      const of = firms.get(one.workerId) ?? [];
      for (const firmId of of.length > 0 ? of : (['without firm'] as const)) {
        const people = byFirm.get(firmId);
        if (people) people.push(one);
        else byFirm.set(firmId, [one]);
      }
    }
    some = [];
  };
  for await (const { owner, destroyedAt } of keys.everUnder(kek)) {
    some.push({ workerId: owner, ...(destroyedAt ? { erasedOn: tokyoDay(destroyedAt) } : {}) });
    if (some.length >= STEP) await place();
  }
  await place();
  return [...byFirm].sort(([a], [b]) => (a < b ? -1 : 1)).map(([firmId, people]) => ({ firmId, people }));
}
