import type { Clock, Log } from '../src/ports.ts';

export interface ClockWatchParts {
  readonly clock: Pick<Clock, 'real'>;
  readonly log: Pick<Log, 'error'>;
  readonly alarm: (what: 'clock-skew') => void;
}

/** Told the carrier's time of something that it reports just now; undefined where it gave none that can be read. */
export type NoteCarrierTime = (at: Date | undefined) => void;

const TOLERANCE_MS = 5_000;
/** A report may be late on its way, several in a row are not; none can come before what it reports. */
const LATE_IN_A_ROW = 5;

/** Raises an alarm when our clock and the carrier's are more than five seconds apart, once until they agree again. */
export function createClockWatch({ clock, log, alarm }: ClockWatchParts): NoteCarrierTime {
  let late = 0;
  let alarmed = false;
  return (at) => {
    if (!at) return;
    const behindMs = clock.real().getTime() - at.getTime();
    late = behindMs > TOLERANCE_MS ? late + 1 : 0;
    const apart = behindMs < -TOLERANCE_MS || late >= LATE_IN_A_ROW;
    if (apart && !alarmed) {
      alarm('clock-skew');
      log.error(
        { alarm: 'clock-skew', seconds: Math.round(behindMs / 1000) },
        "the clock of this machine and the carrier's are apart; receipts speak a wrong time until it is set right",
      );
    }
    alarmed = apart || (alarmed && late > 0);
  };
}
