import { Router } from 'express';

const CHECK_MS = 2000;

/** One thing without which no call can be recorded; gives the reason when it does not hold. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: () => Promise<string | undefined>;
}

interface Parts {
  readonly checks: readonly ReadinessCheck[];
  readonly metrics: { readonly contentType: string; metrics(): Promise<string> };
}

/** Liveness, readiness (200 only when calls can be recorded) and Prometheus figures; no base, no key. */
export function createHealthRouter({ checks, metrics }: Parts): Router {
  const router = Router({ caseSensitive: true });
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const found = await Promise.all(checks.map(runCheck));
    const reasons = found.filter((reason) => reason !== undefined);
    const ready = reasons.length === 0;
    response.status(ready ? 200 : 503).json(ready ? { status: 'ready' } : { status: 'not-ready', reasons });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}

async function runCheck({ name, check }: ReadinessCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), CHECK_MS);
  });
  try {
    const reason = await Promise.race([check(), late]);
    return reason === undefined ? undefined : `${name}: ${reason}`;
  } catch {
    return `${name}: failed`;
  } finally {
    clearTimeout(timer);
  }
}
