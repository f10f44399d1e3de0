import type { AuditEntry } from '../domain/audit.ts';
import type { Day, FirmId, WorkerId } from '../domain/ids.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { AuditStore } from '../ports-audit.ts';
import type { EmployerFinder } from '../ports-erasure.ts';
import type { DataKeyStore } from '../ports-keys.ts';

/** Whose data was looked at or changed in a period, as the audit knows it. */
export interface Affected {
  readonly chain: string;
  readonly entries: number;
  /** Workers and accounts that were named. */
  readonly people: readonly string[];
  /** Whole lists and sites: everybody on them. */
  readonly wholes: readonly string[];
  readonly askers: readonly string[];
}

/** Who is affected per firm when keys or passwords were in wrong hands from one moment to another (T14). */
export async function* findAffected(
  audit: AuditStore,
  { from, to, by }: { readonly from: Date; readonly to: Date; readonly by?: string },
): AsyncIterable<Affected> {
  const isMeant = (entry: AuditEntry) => {
    const at = new Date(entry.at);
    return from <= at && at <= to && (by === undefined || entry.by === by);
  };
  for (const chain of await audit.chains()) {
    const people = new Set<string>();
    const wholes = new Set<string>();
    const askers = new Set<string>();
    let entries = 0;
    for await (const entry of audit.entries(chain)) {
      if (!isMeant(entry)) continue;
      entries += 1;
      askers.add(entry.by);
      const named = namedIn(entry);
      if (named) people.add(named);
      else wholes.add([entry.what, entry.thing, ...Object.values(entry.about)].filter(Boolean).join(' '));
    }
    if (entries > 0) yield { chain, entries, people: [...people], wholes: [...wholes], askers: [...askers] };
  }
}

function namedIn({ thing, about }: AuditEntry): string | undefined {
  const worker = /\bwrk_[a-z0-9]+/.exec(thing ?? '')?.[0];
  return worker ?? about['workerId'] ?? (thing?.startsWith('acc_') ? thing : undefined);
}

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
