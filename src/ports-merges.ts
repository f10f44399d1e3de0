import type { WorkerId } from './domain/ids.ts';
import type { Merge } from './domain/merge.ts';
import type { Register } from './ports.ts';

/** Which registers were merged into which, also those that were parted again. */
export interface MergeStore extends Register<Merge, string> {
  /** Every merge of these workers, and of those whom they were merged with. */
  around(workerIds: readonly WorkerId[]): Promise<readonly Merge[]>;
  /** Those that something interrupted. */
  interrupted(limit: number): Promise<readonly Merge[]>;
  /** Whose registers are kept in those of these workers now. */
  othersOf(keptIds: readonly WorkerId[]): Promise<readonly WorkerId[]>;
  /** In whose register each of these workers is kept now; those who were never merged are not named. */
  keptOf(workerIds: readonly WorkerId[]): Promise<ReadonlyMap<WorkerId, WorkerId>>;
}
