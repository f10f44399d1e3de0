import { digestOf } from '../domain/digest.ts';
import type { FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { isOnSite } from '../domain/presence.ts';
import { lastDayOf } from '../domain/roster.ts';
import type { SeenAt } from '../domain/reach.ts';
import { type TreeNode, uppersWithin } from '../domain/tree.ts';
import { tokyoText } from '../domain/work-day.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { Clock, FirmStore, WorkerStore } from '../ports.ts';
import type { ReadHistories } from './read-histories.ts';
import type { DescribePeople, Looking } from './view-roster.ts';

interface Parts {
  readonly projections: ProjectionStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly clock: Clock;
  readonly readHistories: ReadHistories;
  readonly describePeople: DescribePeople;
}

export type SiteViews = ReturnType<typeof createSiteViews>;

/** What a site looks like from its calls, as far as the asker sees its people: nothing is told without saying whose. */
export function createSiteViews(parts: Parts) {
  return {
    presence: (siteId: SiteId, seen: Seen) => presenceView(parts, siteId, seen),
    tree: (siteId: SiteId, seen: Seen) => treeView(parts, siteId, seen),
    roster: (looking: Looking) => rosterView(parts, looking),
  };
}

type Seen = SeenAt | undefined;

/** One's own branch of the tree, and the chain that it hangs on is named by the upper firm alone. */
export function seesFirm(seen: Seen, firmId: FirmId): boolean {
  if (seen === 'all') return true;
  return seen !== undefined && 'firmIds' in seen && seen.firmIds.has(firmId);
}

/** Those whose people he sees; himself where he is a worker. */
export function seesPerson(
  seen: Seen,
  { workerId, firmId }: { readonly workerId: WorkerId; readonly firmId?: FirmId | undefined },
): boolean {
  if (seen !== undefined && seen !== 'all' && 'workerId' in seen) return seen.workerId === workerId;
  return seen === 'all' || (firmId !== undefined && seesFirm(seen, firmId));
}

async function presenceView({ projections, workers, clock }: Parts, siteId: SiteId, seen: Seen) {
  const now = clock.now();
  const present = (await projections.presentAt(siteId)).filter((one) => isOnSite(one, now));
  const known = new Map((await workers.findMany(present.map(({ workerId }) => workerId))).map((w) => [w.id, w]));
  const people = present
    .filter(({ workerId }) => seesPerson(seen, { workerId, firmId: known.get(workerId)?.employerId ?? undefined }))
    .map(({ workerId, since }) => {
      const worker = known.get(workerId);
      return { workerId, name: worker?.name ?? '', employerId: worker?.employerId ?? null, since: tokyoText(since) };
    })
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  const firms = new Set(people.map(({ employerId }) => employerId)).size;
  return { at: tokyoText(now), people, counts: { people: people.length, firms } };
}

async function treeView({ projections, firms }: Parts, siteId: SiteId, seen: Seen) {
  const tree = (await projections.trees([siteId]))[0] ?? { siteId, nodes: [], digest: '' };
  const known = new Map(
    (await firms.findMany([...new Set(tree.nodes.map(({ firmId }) => firmId))])).map((f) => [f.id, f]),
  );
  const rows = rowsSeen(tree.nodes, seen);
  const nodes = rows.map((node) => {
    const firm = known.get(node.firmId);
    return { ...node, ccusId: firm?.ccusId ?? null, name: firm?.name ?? '' };
  });
  // The digest of the whole tree would say when something changes in another branch.
  return { siteId, digest: seen === 'all' ? tree.digest : digestOf(rows), nodes };
}

function rowsSeen(nodes: readonly TreeNode[], seen: Seen): readonly TreeNode[] {
  if (seen === 'all') return nodes;
  if (seen === undefined || 'workerId' in seen) return [];
  return nodes.filter(
    ({ firmId, upperFirmId }) => seen.firmIds.has(firmId) && uppersWithin(firmId, [upperFirmId], seen).length > 0,
  );
}

async function rosterView({ readHistories, describePeople }: Parts, looking: Looking) {
  const lines = (await readHistories.roster(looking.siteId)).filter(({ line }) => seesPerson(looking.seen, line));
  const items = lines.map(({ line, reasons }) => {
    const { workerId, firmId, jobType = null, position = null, source } = line;
    const day = lastDayOf(line);
    return { workerId, firmId, day, jobType, position, source, evaluable: reasons.length === 0, reasons };
  });
  return { items: await describePeople(items, looking) };
}
