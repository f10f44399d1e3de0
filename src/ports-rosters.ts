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
  latest(siteId: SiteId): Promise<RosterVersion | undefined>;
  find(siteId: SiteId, version: number): Promise<RosterVersion | undefined>;
  /** From the first one to that one, in their order. */
  upTo(siteId: SiteId, version: number): Promise<readonly RosterVersion[]>;
  /** The latest first. */
  page(siteId: SiteId, request: PageRequest): Promise<Page<RosterVersion>>;
  /** False when there is one of this number. */
  append(version: RosterVersion): Promise<boolean>;
  steps(siteId: SiteId, versions: readonly number[]): Promise<readonly SubmissionStep[]>;
  /** False when there is one of this number. */
  appendStep(step: SubmissionStep): Promise<boolean>;
  holdState(): Promise<RosterHold>;
  hold(): Promise<void>;
  release(): Promise<void>;
}
