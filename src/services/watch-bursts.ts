import { alarmId } from '../domain/alarm.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { AlarmStore } from '../ports-watch.ts';
import type { Clock } from '../ports.ts';
import type { RingAlarms } from './ring-alarms.ts';

/** Rings while requests with wrong signatures come in bursts: forgeries, or a token that was changed on one side only. */
export interface WatchBursts {
  /** A burst has just been seen by this process. */
  note(): void;
  look(): Promise<void>;
}

const RINGS_MS = 600_000;

/** Each process sees its own bursts; an alarm rings until ten minutes after the last one. */
export function createWatchBursts(parts: {
  readonly alarms: Pick<AlarmStore, 'openOnes'>;
  readonly ring: RingAlarms;
  readonly clock: Clock;
}): WatchBursts {
  const { alarms, ring, clock } = parts;
  let seenAt = -Infinity;
  return {
    note: () => void (seenAt = clock.now().getTime()),
    async look() {
      const now = clock.now();
      const since = now.getTime() - RINGS_MS;
      const day = tokyoDay(now);
      const own = seenAt > since ? [{ id: alarmId('signature-burst', 'webhooks', day), day }] : [];
      const others = (await alarms.openOnes('signature-burst')).filter(({ openedAt }) => openedAt.getTime() > since);
      await ring('signature-burst', [...own, ...others]);
    },
  };
}
