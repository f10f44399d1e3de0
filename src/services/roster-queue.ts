import type { SiteId } from '../domain/ids.ts';
import type { RosterLine } from '../domain/roster.ts';
import type { Tree } from '../domain/tree.ts';
import type { Log } from '../ports.ts';
import { createNudgedLoop } from './nudged-loop.ts';
import type { RecordRosters } from './record-rosters.ts';

/** Told of a site whose roster lines and tree were derived. */
export type RosterDerived = (siteId: SiteId, lines: readonly RosterLine[], tree: Tree) => void;

/** A version waits until no roster was derived for so long, so that a rush at the gates has the database for itself; but no longer than that. */
const QUIET_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Writes the versions of rosters behind the projection (PR-063). What a crash forgets here is written with the next
 * change of that site, or by the daily job.
 */
export function createRosterQueue({ rosters, log }: { readonly rosters: RecordRosters; readonly log: Log }) {
  const waiting = new Set<SiteId>();
  let [since, last] = [0, 0];

  const loop = createNudgedLoop({
    name: 'versions of rosters',
    log,
    pauseMs: QUIET_MS,
    async work() {
      const now = performance.now();
      if (now - last < QUIET_MS && now - since < LONGEST_MS) return QUIET_MS;
      const due = [...waiting];
      // What is derived meanwhile waits anew.
      since = now;
      await record(due);
    },
  });

  async function record(siteIds: readonly SiteId[]): Promise<void> {
    // Taken out first: what changes meanwhile puts it in again.
    for (const siteId of siteIds) waiting.delete(siteId);
    try {
      await rosters.record(siteIds);
    } catch (error) {
      for (const siteId of siteIds) waiting.add(siteId);
      throw error;
    }
  }

  const derived: RosterDerived = (siteId, lines, tree) => {
    if (rosters.isSettled(siteId, lines, tree)) return;
    last = performance.now();
    if (waiting.size === 0) since = last;
    waiting.add(siteId);
    loop.nudge();
  };
  return { derived, stop: () => loop.stop() };
}
