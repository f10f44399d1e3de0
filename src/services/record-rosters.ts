import { digestOf } from '../domain/digest.ts';
import type { SiteId } from '../domain/ids.ts';
import type { RosterLine } from '../domain/roster.ts';
import {
  EMPTY_ROSTER,
  type RosterContent,
  type RosterVersion,
  contentAfter,
  hasLeft,
  nextVersion,
  rosterContent,
} from '../domain/roster-version.ts';
import type { Tree } from '../domain/tree.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { RosterHold, RosterVersionStore } from '../ports-rosters.ts';
import type { Clock, SiteStore, WorkerStore } from '../ports.ts';

interface Parts {
  readonly rosterVersions: RosterVersionStore;
  readonly projections: Pick<ProjectionStore, 'rosterOfSites' | 'trees' | 'sitesWithRoster'>;
  readonly workers: Pick<WorkerStore, 'findMany'>;
  readonly sites: Pick<SiteStore, 'findMany'>;
  readonly clock: Pick<Clock, 'now'>;
}

export type RecordRosters = ReturnType<typeof createRecordRosters>;

const TRIES = 12;
const REMEMBERED = 5_000;

/**
 * Writes a version of a site's roster whenever its firms or workers change (PR-063). The last version is read before the roster: whoever
 * writes the next number has seen all that the one before had, so nobody writes what is already past.
 */
export function createRecordRosters(parts: Parts) {
  const { projections, sites, clock } = parts;
  /** What was last found to be in the last version: the usual call changes nothing and asks no more. */
  const settled = new Map<SiteId, string>();

  /** True when there is a version more. */
  async function record(siteId: SiteId): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const done = await attempt(parts, siteId);
      if (done === 'held') return false;
      if (done === 'overtaken') continue;
      if (settled.size >= REMEMBERED) settled.clear();
      settled.set(siteId, done.plain);
      return done.isNew;
    }
    return false;
  }

  return {
    record,
    /** Whether a roster as it was derived is known to be in the last version. */
    isSettled: (siteId: SiteId, lines: readonly RosterLine[], tree: Tree) =>
      settled.get(siteId) === digestOf(rosterContent(lines, tree)),
    /** Every site that runs today, for what changes by the day alone: somebody has left his firm. Answers how many versions there are more. */
    async all(signal?: AbortSignal): Promise<number> {
      const today = tokyoDay(clock.now());
      const known = await sites.findMany(await projections.sitesWithRoster());
      const running = known.filter(({ historyPeriod: { from, to } }) => from <= today && today <= to);
      let written = 0;
      for (const { id } of running) {
        if (signal?.aborted) break;
        if (await record(id)) written += 1;
      }
      return written;
    },
  };
}

/** What stands in the last version now, and whether that was made here. */
interface Recorded {
  /** Of the roster as derived, with those who have left: what the next call is held against. */
  readonly plain: string;
  readonly isNew: boolean;
}

async function attempt(parts: Parts, siteId: SiteId): Promise<Recorded | 'held' | 'overtaken'> {
  const { rosterVersions, clock } = parts;
  const hold = await rosterVersions.holdState();
  const latest = await rosterVersions.latest(siteId);
  const { content, plain } = await readRoster(parts, siteId);
  if (isIn(latest, content)) return { plain, isNew: false };
  const before = latest ? contentAfter(await rosterVersions.upTo(siteId, latest.version)) : EMPTY_ROSTER;
  const version = (latest?.version ?? 0) + 1;
  const next = nextVersion({ siteId, version, at: clock.now() }, before, content);
  // What is being derived anew is not there yet, and is not a change.
  if (await wasHeld(rosterVersions, hold)) return 'held';
  return next && (await rosterVersions.append(next)) ? { plain, isNew: true } : 'overtaken';
}

/** A site on which nobody ever was has no version. */
function isIn(latest: RosterVersion | undefined, content: RosterContent): boolean {
  return latest ? latest.digest === digestOf(content) : content.workers.length === 0;
}

/** Whether the roster was, at any time since, being derived anew. */
async function wasHeld(rosterVersions: Parts['rosterVersions'], before: RosterHold): Promise<boolean> {
  const now = await rosterVersions.holdState();
  return before.held || now.held || before.count !== now.count;
}

async function readRoster({ projections, workers, clock }: Parts, siteId: SiteId) {
  const lines = await projections.rosterOfSites([siteId]);
  const [[tree = { nodes: [] }], people] = await Promise.all([
    projections.trees([siteId]),
    workers.findMany(lines.map(({ workerId }) => workerId)),
  ]);
  const today = tokyoDay(clock.now());
  const employments = new Map(people.map((worker) => [worker.id, worker.employments]));
  const isGone = ({ workerId, firmId }: RosterLine) => hasLeft(employments.get(workerId) ?? [], firmId, today);
  return { content: rosterContent(lines, tree, isGone), plain: digestOf(rosterContent(lines, tree)) };
}
