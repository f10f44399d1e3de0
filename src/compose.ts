import express, { type Express } from 'express';
import type { Connection } from 'mongoose';
import { Counter, Registry as Metrics, collectDefaultMetrics } from 'prom-client';
import { renderTwiml } from '../ivr/twiml.ts';
import { createTicker } from '../jobs/ticker.ts';
import { isDatabaseAway } from '../models/database-away.ts';
import { createAdminRouter, registerEndpoints } from '../routes/admin.ts';
import { callRoutes } from '../routes/calls.ts';
import { correctionRoutes } from '../routes/corrections.ts';
import { exceptionRoutes } from '../routes/exceptions.ts';
import { forwardingRoutes } from '../routes/forwardings.ts';
import { createHealthRouter } from '../routes/health.ts';
import { historyRoutes } from '../routes/histories.ts';
import { createCallLimits } from '../routes/call-limits.ts';
import { phoneImportRoutes } from '../routes/phone-imports.ts';
import { runRoutes } from '../routes/runs.ts';
import { siteViewRoutes } from '../routes/site-views.ts';
import { createStatusPage } from '../routes/status-page.ts';
import { webhookRoutes } from '../routes/webhooks.ts';
import { type Attendance, composeAttendance } from './compose-attendance.ts';
import { type Stores, openStores } from './compose-stores.ts';
import type { Config, Secrets } from './config.ts';
import type { Day } from './domain/ids.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { Chance, Clock, Log, Registry } from './ports.ts';
import type { CarrierCalls } from './ports-carrier.ts';
import type { Spool } from './ports-spool.ts';
import type { MasterCipher } from './services/number-cipher.ts';
import { type Registers, createRegisters } from './services/create-registers.ts';
import { createNudgedLoop, type NudgedLoop } from './services/nudged-loop.ts';
import { createPhoneLists } from './services/phone-lists.ts';

/** What the service is made of beside its configuration; tests give their own clock, chance and registry. */
export interface Parts {
  readonly connection: Connection;
  readonly secrets: Secrets;
  readonly cipher: MasterCipher;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly randomBytes: (size: number) => Buffer;
  readonly registry: Registry;
  readonly carrier: CarrierCalls;
  readonly spool: Spool;
  /** Daily jobs look back no further. */
  readonly firstDay: Day;
}

export interface Service {
  readonly app: Express;
  readonly stores: Stores;
  readonly registers: Registers;
  readonly attendance: Attendance;
  readonly endpoints: readonly Endpoint[];
  /** Begins the background work: what a crash left, then every minute what is due. */
  start(): Promise<void>;
  /** No longer ready: a load balancer sends nobody here any more. */
  drain(): void;
  stop(): Promise<void>;
}

export const VERSION = '0.1.0';

/** The only place where parts meet: stores, services, routes and jobs. Nothing is looked up globally. */
export function compose(config: Pick<Config, 'publicBaseUrl'>, parts: Parts): Service {
  const { connection, clock, log, secrets } = parts;
  const stores = openStores(connection, parts.cipher, clock);
  const reopening = createNudgedLoop({
    name: 'reopening',
    log,
    pauseMs: 200,
    async work() {
      await stores.forwardings.reopenLocal(clock.real());
      attendance.nudgeForwarding();
    },
  });
  const registers = createRegisters({
    ...parts,
    stores,
    firstKey: secrets.adminApiKey,
    changed: () => {
      stores.directory.forget();
      reopening.nudge();
    },
  });
  const attendance = composeAttendance({
    ...parts,
    ...registers,
    stores,
    isDatabaseAway,
    probe: async () => void (await connection.db?.command({ ping: 1 })),
  });
  const lists = createPhoneLists({ ...parts, ...stores, ...registers });
  const endpoints = declareEndpoints({ stores, registers, attendance, lists, clock });
  const state = { draining: false };
  const app = createApp(config, { parts, stores, registers, attendance, endpoints, state });
  return {
    app,
    stores,
    registers,
    attendance,
    endpoints,
    drain: () => void (state.draining = true),
    ...createLife(parts, attendance, reopening),
  };
}

