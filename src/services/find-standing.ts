import type { Viewer } from '../domain/api-key.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { type Tree, branchOf } from '../domain/tree.ts';
import type { Worker } from '../domain/worker.ts';
import type { RelationStore } from '../ports-access.ts';

export type Standing = ReturnType<typeof createStanding>;

/** What a viewer's firm, or he himself, is to whom; each answer is looked up once. */
export function createStanding(viewer: Viewer, relations: RelationStore, today: () => Day) {
  const { firmId, workerId } = viewer;
  const isHis = ownSiteFilter(viewer);

  const sitesAsPrime = once(async () => {
    const sites = firmId ? await relations.sitesOfPrime(firmId) : [];
    return sites.filter((site) => isHis(site.id, site.siteManagerIds));
  });
  const primeSites = once(async () => new Set((await sitesAsPrime()).map(({ id }) => id)));
  /** Every tree his firm stands in: its own firm and those below it. */
  const branches = once(async () => {
    const trees = firmId ? await relations.treesWith(firmId) : [];
    const his = trees.filter(({ siteId }) => isHis(siteId, []));
    return new Map(his.map((tree: Tree) => [tree.siteId, branchOf(tree, firmId as FirmId)]));
  });
  const ownWorkers = once(async () => {
    const workers = firmId ? await relations.workersOf(firmId) : [];
    return new Map(workers.map((worker) => [worker.id, sinceOf(worker)]));
  });
  const running = async (ids: Iterable<SiteId>) => {
    const sites = await relations.sitesAmong([...ids]);
    return sites.filter(({ historyPeriod: { from, to } }) => from <= today() && today() <= to).map(({ id }) => id);
  };
  return {
    primeSites,
    branches,
    ownWorkers,
    himself: once(() => Promise.resolve(new Map<WorkerId, Day>(workerId ? [[workerId, '' as Day]] : []))),
    rosterSites: once(async (): Promise<readonly SiteId[]> => (workerId ? relations.sitesOfWorker(workerId) : [])),
    consenting: once(async () => (firmId ? relations.consentingTo(firmId) : [])),
    employers: once(async () => {
      const worker = workerId ? await relations.worker(workerId) : undefined;
      return worker?.employerId ? [worker.employerId] : [];
    }),
    lowerFirms: once(async () => [...new Set([...(await branches()).values()].flatMap((firms) => [...firms]))]),
    /** Only while the site runs (A-5, PR-005). */
    rosterAsPrime: once(async () =>
      relations.rosterWorkers((await running(await primeSites())).map((siteId) => ({ siteId }))),
    ),
    rosterInBranches: once(async () => {
      const open = new Set(await running((await branches()).keys()));
      const people = [...(await branches())].filter(([siteId]) => open.has(siteId));
      return relations.rosterWorkers(people.map(([siteId, firmIds]) => ({ siteId, firmIds: [...firmIds] })));
    }),
  };
}

/** A site manager has the sites that name him or that his key names; others have all of their firm's unless their key names some. */
function ownSiteFilter({ role, siteIds, keyId }: Viewer): (id: SiteId, managerIds: readonly string[]) => boolean {
  if (role === 'site-manager') return (id, managers) => (siteIds ?? []).includes(id) || managers.includes(keyId);
  return (id) => siteIds === undefined || siteIds.includes(id);
}

/** The first day of the employment that lasts; empty for somebody who never had another employer. */
function sinceOf({ employments, employerId }: Worker): Day {
  const others = employments.some(({ firmId }) => firmId !== employerId);
  const lasting = employments.find(({ firmId, to }) => firmId === employerId && to === undefined);
  return others && lasting ? lasting.from : ('' as Day);
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= find());
}
