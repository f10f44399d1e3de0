import type { RunResult } from '../domain/job-run.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Clock, LedgerStore } from '../ports.ts';
import type { Project, Touched } from './project.ts';

/** Projects what a crash or a lost nudge left behind, and drops what is only kept for a while. May run at any time, twice too. */
export type Sweep = () => Promise<RunResult>;

/** Younger entries are still in the hands of the process that stored them. */
const AGE_MS = 3_000;
const BATCH = 200;
const BATCHES = 500;

export function createSweep(parts: {
  readonly ledger: LedgerStore;
  readonly answers: { readonly sweep: () => Promise<void> };
  readonly project: Project;
  readonly clock: Clock;
}): Sweep {
  const { ledger, answers, project, clock } = parts;
  return async function sweep() {
    const before = new Date(clock.real().getTime() - AGE_MS);
    const seen = new Set<string>();
    let waiting = 0;
    for (let batch = 0; batch < BATCHES; batch++) {
      // What stays pending waits for more of its call; it must not stand in the way of what lies behind it.
      const limit = BATCH + waiting;
      const entries = await ledger.pending(before, limit);
      const fresh = entries.filter((entry) => !seen.has(entry.id));
      waiting = entries.length - fresh.length;
      if (fresh.length === 0 && entries.length < limit) break;
      for (const entry of fresh) seen.add(entry.id);
      if (fresh.length > 0) await project(touchedBy(fresh));
    }
    await answers.sweep();
    return { found: seen.size };
  };
}

function touchedBy(entries: readonly LedgerEntry[]): Touched {
  const workerIds = entries.flatMap(({ workerId, seq }) => (workerId && seq !== undefined ? [workerId] : []));
  const callIds = entries.flatMap(({ callId }) => (callId ? [callId] : []));
  return { workerIds: [...new Set(workerIds)], callIds: [...new Set(callIds)] };
}
