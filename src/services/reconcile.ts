import { digestOf } from '../domain/digest.ts';
import type { Forwarding } from '../domain/forwarding.ts';
import type { Day } from '../domain/ids.ts';
import { present } from '../domain/present.ts';
import { comparableHistory, digestBySite } from '../domain/registry-digest.ts';
import type { RegistryHistory } from '../domain/registry-item.ts';
import type { ForwardingStore } from '../ports-forwarding.ts';
import type { Reconciliation, ReconciliationStore } from '../ports-runs.ts';
import type { HistoryFilter, ProjectionStore } from '../ports-projection.ts';
import type { ErasureStore } from '../ports-erasure.ts';
import type { Clock, Registry, TextIndexer } from '../ports.ts';
import type { BuildRegistryItems } from './build-registry-item.ts';
import { registryHashOf } from './erase-worker.ts';
import type { Forward } from './forward.ts';

export interface ReconcileParts {
  readonly projections: ProjectionStore;
  readonly forwardings: ForwardingStore;
  readonly reconciliations: ReconciliationStore;
  readonly registry: Registry;
  readonly build: BuildRegistryItems;
  readonly forward: Forward;
  readonly erasures: Pick<ErasureStore, 'ofRegistry'>;
  readonly cipher: TextIndexer;
  readonly clock: Clock;
}

/** Compares one day with the core registry; what is ours and missing there goes out again, what differs is reported. */
export type Reconcile = (day: Day) => Promise<Reconciliation>;

interface Ours {
  readonly forwarding: Forwarding;
  readonly history: RegistryHistory;
}

const PAGE = 500;

export function createReconcile(parts: ReconcileParts): Reconcile {
  const { registry, forwardings, reconciliations, forward, clock } = parts;
  return async function reconcile(day) {
    const [ours, theirs] = await Promise.all([currentVersions(parts, day), registry.digestsOf(day)]);
    if (!theirs) return saved(reconciliations, { day, compared: 0, equal: 0, findings: [], state: 'registry-away' });
    const there = new Map(theirs.map((digest) => [digest.siteId, digest]));
    const here = new Map(
      digestBySite(ours.filter(wasTaken).map(({ history }) => history)).map((digest) => [digest.siteId, digest]),
    );
    const sites = [...new Set([...here.keys(), ...there.keys()])];
    const unequal = sites.filter((siteId) => here.get(siteId)?.digest !== there.get(siteId)?.digest);
    const findings: Finding[] = [];
    for (const siteId of unequal) {
      const held = await registry.historiesOf(siteId, day);
      if (!held)
        return saved(reconciliations, { day, compared: sites.length, equal: 0, findings, state: 'registry-away' });
      findings.push(
        ...compare(
          ours.filter(({ history }) => history.siteId === siteId),
          await withoutErased(parts, held),
        ),
      );
    }
    const again = findings.flatMap(({ resend }) => resend ?? []);
    for (const id of again) await forwardings.resend(id, clock.real());
    if (again.length > 0) await forward();
    return saved(reconciliations, {
      day,
      compared: sites.length,
      equal: sites.length - unequal.length,
      findings,
      state: 'done',
    });
  };
}

/** What the registry holds of people who were deleted here is nobody's finding. */
async function withoutErased(
  { erasures, cipher }: ReconcileParts,
  held: readonly RegistryHistory[],
): Promise<readonly RegistryHistory[]> {
  const hashes = new Map(held.map(({ workerId }) => [workerId, registryHashOf(cipher, workerId)]));
  const erased = await erasures.ofRegistry([...hashes.values()]);
  return held.filter(({ workerId }) => !erased.has(hashes.get(workerId) ?? ''));
}

type Finding = Reconciliation['findings'][number] & { readonly resend?: string };

/** The current version of every history of that day which can be named in the registry's ids, the withdrawn ones with them. */
async function currentVersions(parts: ReconcileParts, day: Day): Promise<readonly Ours[]> {
  return [
    ...(await versionsOf(parts, { from: day, to: day })),
    ...(await versionsOf(parts, { from: day, to: day, withdrawn: true })),
  ];
}

async function versionsOf(
  { projections, forwardings, build }: ReconcileParts,
  filter: HistoryFilter,
): Promise<readonly Ours[]> {
  const ours: Ours[] = [];
  let after: string | undefined;
  do {
    const page = await projections.pageHistories(filter, { limit: PAGE, within: 'everything', ...present({ after }) });
    const ids = page.items.map((history) => history.id);
    const current = [...(await forwardings.latest('history', ids)).values()];
    for (const [place, built] of (await build(current)).entries()) {
      const forwarding = current[place];
      if (!forwarding || !built.ok || built.value.kind !== 'history') continue;
      ours.push({ forwarding, history: asTaken(forwarding, built.value.history) });
    }
    after = page.next;
  } while (after !== undefined);
  return ours;
}

/** A history taken incompletely is held there without job type and position. */
function asTaken({ state }: Forwarding, history: RegistryHistory): RegistryHistory {
  return state === 'accepted-incomplete' ? { ...history, jobType: null, position: null } : history;
}

function wasTaken({ forwarding }: Ours): boolean {
  return forwarding.state === 'accepted' || forwarding.state === 'accepted-incomplete';
}

/** Record by record. What is still on its way is nobody's finding yet. */
function compare(ours: readonly Ours[], held: readonly RegistryHistory[]): readonly Finding[] {
  const theirs = new Map(held.map((history) => [keyOf(history), history]));
  const known = new Set(ours.map(({ history }) => keyOf(history)));
  const mine = ours.flatMap((our): Finding[] => {
    const { forwarding, history } = our;
    const there = theirs.get(keyOf(history));
    if (forwarding.state === 'pending' || forwarding.state === 'sending') return [];
    if (history.withdrawn) return there ? [{ key: forwarding.key, finding: 'still-there', resend: forwarding.id }] : [];
    if (!there) return wasTaken(our) ? [{ key: forwarding.key, finding: 'missing-there', resend: forwarding.id }] : [];
    const equal = wasTaken(our) && digestOf(comparableHistory(there)) === digestOf(comparableHistory(history));
    return equal ? [] : [{ key: forwarding.key, finding: 'differs' }];
  });
  const unknown = held.filter((history) => !known.has(keyOf(history)));
  return [...mine, ...unknown.map((history): Finding => ({ key: keyOf(history), finding: 'missing-here' }))];
}

function keyOf({ workerId, siteId, workDate }: RegistryHistory): string {
  return `${workerId}:${siteId}:${workDate}`;
}

async function saved(
  store: ReconciliationStore,
  {
    day,
    compared,
    equal,
    findings,
    state,
  }: Pick<Reconciliation, 'day' | 'compared' | 'equal' | 'state'> & { findings: readonly Finding[] },
): Promise<Reconciliation> {
  const repaired = findings.filter(({ resend }) => resend !== undefined).length;
  const reconciliation: Reconciliation = {
    id: `reconcile:${day}`,
    day,
    compared,
    equal,
    repaired,
    reported: findings.length - repaired,
    findings: findings.map(({ key, finding }) => ({ key, finding })),
    state,
  };
  await store.save(reconciliation);
  return reconciliation;
}
