import type { Viewer } from '../domain/api-key.ts';
import { presentEmployment } from '../domain/employment.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { registrationStateOf } from '../domain/registration.ts';
import type { Site } from '../domain/site.ts';
import { type Tree, branchOf } from '../domain/tree.ts';
import type { Worker } from '../domain/worker.ts';
import type { RelationStore } from '../ports-access.ts';

export type Standing = ReturnType<typeof createStanding>;

type Today = () => Day;

/** What a viewer's firm, or he himself, is to whom; each answer is looked up once. */
export function createStanding(viewer: Viewer, relations: RelationStore, today: Today) {
  const sites = standingAtSites(viewer, relations);
  return { ...sites, ...standingToPeople(viewer, relations, { ...sites, today }) };
}

function standingAtSites(viewer: Viewer, relations: RelationStore) {
  const { firmId, workerId } = viewer;
  const isHis = ownSiteFilter(viewer);
  const trees = once(async () => {
    const own = await ownFirm();
    const all = own ? await relations.treesWith(own) : [];
    return all.filter(({ siteId }) => isHis(siteId, []));
  });
  const isRegistered = once(async () => {
    const firm = firmId ? await relations.firm(firmId) : undefined;
    return firm === undefined || registrationStateOf(firm) === 'registered';
  });
  /** A firm that is not registered has no view of sites and of other firms. */
  const ownFirm = once(async () => ((await isRegistered()) ? firmId : undefined));
  const branches = once(async () => {
    const own = (tree: Tree) => [tree.siteId, branchOf(tree, firmId as FirmId)] as const;
    return new Map((await trees()).map(own));
  });
  const lowerFirms = once(async () => [...new Set([...(await branches()).values()].flatMap((firms) => [...firms]))]);
  return {
    primeSites: once(async () => {
      const own = await ownFirm();
      const sites = own ? await relations.sitesOfPrime(own) : [];
      return new Set(sites.filter((site) => isHis(site.id, site.siteManagerIds)).map(({ id }) => id));
    }),
    /** Whether his firm is registered with the core registry (F-01); who acts for no firm is not asked. */
    isRegistered,
    /** Every tree his firm stands in: its own firm and those below it. */
    branches,
    lowerFirms,
    /** Sites where his firm stands directly below the prime. */
    firstTierSites: once(async () => {
      const isFirst = ({ nodes }: Tree) => nodes.some((node) => node.firmId === firmId && node.tier === 1);
      return (await trees()).filter(isFirst).map(({ siteId }) => siteId);
    }),
    rosterSites: once(async (): Promise<readonly SiteId[]> => (workerId ? relations.sitesOfWorker(workerId) : [])),
    /** Firms that agreed, as long as they stand below his. */
    consenting: once(async () => {
      const below = new Set(await lowerFirms());
      const agreed = firmId ? await relations.consentingTo(firmId) : [];
      return agreed.filter((id) => id !== firmId && below.has(id));
    }),
  };
}

type AtSites = ReturnType<typeof standingAtSites>;

function standingToPeople(
  { firmId, workerId }: Viewer,
  relations: RelationStore,
  { primeSites, branches, isRegistered, today }: AtSites & { readonly today: Today },
) {
  const isRunning = ({ historyPeriod: { from, to } }: Site) => from <= today() && today() <= to;
  const running = async (ids: Iterable<SiteId>) =>
    (await relations.sitesAmong([...ids])).filter(isRunning).map(({ id }) => id);
  const inBranches = async (open: ReadonlySet<SiteId>) => {
    const people = [...(await branches())].filter(([siteId]) => open.has(siteId));
    return people.map(([siteId, firmIds]) => ({ siteId, firmIds: [...firmIds] }));
  };
  const ownPeople = once(async () => (firmId ? relations.workersOf(firmId) : []));
  const ownWorkers = once(async () => new Map((await ownPeople()).map((worker) => [worker.id, sinceOf(worker)])));
  const himself = once(() => Promise.resolve(new Map<WorkerId, Day>(workerId ? [[workerId, '' as Day]] : [])));
  /** Whoever is or was on a roster in his reach, also after the site's end. */
  const met = once(async () => {
    const asPrime = [...(await primeSites())].map((siteId) => ({ siteId }));
    return relations.rosterWorkers([...asPrime, ...(await inBranches(new Set((await branches()).keys())))]);
  });
  return {
    met,
    ownWorkers,
    himself,
    ...registersOf(workerId, relations, { ownPeople, ownWorkers }),
    employers: once(async () => {
      const worker = workerId ? await relations.worker(workerId) : undefined;
      return worker?.employerId ? [worker.employerId] : [];
    }),
    leavers: once(async () => (firmId ? relations.leaversOf(firmId) : [])),
    formerWorkers: once(async () => (firmId ? relations.formerWorkersOf(firmId) : [])),
    /** Of whom worker and employer disclose something: open to every registered firm, whether it works with them or not. */
    disclosed: once(async () => ((await isRegistered()) ? relations.disclosing() : [])),
    /** Only while the site runs (A-5, PR-005). */
    rosterAsPrime: once(async () =>
      relations.rosterWorkers((await running(await primeSites())).map((siteId) => ({ siteId }))),
    ),
    rosterInBranches: once(async () =>
      relations.rosterWorkers(await inBranches(new Set(await running((await branches()).keys())))),
    ),
  };
}

interface OwnPeople {
  readonly ownPeople: () => Promise<readonly Worker[]>;
  readonly ownWorkers: () => Promise<ReadonlyMap<WorkerId, Day>>;
}

/** Registers that are kept in others now: what stands in them is read with the others. */
function registersOf(workerId: WorkerId | undefined, relations: RelationStore, { ownPeople, ownWorkers }: OwnPeople) {
  return {
    /** His firm's, and those that were merged into one of them: of these, only what is of this employment. */
    ownRegisters: once(async () => {
      const since = new Map((await ownPeople()).map((worker) => [worker.id, presentEmployment(worker)?.from]));
      const others = (await relations.keptElsewhere()).flatMap(({ keptId, otherId }): [WorkerId, Day][] => {
        const from = since.get(keptId);
        return from === undefined ? [] : [[otherId, from]];
      });
      return new Map([...others, ...(await ownWorkers())]);
    }),
    hisRegisters: once(async (): Promise<readonly WorkerId[]> => {
      if (!workerId) return [];
      const others = (await relations.keptElsewhere()).filter(({ keptId }) => keptId === workerId);
      return [workerId, ...others.map(({ otherId }) => otherId)];
    }),
  };
}

/** A site manager has the sites that name him or that his key names; others have all of their firm's unless their key names some. */
function ownSiteFilter({ role, siteIds, keyId }: Viewer): (id: SiteId, managerIds: readonly string[]) => boolean {
  if (role === 'site-manager') return (id, managers) => (siteIds ?? []).includes(id) || managers.includes(keyId);
  return (id) => siteIds === undefined || siteIds.includes(id);
}

/** The first day of the employment of now; empty for somebody who never had another employer. */
function sinceOf(worker: Worker): Day {
  const others = worker.employments.some(({ firmId, planned }) => firmId !== worker.employerId && !planned);
  const present = presentEmployment(worker);
  return others && present ? present.from : ('' as Day);
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= find());
}
