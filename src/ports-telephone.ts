import type { Day, NumberIndex, SiteId, WorkerId } from './domain/ids.ts';

/** What became of a PIN: `none` where the worker has none, `locked` after too many wrong ones. */
export type PinVerdict = 'right' | 'wrong' | 'locked' | 'none';

/** What only some calls need to know, beside the look-ups of every call. */
export interface CallAids {
  /** Counts wrong ones per worker and per calling number. */
  checkPin(of: {
    readonly workerId: WorkerId;
    readonly callerIndex?: NumberIndex;
    readonly pin: string;
  }): Promise<PinVerdict>;
  /** The sites whose plan for that day names the worker. */
  plannedSites(workerId: WorkerId, day: Day): Promise<readonly SiteId[]>;
  /** How many people were recorded at the site on that day from a companion's telephone. */
  companionsAt(siteId: SiteId, day: Day): Promise<number>;
}
