import type { Express } from 'express';
import { createTicker } from '../jobs/ticker.ts';
import { isDatabaseAway } from '../models/database-away.ts';
import type { AgiServer } from './agi/agi-server.ts';
import { type Attendance, composeAttendance } from './compose-attendance.ts';
import { createApp } from './compose-app.ts';
import { composeOwnLines } from './compose-own-lines.ts';
import { type Stores, openStores } from './compose-stores.ts';
import { type Watch, composeWatch } from './compose-watch.ts';
import type { Config } from './config.ts';
import { declareEndpoints } from './declare-endpoints.ts';
import { createFigures } from './figures.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { ServiceParts } from './service-parts.ts';
import { type Registers, createRegisters } from './services/create-registers.ts';
import { createNudgedLoop, type NudgedLoop } from './services/nudged-loop.ts';
import { createPhoneLists } from './services/phone-lists.ts';
import { workbooks } from './workbook/workbooks.ts';

export interface Service {
  readonly app: Express;
  readonly stores: Stores;
  readonly registers: Registers;
  readonly attendance: Attendance;
  readonly watch: Watch;
  readonly endpoints: readonly Endpoint[];
  /** The line of an Asterisk; it is heard only after `listen`. */
  readonly agi: AgiServer;
  /** Begins the background work: what a crash left, then every minute what is due. */
  start(): Promise<void>;
  /** No longer ready: a load balancer sends nobody here any more. */
  drain(): void;
  stop(): Promise<void>;
}

/** So long an instance may not know what another one has changed in what it holds in memory. */
const TAKE_UP_MS = 1_000;

type Settings = Pick<Config, 'publicBaseUrl' | 'jambonzSecret'>;

/** The only place where parts meet: stores, services, routes and jobs. Nothing is looked up globally. */
export function compose(config: Settings, parts: ServiceParts): Service {
  const { connection, clock, log, secrets } = parts;
  const stores = openStores(connection, parts);
  const reopening = createNudgedLoop({
    name: 'reopening',
    log,
    pauseMs: 200,
    async work() {
      await stores.forwardings.reopenLocal(clock.real());
      attendance.nudgeForwarding();
    },
  });
  const changed = () => {
    stores.directory.forget();
    reopening.nudge();
  };
  const registers = createRegisters({
    ...parts,
    stores,
    firstKey: secrets.adminApiKey,
    publicBaseUrl: config.publicBaseUrl,
    changed,
  });
  const attendance = composeAttendance({
    ...parts,
    replayed: () => figures.count('replayed'),
    ...registers,
    ...{ stores, isDatabaseAway },
    probe: async () => void (await connection.db?.command({ ping: 1 })),
  });
  const watch = composeWatch({ ...parts, ...attendance, ...registers, stores });
  const lists = createPhoneLists({ ...parts, ...stores, ...registers, workbooks });
  const endpoints = declareEndpoints({ stores, registers, attendance, lists, clock });
  const state = { draining: false };
  const figures = createFigures({ ...stores, ...watch });
  const ownLines = composeOwnLines({ ...config, attendance, clock, log, count: figures.count });
  const app = createApp(config, { parts, stores, registers, attendance, watch, endpoints, state, figures, ownLines });
  return {
    app,
    stores,
    registers,
    attendance,
    watch,
    endpoints,
    agi: ownLines.agi,
    drain: () => void (state.draining = true),
    ...createLife(parts, { registers, attendance, watch, reopening }),
  };
}

type Living = Pick<Service, 'registers' | 'attendance' | 'watch'> & { readonly reopening: NudgedLoop };

function createLife(
  { connection, log, firstDay, ticker: ownTicker }: ServiceParts,
  { registers, attendance, watch, reopening }: Living,
): Pick<Service, 'start' | 'stop'> {
  const { sweep, runJob, nudgeForwarding } = attendance;
  const due = createNudgedLoop({
    name: 'due work',
    log,
    pauseMs: 0,
    async work() {
      await sweep();
      nudgeForwarding();
      await watch.look();
      await runJob.runDue(firstDay);
    },
  });
  const takingUp = createNudgedLoop({
    name: 'taking up what other instances changed',
    log,
    pauseMs: 0,
    async work() {
      await registers.takeUp();
      return TAKE_UP_MS;
    },
  });
  if (!connection.db) throw new Error('the connection is not open');
  const ticker = ownTicker ?? createTicker({ db: connection.db, log, tick: () => due.nudge() });
  return {
    async start() {
      attendance.drainSpool();
      takingUp.nudge();
      await sweep();
      nudgeForwarding();
      await ticker.start();
      attendance.readCarrierList();
    },
    async stop() {
      await ticker.stop();
      await Promise.all([due.stop(), reopening.stop(), takingUp.stop()]);
      await attendance.stop();
    },
  };
}
