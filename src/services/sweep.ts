import type { RunResult } from '../domain/job-run.ts';
import type { Clock, LedgerStore } from '../ports.ts';
import type { Project } from './project.ts';

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
    let found = 0;
    let seen = '';
    for (let batch = 0; batch < BATCHES; batch++) {
      const entries = await ledger.pending(before, BATCH);
      const ids = entries.map((entry) => entry.id).join();
      // What is still pending after a round waits for more of its call.
      if (entries.length === 0 || ids === seen) break;
      seen = ids;
      found += entries.length;
      const workerIds = new Set(
        entries.flatMap(({ workerId, seq }) => (workerId && seq !== undefined ? [workerId] : [])),
      );
      const callIds = new Set(entries.flatMap(({ callId }) => (callId ? [callId] : [])));
      await project({ workerIds: [...workerIds], callIds: [...callIds] });
    }
    await answers.sweep();
    return { found };
  };
}
