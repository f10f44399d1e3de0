import type { Day, FirmId, NumberIndex, SiteId, WorkerId } from './domain/ids.ts';
import type { Language } from './domain/worker.ts';
import type { Progress } from './domain/progress.ts';

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
  /** The language in which a worker's next calls are spoken; forgetting it costs only another key. */
  rememberLanguage(workerId: WorkerId, language: Language): Promise<void>;
  /** Who of these firms is on the site at that moment, by the kana of their names. */
  namesOnSite(of: {
    readonly siteId: SiteId;
    readonly at: Date;
    readonly firmIds: readonly FirmId[];
  }): Promise<readonly string[]>;
  /** How far he has come, today with it; undefined where his firm does not want it said. */
  progress(of: {
    readonly workerId: WorkerId;
    readonly firmId: FirmId;
    readonly at: Date;
    /** What he works as on this stay. */
    readonly jobType?: string;
  }): Promise<Progress | undefined>;
  /** How many people were recorded at the site on that day from a companion's telephone. */
  companionsAt(siteId: SiteId, day: Day): Promise<number>;
}
