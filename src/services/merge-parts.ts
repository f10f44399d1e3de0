import type { CallId, WorkerId } from '../domain/ids.ts';
import type { CorrectionStore } from '../ports-corrections.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { Clock, LedgerStore, PhoneStore, WorkerStore } from '../ports.ts';
import type { ChangeHook } from './change-register.ts';

/** What merging and parting go through. */
export interface MergeParts {
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly merges: MergeStore;
  readonly corrections: Pick<CorrectionStore, 'pageOf'>;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly changed: ChangeHook;
  /** Derives anew what follows from both sequences, and hands it over. */
  readonly projectWorkers: (ids: readonly WorkerId[], callIds: readonly CallId[]) => Promise<void>;
}
