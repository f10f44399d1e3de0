import type { SiteId } from './domain/ids.ts';
import type { SubmissionStep } from './domain/roster-submission.ts';
import type { RosterVersion } from './domain/roster-version.ts';
import type { Page, PageRequest } from './ports.ts';

/** Whether versions may be written: not while the roster is being derived anew, which `count` tells apart afterwards too. */
export interface RosterHold {
  readonly held: boolean;
  readonly count: number;
}

/** Versions of rosters and what was said of them: written once, never changed. */
export interface RosterVersionStore {
  /** The last one of each site that has any. */
  latestOf(siteIds: readonly SiteId[]): Promise<ReadonlyMap<SiteId, Pick<RosterVersion, 'version' | 'digest'>>>;
  /** All of them, each site's in their order. */
  ofSites(siteIds: readonly SiteId[]): Promise<readonly RosterVersion[]>;
  find(siteId: SiteId, version: number): Promise<RosterVersion | undefined>;
  /** From the first one to that one, in their order. */
  upTo(siteId: SiteId, version: number): Promise<readonly RosterVersion[]>;
  /** The latest first. */
  page(siteId: SiteId, request: PageRequest): Promise<Page<RosterVersion>>;
  /** At most one of each site; answers the sites whose number was free. */
  append(versions: readonly RosterVersion[]): Promise<ReadonlySet<SiteId>>;
  steps(siteId: SiteId, versions: readonly number[]): Promise<readonly SubmissionStep[]>;
  /** False when there is one of this number. */
  appendStep(step: SubmissionStep): Promise<boolean>;
  holdState(): Promise<RosterHold>;
  hold(): Promise<void>;
  release(): Promise<void>;
}
