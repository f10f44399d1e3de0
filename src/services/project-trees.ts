import type { Firm } from '../domain/firm.ts';
import type { FirmId, SiteId } from '../domain/ids.ts';
import type { RosterLine } from '../domain/roster.ts';
import type { Site } from '../domain/site.ts';
import { type Tree, buildTree } from '../domain/tree.ts';
import type { ForwardingStore } from '../ports-forwarding.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { FirmStore, SiteStore } from '../ports.ts';
import { treeForwardings } from './derive-forwardings.ts';
import type { RosterDerived } from './roster-queue.ts';

export interface ProjectTreesParts {
  readonly projections: ProjectionStore;
  readonly forwardings: ForwardingStore;
  readonly firms: FirmStore;
  readonly sites: SiteStore;
  /** Told of every site whose tree was made; a version of its roster may follow (PR-063). */
  readonly rosterDerived: RosterDerived;
}

/** Rebuilds the trees of the sites that these roster lines name, and enqueues trees and lines for the registry. */
export type ProjectTrees = (lines: readonly RosterLine[]) => Promise<void>;

export function createProjectTrees({
  projections,
  forwardings,
  firms,
  sites,
  rosterDerived,
}: ProjectTreesParts): ProjectTrees {
  return async function projectTrees(lines) {
    const siteIds = [...new Set(lines.map((line) => line.siteId))];
    if (siteIds.length === 0) return;
    const [roster, places] = await Promise.all([projections.rosterOfSites(siteIds), sites.findMany(siteIds)]);
    const known = await firmsAbove(firms, [...places.map((site) => site.primeId), ...roster.flatMap(firmsIn)]);
    const trees = places.map((site) => treeOf(known, site, linesAt(roster, site.id)));
    await projections.saveTrees(trees);
    await forwardings.enqueue(treeForwardings({ sites: places, trees, roster: lines }));
    for (const { tree } of trees) rosterDerived(tree.siteId, linesAt(roster, tree.siteId), tree);
  };
}

function linesAt(roster: readonly RosterLine[], siteId: SiteId): readonly RosterLine[] {
  return roster.filter((line) => line.siteId === siteId);
}

interface SiteTree {
  readonly tree: Tree;
  readonly firms: ReadonlyMap<FirmId, Firm>;
  readonly facts: number;
}

function treeOf(firms: ReadonlyMap<FirmId, Firm>, site: Site, lines: readonly RosterLine[]): SiteTree {
  const evidence = lines.flatMap((line) => line.evidence);
  const facts = lines.reduce((sum, line) => sum + line.facts, 0);
  const tree = buildTree(site.id, { primeId: site.primeId, firms }, evidence);
  return { tree, firms, facts };
}

function firmsIn({ evidence }: RosterLine): readonly FirmId[] {
  return evidence.flatMap(({ firmId, upperFirmId }) => (upperFirmId ? [firmId, upperFirmId] : [firmId]));
}

/** The named firms and, following their usual upper firms, those above them. */
async function firmsAbove(firms: FirmStore, ids: readonly FirmId[]): Promise<ReadonlyMap<FirmId, Firm>> {
  const found = new Map<FirmId, Firm>();
  let wanted = [...new Set(ids)];
  while (wanted.length > 0) {
    const batch = await firms.findMany(wanted);
    for (const firm of batch) found.set(firm.id, firm);
    wanted = [
      ...new Set(batch.flatMap(({ usualUpperId }) => (usualUpperId && !found.has(usualUpperId) ? [usualUpperId] : []))),
    ];
  }
  return found;
}