export interface Declared {
  readonly stores: Stores;
  readonly registers: Registers;
  readonly attendance: Attendance;
  readonly lists: Parameters<typeof phoneImportRoutes>[0];
  readonly clock: Clock;
}

/** Every endpoint of the admin API; declaring them touches nothing of what they are given. */
export function declareEndpoints({ stores, registers, attendance, lists, clock }: Declared): readonly Endpoint[] {
  const { projections, corrections, forwardings, runs, reconciliations } = stores;
  return [
    ...registerEndpoints(registers),
    ...phoneImportRoutes(lists),
    ...siteViewRoutes({ ...stores, clock, readHistories: attendance.readHistories }),
    ...historyRoutes(attendance),
    ...callRoutes({ projections, corrections }),
    ...exceptionRoutes({ projections, act: attendance.act, catalogs: registers.catalogs }),
    ...correctionRoutes({ corrections, correct: attendance.correct, catalogs: registers.catalogs }),
    ...forwardingRoutes({ forwardings, now: () => clock.real(), nudge: attendance.nudgeForwarding }),
    ...runRoutes({ runs, reconciliations, runJob: attendance.runJob, now: () => clock.now() }),
  ];
}

interface Composed {
  readonly parts: Parts;
  readonly stores: Stores;
  readonly registers: Registers;
  readonly attendance: Attendance;
  readonly endpoints: readonly Endpoint[];
  readonly state: { readonly draining: boolean };
}

function createApp({ publicBaseUrl }: Pick<Config, 'publicBaseUrl'>, composed: Composed): Express {
  const { parts, stores, registers, attendance, endpoints, state } = composed;
  const { connection, chance, log, secrets, clock, cipher } = parts;
  const { metrics, count, alarm } = createMetrics();
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(
    webhookRoutes({
      ...attendance,
      render: renderTwiml,
      publicBaseUrl,
      accountSid: secrets.twilioAccountSid,
      tokens: secrets.twilioAuthTokens,
      log,
      count,
      limits: createCallLimits({
        clock,
        isRegistered: async (number) => (await stores.directory.number(cipher.index(number))) !== undefined,
        render: renderTwiml,
        log,
        count,
        alarm,
      }),
    }),
  );
  const ping = async () => void (await connection.db?.command({ ping: 1 }));
  const checks = [
    { name: 'service', check: () => Promise.resolve(state.draining ? 'is ending' : undefined) },
    { name: 'database', check: () => ping().then(() => undefined) },
  ];
  app.use(createHealthRouter({ checks, metrics }));
  const surroundings = {
    authenticate: registers.keyService.authenticate,
    answers: stores.answers,
    log,
    requestId: () => chance.id('req'),
    isDatabaseAway,
  };
  app.use('/api/v1', createAdminRouter({ endpoints, surroundings, version: VERSION }));
  app.use(createStatusPage({ projections: stores.projections, forwardings: stores.forwardings, clock }));
  return app;
}

function createMetrics() {
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

function createLife(
  { connection, log, firstDay }: Parts,
  attendance: Attendance,
  reopening: NudgedLoop,
): Pick<Service, 'start' | 'stop'> {
  const { sweep, runJob, nudgeForwarding } = attendance;
  const due = createNudgedLoop({
    name: 'due work',
    log,
    pauseMs: 0,
    async work() {
      await sweep();
      nudgeForwarding();
      await runJob.runDue(firstDay);
    },
  });
  if (!connection.db) throw new Error('the connection is not open');
  const ticker = createTicker({ db: connection.db, log, tick: () => due.nudge() });
  return {
    async start() {
      attendance.drainSpool();
      await sweep();
      nudgeForwarding();
      await ticker.start();
      attendance.readCarrierList();
    },
    async stop() {
      await ticker.stop();
      await Promise.all([due.stop(), reopening.stop()]);
      await attendance.stop();
    },
  };
}
