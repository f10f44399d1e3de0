import type { History } from './domain/history.ts';
import type { CallSource, ExceptionRecord } from './domain/ledger.ts';
import type { Within } from './domain/reach.ts';
import type { Passage } from './domain/passage.ts';
import type { RosterLine } from './domain/roster.ts';
import type { Head } from './domain/sequence.ts';
import type { Tree } from './domain/tree.ts';
import type { CallId, Day, NumberIndex, SiteId, WorkerId } from './domain/ids.ts';
import type { Page, PageRequest } from './ports.ts';

/** A call as it is listed: derived from its turns and its status. */
export interface CallRecord {
  readonly callId: CallId;
  readonly line: string;
  readonly from: string;
  /** Under which the calling number is found again. */
  readonly callerIndex?: NumberIndex;
  readonly receivedAt: Date;
  readonly source: CallSource;
  readonly answered: boolean;
  readonly receiptNumber: string;
  readonly outcome: string;
  readonly status?: string;
  readonly flags: readonly string[];
  readonly siteId?: SiteId;
  readonly turns: readonly {
    readonly turn: number;
    readonly at: Date;
    readonly outcome: string;
    readonly pressed?: string;
  }[];
  readonly passages: readonly Passage[];
}

/** Who is on a site, as the end of their sequence says. */
export interface Presence {
  readonly workerId: WorkerId;
  readonly since: Date;
  readonly maxShiftHours: number;
}

/** The derived documents: written only by the projection, dropped and rebuilt at will. */
export interface ProjectionStore {
  saveHeads(heads: readonly Head[]): Promise<void>;
  histories(ids: readonly string[]): Promise<readonly History[]>;
  /** One that stands, if it is within the asker's reach. */
  historyWithin(id: string, within: Within): Promise<History | undefined>;
  historiesOfWorkers(workerIds: readonly WorkerId[]): Promise<readonly History[]>;
  saveHistories(histories: readonly History[]): Promise<void>;
  /** Those since a day that have an entry and no exit. */
  withoutExit(from: Day): Promise<readonly History[]>;
  /** Which of these workers have an entry on that day, at whatever site. */
  arrivedOn(day: Day, workerIds: readonly WorkerId[]): Promise<ReadonlySet<WorkerId>>;
  rosterOfSites(siteIds: readonly SiteId[]): Promise<readonly RosterLine[]>;
  rosterLines(ids: readonly string[]): Promise<readonly RosterLine[]>;
  /** Every site that anybody was ever on the roster of. */
  sitesWithRoster(): Promise<readonly SiteId[]>;
  saveRoster(lines: readonly RosterLine[]): Promise<void>;
  trees(siteIds: readonly SiteId[]): Promise<readonly Tree[]>;
  /** Saves trees unless one made from more calls stands already. */
  saveTrees(trees: readonly { readonly tree: Tree; readonly facts: number }[]): Promise<void>;
  saveCalls(calls: readonly CallRecord[]): Promise<void>;
  openExceptions(workerIds: readonly WorkerId[], callIds: readonly CallId[]): Promise<readonly ExceptionRecord[]>;
  saveExceptions(exceptions: readonly ExceptionRecord[]): Promise<void>;
  presentAt(siteId: SiteId): Promise<readonly Presence[]>;
  pageHistories(filter: HistoryFilter, request: PageRequest): Promise<Page<History>>;
  pageCalls(filter: CallFilter, request: PageRequest): Promise<Page<CallRecord>>;
  callWithin(id: CallId, within: Within): Promise<CallRecord | undefined>;
  /** When each of these numbers called last. */
  lastCallsFrom(numbers: readonly NumberIndex[]): Promise<ReadonlyMap<NumberIndex, Date>>;
  pageExceptions(filter: ExceptionFilter, request: PageRequest): Promise<Page<ExceptionRecord>>;
  exception(id: string): Promise<ExceptionRecord | undefined>;
  exceptionWithin(id: string, within: Within): Promise<ExceptionRecord | undefined>;
  /** Everything of two kinds, for a digest. */
  digest(): Promise<string>;
  drop(): Promise<void>;
}

export interface HistoryFilter {
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
  readonly from?: Day;
  readonly to?: Day;
  /** Those of which nothing is left, instead of those that stand. */
  readonly withdrawn?: boolean;
}

export interface CallFilter {
  readonly siteId?: SiteId;
  readonly line?: string;
  readonly receipt?: string;
  readonly from?: Date;
  readonly to?: Date;
}

export interface ExceptionFilter {
  readonly state?: ExceptionRecord['state'];
  readonly kind?: ExceptionRecord['kind'];
  readonly callId?: CallId;
}
