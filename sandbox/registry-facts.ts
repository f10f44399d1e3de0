import type { Day } from '../src/domain/ids.ts';
import type { RegistryAnswer, RegistryHistory, RegistryRosterLine, RegistryTree } from '../src/domain/registry-item.ts';

/** A firm that the registry has given an id. */
export interface KnownFirm {
  readonly ccusId: string;
  readonly name: string;
}

/** A worker, with the firm he is linked to and the job types he may be entered with. */
export interface KnownWorker {
  readonly ccusId: string;
  readonly name: string;
  readonly employerCcusId: string | null;
  readonly jobTypes: readonly string[];
}

/** A site with its prime and the first and last day of its history period. */
export interface KnownSite {
  readonly ccusId: string;
  readonly name: string;
  readonly primeCcusId: string;
  readonly from: string;
  readonly to: string;
}

/** What stands in the registry under one key; `deliveries` counts how often it was handed over and taken. */
export interface Held<T> {
  readonly item: T;
  readonly contentDigest: string;
  readonly complete: boolean;
  readonly deliveries: number;
}

/** What the registry says of an item that it has read. */
export type Verdict = Extract<
  RegistryAnswer,
  { state: 'accepted' | 'accepted-incomplete' | 'rejected' | 'superseded' }
>;

/** The answer to an item, and what is to stand under its key from now on; absent when nothing changes. */
export interface Judgement<T> {
  readonly verdict: Verdict;
  readonly keep?: Held<T>;
}

/** What the registry knows when a history arrives; `today` is its own day. */
export interface HistoryFacts {
  readonly site?: KnownSite | undefined;
  readonly worker?: KnownWorker | undefined;
  readonly employer?: KnownFirm | undefined;
  readonly tree?: RegistryTree | undefined;
  readonly line?: RegistryRosterLine | undefined;
  readonly held?: Held<RegistryHistory> | undefined;
  readonly today: Day;
}

/** The same when a roster line arrives. */
export interface RosterFacts {
  readonly site?: KnownSite | undefined;
  readonly worker?: KnownWorker | undefined;
  readonly firm?: KnownFirm | undefined;
  readonly tree?: RegistryTree | undefined;
  readonly held?: Held<RegistryRosterLine> | undefined;
}

/** The same when a tree arrives. */
export interface TreeFacts {
  readonly site?: KnownSite | undefined;
  readonly firmIds: ReadonlySet<string>;
  readonly held?: Held<RegistryTree> | undefined;
}
