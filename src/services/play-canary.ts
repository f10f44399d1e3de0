import { alarmId } from '../domain/alarm.ts';
import { canaryCallId } from '../domain/canary.ts';
import { tokyoDay, tokyoText } from '../domain/work-day.ts';
import type { CanaryCall } from '../ports-carrier.ts';
import type { AlarmStore, CanaryStore } from '../ports-watch.ts';
import type { Chance, Clock, LineStore } from '../ports.ts';
import { openLines } from './open-lines.ts';
import type { RingAlarms } from './ring-alarms.ts';

export interface PlayCanaryParts {
  readonly canaries: CanaryStore;
  readonly alarms: Pick<AlarmStore, 'openOnes'>;
  readonly lines: LineStore;
  /** Absent: switched off. */
  readonly canaryCall?: CanaryCall | undefined;
  readonly ring: RingAlarms;
  readonly chance: Chance;
  readonly clock: Clock;
}

/** Calls ourselves once an hour, and once a minute while that fails. */
export type PlayCanary = () => Promise<void>;

/** Where there is no service line: a number that cannot be anybody's. */
const NOBODY = '+810000000000';
const TRIES = 2;
const [HOUR, MINUTE] = ['YYYY-MM-DDTHH'.length, 'YYYY-MM-DDTHH:MM'.length];

/** A canary is heard when the answer came back through the public address and the database has the write that it says so of. */
export function createPlayCanary(parts: PlayCanaryParts): PlayCanary {
  const { canaries, alarms, lines, canaryCall, ring, chance, clock } = parts;

  async function isHeard(call: CanaryCall, to: string): Promise<boolean> {
    const callId = canaryCallId(chance.digits(12));
    return (await call({ callId, to })) && (await canaries.last()) === callId;
  }

  return async function playCanary() {
    if (!canaryCall) return;
    const now = clock.now();
    const rings = (await alarms.openOnes('canary')).length > 0;
    if (!(await canaries.takeHour(tokyoText(now).slice(0, rings ? MINUTE : HOUR)))) return;
    const service = (await openLines(lines, tokyoDay(now))).find(({ purpose }) => purpose === 'service');
    let heard = false;
    for (let tried = 0; tried < TRIES && !heard; tried++) heard = await isHeard(canaryCall, service?.number ?? NOBODY);
    const day = tokyoDay(now);
    await ring('canary', heard ? [] : [{ id: alarmId('canary', 'voice', day), day }]);
  };
}
