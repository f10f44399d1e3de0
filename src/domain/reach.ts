import type { Right } from './access.ts';
import type { Denial, DenialReason } from './denial.ts';
import type { Day, FirmId, SiteId, WorkerId } from './ids.ts';

/** A condition on documents, in the database's own words. */
export type Condition = Readonly<Record<string, unknown>>;

/** For whom something is read: what a viewer's reach admits, or expressly all of it, as jobs and the calls need it. */
export type Within = Condition | 'everything';

/** What a list is asked for, as the asker wrote it. */
export type Asking = Readonly<Record<string, unknown>>;

/** The firms of somebody's branches at a site; `tops` are those with which the branches begin. */
export interface Branches {
  readonly firmIds: ReadonlySet<FirmId>;
  readonly tops: ReadonlySet<FirmId>;
}

/** Whose people at a site somebody may see. */
export type SeenAt = 'all' | Branches | { readonly workerId: WorkerId };

/** How far a viewer's rights reach: asked by every endpoint, for rows of lists and for single things. */
export interface Reach {
  readonly everything: boolean;
  /** The rows of a list that he may see. */
  within(right: Right): Promise<Within>;
  /** Whether one thing is among them. */
  admits(right: Right, id: string): Promise<boolean>;
  /** Why this right is closed to him whatever the thing is; undefined when it is not. */
  barred(right: Right, asking: Asking): Promise<DenialReason | undefined>;
  /** Why he has not this right to this thing; of what he may not know nothing is said. */
  whyNot(right: Right, id: string): Promise<Denial>;
  /** Whose people at this site; undefined when nobody's. */
  seenAt(siteId: SiteId): Promise<SeenAt | undefined>;
  /** Whether he sees this site whole, or only its public items. */
  seesWhole(siteId: SiteId): Promise<boolean>;
  /** His own workers, each with the day since when: what was before is a former employer's. */
  ownWorkers(): Promise<'all' | ReadonlyMap<WorkerId, Day>>;
  /** The only firms whose personal data he sees, where he looks into firms; undefined for all others. */
  lookedInto(): Promise<readonly FirmId[] | undefined>;
}
