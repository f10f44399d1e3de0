import { Counter, Gauge, Registry as Metrics, collectDefaultMetrics } from 'prom-client';

import type { AlarmStore } from './ports-watch.ts';

interface FigureParts {
  readonly alarms: Pick<AlarmStore, 'counts'>;
  /** Told of every burst of wrong signatures. */
  readonly noteBurst: () => void;
}

/** What is counted, for Prometheus. */
export type Figures = ReturnType<typeof createFigures>;

export function createFigures({ alarms: known, noteBurst }: FigureParts) {
  const metrics = new Metrics();
  collectDefaultMetrics({ register: metrics });
  const webhooks = new Counter({
    name: 'genba_webhooks_total',
    help: 'Requests of the carrier, by what became of them',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  const alarms = new Counter({
    name: 'genba_alarms_total',
    help: 'What an operator should look at, by kind',
    labelNames: ['alarm'],
    registers: [metrics],
  });
  new Gauge({
    name: 'genba_alarms',
    help: 'Open alarms, by kind; as last known while the database is away',
    labelNames: ['kind'],
    registers: [metrics],
    async collect() {
      const counts = await known.counts().catch(() => undefined);
      for (const [kind, open] of counts ?? []) this.set({ kind }, open);
    },
  });
  return {
    metrics,
    count: (outcome: string) => webhooks.inc({ outcome }),
    alarm: (what: string) => {
      alarms.inc({ alarm: what });
      if (what === 'refused-burst') noteBurst();
    },
  };
}
