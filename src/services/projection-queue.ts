import type { CallId, WorkerId } from '../domain/ids.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { present } from '../domain/present.ts';
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
  const waiting = new Map<string, Touch>();

  const loop: NudgedLoop = createNudgedLoop({
    name: 'projection',
    log,
    pauseMs: PAUSE_MS,
    async work() {
      const batch = take(waiting);
      try {
        await project(touchedBy(batch));
      } catch (error) {
        for (const touch of batch) waiting.set(keyOf(touch), touch);
        throw error;
      }
      projected();
      if (waiting.size === 0) return undefined;
      return waiting.size >= BATCH ? 0 : PAUSE_MS;
    },
  });

  return {
    add({ workerId, seq, callId }) {
      const touch = present({ workerId: seq === undefined ? undefined : workerId, callId });
      waiting.set(keyOf(touch), touch);
      loop.nudge();
    },
    stop: () => loop.stop(),
  };
}

/** An entry's worker and call, which have to be looked at together. */
type Touch = { readonly workerId?: WorkerId; readonly callId?: CallId };

function keyOf({ workerId, callId }: Touch): string {
  return `${workerId ?? ''}:${callId ?? ''}`;
}

function take(waiting: Map<string, Touch>): readonly Touch[] {
  const taken = [...waiting.values()].slice(0, BATCH);
  for (const touch of taken) waiting.delete(keyOf(touch));
  return taken;
}

function touchedBy(batch: readonly Touch[]): Touched {
  const workerIds = batch.flatMap(({ workerId }) => workerId ?? []);
  const callIds = batch.flatMap(({ callId }) => callId ?? []);
  return { workerIds: [...new Set(workerIds)], callIds: [...new Set(callIds)] };
}
