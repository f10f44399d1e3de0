import type { CallId, Day, FirmId, PhoneId, SiteId, WorkerId } from './ids.ts';

export type Direction = 'entry' | 'exit';

/** Who settled the direction: the state of the sequence, a line of fixed meaning, a key, a move between sites, a person. */
export type DirectionBy = 'state' | 'line' | 'key' | 'move' | 'person';

/** What was on file about the worker when the passage was recorded; later changes never rewrite it. */
export interface Standing {
  readonly employerId: FirmId;
  readonly upperFirmId?: FirmId;
  readonly standingConsent: boolean;
  readonly jobType?: string;
  readonly position?: string;
  readonly phoneId?: PhoneId;
}

/**
 * One entry or one exit of one worker at one site: append-only truth. `seq` is its place in the worker's sequence in the
 * order of recording; `at` is when it happened, which may be earlier.
 */
export interface Passage {
  readonly workerId: WorkerId;
  readonly siteId: SiteId;
  readonly seq: number;
  readonly direction: Direction;
  readonly by: DirectionBy;
  readonly at: Date;
  readonly source: 'call' | 'link' | 'correction';
  /** Absent where a correction recorded what nobody called for. */
  readonly callId?: CallId;
  readonly receipt?: string;
  readonly standing: Standing;
  /** The rule of the site at that time, in hours. */
  readonly maxShiftHours: number;
  readonly flags: readonly string[];
  /** The how-manieth correction of its history put it so; absent when none did. */
  readonly corrections?: number;
}

/** An entry and the exit that closed it; one of the two may be missing. */
export interface Stay {
  readonly siteId: SiteId;
  readonly entry?: Passage;
  readonly exit?: Passage;
  /** The Tokyo day of the entry, or of a lone exit (R-095, D-32). */
  readonly workDate: Day;
  /** What reading it showed: begun while another site was not left yet, or left only after the next one was entered. */
  readonly flags?: readonly ('two-sites' | 'overlapping-stays')[];
  readonly passages: readonly Passage[];
}
