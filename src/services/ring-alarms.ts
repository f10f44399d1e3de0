import type { Alarm, AlarmKind } from '../domain/alarm.ts';
import type { AlarmStore } from '../ports-watch.ts';
import type { Clock, Log } from '../ports.ts';

/** What rings now; the log says no more of it than ids. */
export type Due = Pick<Alarm, 'id' | 'day' | 'siteId' | 'workerId'>;

/** Opens what rings now and closes what does not ring any more, of one kind; each is logged once, by the instance that opened it. */
export type RingAlarms = (kind: AlarmKind, due: readonly Due[]) => Promise<void>;

const SENTENCES: Readonly<Record<AlarmKind, string>> = {
  'missing-arrival': 'a planned worker has not called',
  'dead-line': 'nobody has called on the lines of a site where people are expected',
  canary: 'our own call did not come through: people who call may not be recorded',
  'signature-burst': 'many requests with a wrong signature: a token was changed, or somebody is trying',
};

export function createRingAlarms(parts: {
  readonly alarms: AlarmStore;
  readonly clock: Clock;
  readonly log: Log;
}): RingAlarms {
  const { alarms, clock, log } = parts;
  return async function ring(kind, due) {
    const now = clock.now();
    const standing = await alarms.openOnes(kind);
    const known = new Set(standing.map(({ id }) => id));
    const wanted = new Set(due.map(({ id }) => id));
    for (const one of due.filter(({ id }) => !known.has(id))) {
      const { id: alarm, siteId: site, workerId: worker } = one;
      if (await alarms.open({ ...one, kind, openedAt: now })) log.error({ alarm, site, worker }, SENTENCES[kind]);
    }
    for (const { id } of standing.filter((one) => !wanted.has(one.id))) {
      if (await alarms.close(id, now)) log.info({ alarm: id }, 'an alarm has closed');
    }
  };
}
