import type { CallId, WorkerId } from '../domain/ids.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Log } from '../ports.ts';
import { type NudgedLoop, createNudgedLoop } from './nudged-loop.ts';
import type { Project, Touched } from './project.ts';

/** Collects what has to be projected and does it in batches, so that a rush at the gate costs a few passes and not one per call. */
export interface ProjectionQueue {
  readonly add: (entry: Pick<LedgerEntry, 'workerId' | 'seq' | 'callId'>) => void;
  readonly stop: () => Promise<void>;
}

const BATCH = 200;
/** Well inside the two seconds after which everybody may see what a call changed. */
const PAUSE_MS = 400;

export function createProjectionQueue(parts: {
  readonly project: Project;
  readonly log: Log;
  readonly projected: () => void;
}): ProjectionQueue {
  const { project, log, projected } = parts;
  const workerIds = new Set<WorkerId>();
  const callIds = new Set<CallId>();

  const loop: NudgedLoop = createNudgedLoop({
    name: 'projection',
    log,
    pauseMs: PAUSE_MS,
    async work() {
      const batch: Touched = { workerIds: take(workerIds), callIds: take(callIds) };
      try {
        await project(batch);
      } catch (error) {
        batch.workerIds.forEach((id) => workerIds.add(id));
        batch.callIds.forEach((id) => callIds.add(id));
        throw error;
      }
      projected();
      return workerIds.size + callIds.size > 0 ? 0 : undefined;
    },
  });

  return {
    add({ workerId, seq, callId }) {
      if (workerId && seq !== undefined) workerIds.add(workerId);
      if (callId) callIds.add(callId);
      loop.nudge();
    },
    stop: () => loop.stop(),
  };
}

function take<T>(set: Set<T>): readonly T[] {
  const taken = [...set].slice(0, BATCH);
  for (const one of taken) set.delete(one);
  return taken;
}
