import type { CallId, Day, FirmId, NumberIndex, WorkerId } from './domain/ids.ts';

/** That somebody was deleted: when, by whom, why; nothing of the person. */
export interface Erasure {
  readonly workerId: WorkerId;
  readonly on: Day;
  readonly at: Date;
  readonly by: string;
  readonly reason: ErasureReason;
  /** A crash in between is finished from here. */
  readonly state: 'running' | 'done';
  /** Keyed hashes of the numbers that were his alone. */
  readonly indexes: readonly NumberIndex[];
  /** Keyed hash of what the registry calls him: its histories of him are nobody's finding. */
  readonly registryHash?: string;
}

/** Why somebody was deleted: he asked for it, his term ended, the register was wrong. */
export const erasureReasons = ['asked-by-worker', 'term-ended', 'registered-by-mistake'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

export interface ErasureStore {
  find(workerId: WorkerId): Promise<Erasure | undefined>;
  /** Notes that it begins, or that it is begun again. */
  begin(erasure: Erasure): Promise<void>;
  finish(workerId: WorkerId): Promise<void>;
  running(): Promise<readonly Erasure[]>;
  /** Which of these hashes are of people who were deleted. */
  ofRegistry(hashes: readonly string[]): Promise<ReadonlySet<string>>;
}

/** With whom people were employed, deleted ones too: it stands open, since it leads to nobody. */
export interface EmployerFinder {
  firmsOf(workerIds: readonly WorkerId[]): Promise<ReadonlyMap<WorkerId, readonly FirmId[]>>;
}

/** What a person leaves outside of his register: cut off where it leads to him, kept where it is somebody's record of work. */
export interface PersonTraces {
  /** His histories that have not reached the registry. */
  undelivered(workerId: WorkerId): Promise<number>;
  /** Nothing about him goes out any more. */
  withdraw(workerId: WorkerId): Promise<void>;
  /** Takes what was said to him, his numbers and what people noted about him out of the ledger; answers the calls. */
  silence(workerId: WorkerId, indexes: readonly NumberIndex[]): Promise<readonly CallId[]>;
  /** Drops what stands about him beside his register: his leaving, notices, copies of papers, why registers were merged. */
  forget(workerId: WorkerId): Promise<void>;
  /** Puts a pseudonym in the place of his numbers' blind indexes, which lead to the numbers, wherever something refers to them. */
  renumber(workerId: WorkerId, indexes: readonly NumberIndex[]): Promise<void>;
  /** Ends his sign-ins, keys and what he disclosed. */
  dropAccess(workerId: WorkerId, at: Date): Promise<void>;
}
