import { Counter, Registry as Metrics, collectDefaultMetrics } from 'prom-client';

/** What is counted, for Prometheus. */
export type Figures = ReturnType<typeof createFigures>;

export function createFigures() {
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
  return {
    metrics,
    count: (outcome: string) => webhooks.inc({ outcome }),
    alarm: (what: string) => alarms.inc({ alarm: what }),
  };
}
