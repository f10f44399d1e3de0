import type { AuditEntry } from '../domain/audit.ts';
import type { NumberIndex, WorkerId } from '../domain/ids.ts';
import type { Identity } from '../domain/merge.ts';
import type { AuditStore } from '../ports-audit.ts';
import type { EmployerFinder } from '../ports-erasure.ts';
import type { PhoneStore } from '../ports.ts';
import { ownerOf } from './word-keeper.ts';

/** Whose data was looked at or changed in a period, as the audit knows it. */
export interface Affected {
  /** A firm that employs or employed the people, or whose things they are; else `service`. */
  readonly firmId: string;
  readonly entries: number;
  /** Workers and accounts who were named or shown; of registers that are merged now, the one that goes on. */
  readonly people: readonly string[];
  /** What was asked for where it is no person, or where it was not written down yet who was shown. */
  readonly wholes: readonly string[];
  readonly askers: readonly string[];
}

interface Parts {
  readonly audit: Pick<AuditStore, 'chains' | 'entries'>;
  readonly employers: EmployerFinder;
  readonly merges: { around(workerIds: readonly WorkerId[]): Promise<readonly Merged[]> };
  readonly phones: Pick<PhoneStore, 'findMany'>;
}

/** Two registers that were merged at a moment. */
type Merged = Identity & { readonly at: Date };

interface Period {
  readonly from: Date;
  readonly to: Date;
  /** Only what this key or account did. */
  readonly by?: string;
}

/**
 * Who is affected per firm when keys or passwords were in wrong hands from one moment to another (T14): everybody who was named in a
 * request or shown in an answer, also who was deleted since, under his pseudonym.
 */
export async function findAffected(
  { audit, ...stores }: Parts,
  { from, to, by }: Period,
): Promise<readonly Affected[]> {
  const isMeant = (entry: AuditEntry) => {
    const at = new Date(entry.at);
    return from <= at && at <= to && (by === undefined || entry.by === by);
  };
  const registers = createRegisters(stores);
  const tally = createTally();
  for (const chain of await audit.chains()) {
    for await (const entry of audit.entries(chain)) {
      if (!isMeant(entry)) continue;
      const people = await registers.affectedBy(entry);
      if (people.length === 0) tally.addThing(entry);
      for (const [firmId, some] of await registers.byFirm(people, chain)) tally.addPeople(firmId, entry, some);
    }
  }
  return tally.all();
}

/** Who an entry is about, and whose people they are; what was read once is remembered. */
function createRegisters({ employers, merges, phones }: Omit<Parts, 'audit'>) {
  const mergesOf = new Map<string, readonly Merged[]>();
  const firmsOf = new Map<string, readonly string[]>();

  async function read(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id): id is WorkerId => isWorker(id) && !mergesOf.has(id));
    if (missing.length === 0) return;
    const found = await merges.around(missing);
    for (const id of missing) {
      mergesOf.set(
        id,
        found.filter(({ keptId, otherId }) => keptId === id || otherId === id),
      );
    }
  }

  async function readFirms(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id): id is WorkerId => isWorker(id) && !firmsOf.has(id));
    if (missing.length === 0) return;
    const found = await employers.firmsOf(missing);
    for (const id of missing) firmsOf.set(id, found.get(id) ?? []);
  }

  /** Who holds or held a telephone stands in its register alone. */
  async function holdersOf({ thing }: AuditEntry): Promise<readonly string[]> {
    const [, index] = /^phn_([a-f0-9]{32})_/.exec(thing ?? '') ?? [];
    if (index === undefined) return [];
    const [record] = await phones.findMany([index as NumberIndex]);
    const meant = record?.registrations.filter(({ id }) => id === thing) ?? [];
    return meant.flatMap(({ workerIds }) => workerIds);
  }

  return {
    async affectedBy(entry: AuditEntry): Promise<readonly string[]> {
      const named = [...namedIn(entry), ...(await holdersOf(entry))];
      await read(named);
      const at = new Date(entry.at);
      return [...new Set(named.flatMap((id) => registersThen(id, mergesOf.get(id) ?? [], at)))];
    },
    async byFirm(people: readonly string[], chain: string): Promise<ReadonlyMap<string, readonly string[]>> {
      await readFirms(people);
      const found = new Map<string, string[]>();
      for (const one of people) {
        const firms = firmsOf.get(one) ?? [];
        for (const firmId of firms.length > 0 ? firms : [chain]) {
          const some = found.get(firmId);
          if (some) some.push(one);
          else found.set(firmId, [one]);
        }
      }
      return found;
    },
  };
}

/** The register that goes on; where two were parted again, both, if either may have shown what is the other's. */
function registersThen(id: string, known: readonly Merged[], at: Date): readonly string[] {
  const standing = known.find(({ otherId, parted }) => otherId === id && !parted);
  if (standing) return [standing.keptId];
  const parted = known.filter((one) => one.parted && one.at <= at);
  return [id, ...parted.map(({ keptId, otherId }) => (keptId === id ? otherId : keptId))];
}

function namedIn({ thing, about, sealed, shown = [] }: AuditEntry): readonly string[] {
  const worker = /\bwrk_[a-z0-9]+/.exec(thing ?? '')?.[0];
  const named = [worker, about['workerId'], ownerOf(sealed), thing?.startsWith('acc_') ? thing : undefined];
  return [...new Set([...named.filter((id) => id !== undefined), ...shown])];
}

function isWorker(id: string): boolean {
  return id.startsWith('wrk_');
}

interface Count {
  readonly entries: Set<string>;
  readonly people: Set<string>;
  readonly wholes: Set<string>;
  readonly askers: Set<string>;
}

function createTally() {
  const firms = new Map<string, Count>();
  const countOf = (firmId: string, { id, by }: AuditEntry): Count => {
    const count = firms.get(firmId) ?? { entries: new Set(), people: new Set(), wholes: new Set(), askers: new Set() };
    firms.set(firmId, count);
    count.entries.add(id);
    count.askers.add(by);
    return count;
  };
  return {
    addPeople(firmId: string, entry: AuditEntry, people: readonly string[]): void {
      const count = countOf(firmId, entry);
      for (const one of people) count.people.add(one);
    },
    /** Nobody was shown: a list that was empty is nothing that anybody saw. */
    addThing(entry: AuditEntry): void {
      const isEmptyList = entry.shown && entry.what.startsWith('get ') && entry.thing === null;
      if (isEmptyList) return;
      const { what, thing, about } = entry;
      const { wholes } = countOf(entry.chain, entry);
      wholes.add([what, thing, ...Object.values(about)].filter(Boolean).join(' '));
    },
    all: (): readonly Affected[] =>
      [...firms]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([firmId, { entries, people, wholes, askers }]) => ({
          ...{ firmId, entries: entries.size, people: [...people].sort(), wholes: [...wholes].sort() },
          askers: [...askers].sort(),
        })),
  };
}
