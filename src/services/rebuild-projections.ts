import type { CallId, WorkerId } from '../domain/ids.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { RosterVersionStore } from '../ports-rosters.ts';
import type { LedgerStore } from '../ports.ts';
import type { Project } from './project.ts';

interface Parts {
  readonly ledger: LedgerStore;
  readonly projections: ProjectionStore;
  readonly rosterVersions: Pick<RosterVersionStore, 'hold' | 'release'>;
  readonly project: Project;
  readonly progress: (sentence: string) => void;
}

const BATCH = 100;
const REPORT_EVERY = 2_000;

/** Drops everything derived and derives it anew from the ledger; the digests before and after are of histories, rosters and trees. */
export async function rebuild({ ledger, projections, rosterVersions, project, progress }: Parts) {
  const workerIds = new Set<WorkerId>();
  const callIds = new Set<CallId>();
  let entries = 0;
  for await (const entry of ledger.all()) {
    entries += 1;
    if (entry.workerId && entry.seq !== undefined) workerIds.add(entry.workerId);
    if (entry.callId) callIds.add(entry.callId);
    if (entries % REPORT_EVERY === 0) progress(`read ${String(entries)} entries`);
  }
  const before = await projections.digest();
  // Versions of rosters are records, not derived: none is written of a roster that is only half there again.
  await rosterVersions.hold();
  await projections.drop();
  for (const batch of batches([...workerIds])) await project({ workerIds: batch, callIds: [] });
  for (const batch of batches([...callIds])) await project({ workerIds: [], callIds: batch });
  await rosterVersions.release();
  return { before, after: await projections.digest(), entries };
}

function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_unused, place) =>
    items.slice(place * BATCH, (place + 1) * BATCH),
  );
}
