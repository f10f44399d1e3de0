import { digestOf } from '../domain/digest.ts';
import type { SiteId } from '../domain/ids.ts';
import type { RosterLine } from '../domain/roster.ts';
import { type RosterContent, contentAfter, hasLeft, nextVersion, rosterContent } from '../domain/roster-version.ts';
import type { Tree } from '../domain/tree.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { RosterHold, RosterVersionStore } from '../ports-rosters.ts';
import type { Clock, SiteStore, WorkerStore } from '../ports.ts';

interface Parts {
  readonly rosterVersions: RosterVersionStore;
  readonly projections: Pick<ProjectionStore, 'rosterOfSites' | 'trees' | 'sitesWithRoster'>;
  readonly workers: Pick<WorkerStore, 'employmentsOf'>;
  readonly sites: Pick<SiteStore, 'findMany'>;
  readonly clock: Pick<Clock, 'now'>;
}

export type RecordRosters = ReturnType<typeof createRecordRosters>;

const TRIES = 12;
const REMEMBERED = 5_000;
/** So many sites are looked at by the same few commands. */
const SITES_AT_ONCE = 32;

/**
 * Writes a version of a site's roster whenever its firms or workers change (PR-063). The last version is read before the roster: whoever
 * writes the next number has seen all that the one before had, so nobody writes what is already past.
 */
export function createRecordRosters(parts: Parts) {
  const { projections, sites, clock } = parts;
  /** What was last found to be in the last version: the usual call changes nothing and asks no more. */
  const settled = new Map<SiteId, string>();

  /** Some sites together; answers how many versions there are more. */
  async function record(siteIds: readonly SiteId[]): Promise<number> {
    let [left, written] = [siteIds, 0];
    for (let tries = 0; tries < TRIES && left.length > 0; tries += 1) {
      const done = await attempt(parts, left);
      if (done === 'held') break;
      if (settled.size >= REMEMBERED) settled.clear();
      for (const [siteId, plain] of done.settled) settled.set(siteId, plain);
      left = left.filter((siteId) => !done.settled.has(siteId));
      written += done.written;
    }
    return written;
  }

  async function recordAll(siteIds: readonly SiteId[], signal?: AbortSignal): Promise<number> {
    let written = 0;
    for (let from = 0; from < siteIds.length && !signal?.aborted; from += SITES_AT_ONCE) {
      written += await record(siteIds.slice(from, from + SITES_AT_ONCE));
    }
    return written;
  }

  return {
    record: recordAll,
    /** Whether a roster as it was derived is known to be in the last version. */
    isSettled: (siteId: SiteId, lines: readonly RosterLine[], tree: Tree) =>
      settled.get(siteId) === digestOf(rosterContent(lines, tree)),
    /** Every site that runs today, for what changes by the day alone: somebody has left his firm. Answers how many versions there are more. */
    async all(signal?: AbortSignal): Promise<number> {
      const today = tokyoDay(clock.now());
      const known = await sites.findMany(await projections.sitesWithRoster());
      const running = known.filter(({ historyPeriod: { from, to } }) => from <= today && today <= to);
      return recordAll(
        running.map(({ id }) => id),
        signal,
      );
    },
  };
}

/** The sites whose last version holds what they are now, and how many of those versions were made here. */
interface Recorded {
  /** Each with the roster as derived, with those who have left: what the next call is held against. */
  readonly settled: ReadonlyMap<SiteId, string>;
  readonly written: number;
}

async function attempt(parts: Parts, siteIds: readonly SiteId[]): Promise<Recorded | 'held'> {
  const { rosterVersions, clock } = parts;
  const hold = await rosterVersions.holdState();
  const latest = await rosterVersions.latestOf(siteIds);
  const rosters = await readRosters(parts, siteIds);
  const changed = rosters.filter(({ siteId, content }) => !isIn(latest.get(siteId), content));
  const earlier = changed.length > 0 ? await rosterVersions.ofSites(changed.map(({ siteId }) => siteId)) : [];
  const at = clock.now();
  const next = changed.flatMap(({ siteId, content }) => {
    const last = latest.get(siteId)?.version ?? 0;
    const before = contentAfter(earlier.filter((one) => one.siteId === siteId && one.version <= last));
    return nextVersion({ siteId, version: last + 1, at }, before, content) ?? [];
  });
  // What is being derived anew is not there yet, and is not a change.
  if (await wasHeld(rosterVersions, hold)) return 'held';
  const written = next.length > 0 ? await rosterVersions.append(next) : new Set<SiteId>();
  const overtaken = new Set(changed.flatMap(({ siteId }) => (written.has(siteId) ? [] : [siteId])));
  const kept = rosters.filter(({ siteId }) => !overtaken.has(siteId));
  return { settled: new Map(kept.map(({ siteId, plain }) => [siteId, plain])), written: written.size };
}

/** A site on which nobody ever was has no version. */
function isIn(latest: { readonly digest: string } | undefined, content: RosterContent): boolean {
  return latest ? latest.digest === digestOf(content) : content.workers.length === 0;
}

/** Whether the roster was, at any time since, being derived anew. */
async function wasHeld(rosterVersions: Parts['rosterVersions'], before: RosterHold): Promise<boolean> {
  const now = await rosterVersions.holdState();
  return before.held || now.held || before.count !== now.count;
}

async function readRosters({ projections, workers, clock }: Parts, siteIds: readonly SiteId[]) {
  const lines = await projections.rosterOfSites(siteIds);
  const [trees, employments] = await Promise.all([
    projections.trees(siteIds),
    workers.employmentsOf(lines.map(({ workerId }) => workerId)),
  ]);
  const today = tokyoDay(clock.now());
  const isGone = ({ workerId, firmId }: RosterLine) => hasLeft(employments.get(workerId) ?? [], firmId, today);
  return siteIds.map((siteId) => {
    const own = lines.filter((line) => line.siteId === siteId);
    const tree = trees.find((one) => one.siteId === siteId) ?? { nodes: [] };
    return { siteId, content: rosterContent(own, tree, isGone), plain: digestOf(rosterContent(own, tree)) };
  });
}
