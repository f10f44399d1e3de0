import express, { type Express } from 'express';
import { type Carrier, renderActs } from '../ivr/render-acts.ts';
import type { Act } from '../ivr/verbs.ts';
import { isDatabaseAway } from '../models/database-away.ts';
import { createAdminRouter } from '../routes/admin.ts';
import { createCallLimits } from '../routes/call-limits.ts';
import { createClockWatch } from '../routes/clock-watch.ts';
import { createHealthRouter } from '../routes/health.ts';
import { createInvitationPages } from '../routes/invitation-pages.ts';
import { createStatusPage } from '../routes/status-page.ts';
import { webhookRoutes } from '../routes/webhooks.ts';
import type { Attendance } from './compose-attendance.ts';
import type { OwnLines } from './compose-own-lines.ts';
import type { Stores } from './compose-stores.ts';
import type { Watch } from './compose-watch.ts';
import type { Config } from './config.ts';
import type { Figures } from './figures.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { ServiceParts } from './service-parts.ts';
import type { Registers } from './services/create-registers.ts';

export const VERSION = '0.1.0';

/** What the web application is made of. */
export interface Composed {
  readonly parts: Pick<ServiceParts, 'connection' | 'chance' | 'log' | 'secrets' | 'clock' | 'cipher'>;
  readonly stores: Stores;
  readonly registers: Registers;
  readonly attendance: Attendance;
  readonly watch: Watch;
  readonly endpoints: readonly Endpoint[];
  readonly state: { readonly draining: boolean };
  readonly figures: Figures;
  readonly ownLines: OwnLines;
}

/** The web application: the carrier's webhooks, health, the admin API and the status page. */
export function createApp({ publicBaseUrl }: Pick<Config, 'publicBaseUrl'>, composed: Composed): Express {
  const { parts, stores, registers, attendance, endpoints, state } = composed;
  const { connection, chance, log, secrets, clock, cipher } = parts;
  const { metrics, count, alarm } = composed.figures;
  /** Somleng names its accounts by UUIDs. */
  const carrier: Carrier = secrets.twilioAccountSid.startsWith('AC') ? 'twilio' : 'somleng';
  const render = (acts: readonly Act[]) => renderActs(acts, carrier);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(
    webhookRoutes({
      ...attendance,
      ...composed.watch,
      render,
      carrier,
      publicBaseUrl,
      accountSid: secrets.twilioAccountSid,
      tokens: secrets.twilioAuthTokens,
      log,
      count,
      noteCarrierTime: createClockWatch({ clock, log, alarm }),
      limits: createCallLimits({
        clock,
        isRegistered: async (number) => (await stores.directory.number(cipher.index(number))) !== undefined,
        render,
        log,
        count,
        alarm,
      }),
    }),
  );
  if (composed.ownLines.jambonz) app.use(composed.ownLines.jambonz);
  const ping = async () => void (await connection.db?.command({ ping: 1 }));
  const checks = [
    { name: 'service', check: () => Promise.resolve(state.draining ? 'is ending' : undefined) },
    { name: 'database', check: () => ping().then(() => undefined) },
  ];
  app.use(createHealthRouter({ checks, metrics }));
  const surroundings = {
    ...registers.doors,
    answers: stores.answers,
    log,
    requestId: () => chance.id('req'),
    isDatabaseAway,
  };
  app.use('/api/v1', createAdminRouter({ endpoints, surroundings, version: VERSION }));
  app.use(createInvitationPages({ ...registers, log }));
  app.use(createStatusPage({ projections: stores.projections, forwardings: stores.forwardings, clock }));
  return app;
}
