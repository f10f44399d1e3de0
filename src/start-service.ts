import { randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import { claimFolder } from '../db/data-folder.ts';
import { type OpenDatabase, openDatabase } from '../db/open-database.ts';
import { connect } from '../models/connection.ts';
import { StartRefusal, checkDatabase, firstDay } from '../models/startup-checks.ts';
import { sample } from '../sandbox/sample.ts';
import { createCanaryCall } from './carrier/canary-call.ts';
import { createCallList } from './carrier/call-list.ts';
import { createMessenger } from './carrier/messenger.ts';
import { composeSandbox } from './compose-sandbox.ts';
import { type Service, compose } from './compose.ts';
import type { Config, Secrets } from './config.ts';
import { present } from './domain/present.ts';
import { openKeyRing } from './keys-file.ts';
import { tokyoDay } from './domain/work-day.ts';
import type { Chance, Clock, Log } from './ports.ts';
import { createHttpRegistry } from './registry/http-registry.ts';
import { registerSample } from './sample-builder.ts';
import { keepSecrets } from './secrets.ts';
import { createNumberCipher } from './services/number-cipher.ts';
import { openSpool } from './spool/spool-folder.ts';

export interface StartGround {
  readonly config: Config;
  readonly log: Log;
  readonly chance: Chance;
  /** Shown to whoever started the service. */
  readonly say: (sentence: string) => void;
}

export interface Running {
  /** Finishes open requests, ends the background work, closes the connection and the engine. */
  stop(): Promise<void>;
  /** The engine ended by itself again and again and was given up: nothing can be recorded any more. */
  readonly broken: Promise<void>;
}

const TWILIO_API = 'https://api.twilio.com';

const REAL: Pick<Clock, 'real'> = { real: () => new Date() };

/** What has been opened so far, ended in the reverse order. */
type Endings = (() => Promise<void> | void)[];

/** Starts everything in order; a failure ends what had been started and is thrown on. */
export async function startService(ground: StartGround): Promise<Running> {
  const endings: Endings = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return { stop, broken: (await startAll(ground, endings)).ended.then(() => undefined) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(ground: StartGround, endings: Endings): Promise<OpenDatabase> {
  const { config, say } = ground;
  endings.push(await claimFolder(config.dataDir));
  const { secrets, firstStart } = await keepSecrets(config, addressOf(config), randomBytes);
  const database = await openDatabase({ ...config.database, dataDir: config.dataDir, progress: say, keep: true });
  endings.push(() => database.close());
  const where = database.folder === undefined ? '' : `, folder ${database.folder}`;
  say(`database: ${database.engine} ${database.version ?? ''}${where} (${database.why})`);
  const service = await startParts(ground, { secrets, database, endings });
  if (config.sandbox !== false && (await registerSample(service.registers))) say('a sample builder was registered');
  await service.start();
  await listen(service.app, config.port, config.host, endings);
  await listenForAsterisk(ground, service, endings);
  endings.push(() => service.drain());
  greet(ground, secrets, firstStart);
  return database;
}

async function listenForAsterisk({ config, say }: StartGround, { agi }: Service, endings: Endings): Promise<void> {
  if (config.agiPort === undefined) return;
  say(`Asterisk is heard on port ${String(await agi.listen(config.agiPort, config.host))}`);
  endings.push(() => agi.close());
}

interface Opened {
  readonly secrets: Secrets;
  readonly database: OpenDatabase;
  readonly endings: Endings;
}

async function startParts(ground: StartGround, { secrets, database, endings }: Opened): Promise<Service> {
  const { config, log, chance } = ground;
  const connection = await connect(database.uri).catch((error: unknown) => {
    throw new StartRefusal('The database cannot be reached; check MONGODB_URI and whether it runs.', { cause: error });
  });
  endings.push(() => connection.close());
  const cipher = createNumberCipher(Buffer.from(secrets.masterKey, 'base64'), randomBytes);
  await checkDatabase(connection, cipher.fingerprint(), REAL.real);
  const outside = await startSandbox(ground, { secrets, database, endings });
  const { clock } = outside;
  const registry = createHttpRegistry({ url: config.registryUrl ?? outside.url, token: secrets.registryToken });
  const account = {
    url: config.carrierApiUrl ?? (outside.url || TWILIO_API),
    accountSid: secrets.twilioAccountSid,
    token: secrets.twilioAuthTokens[0] ?? '',
  };
  const service = compose(config, {
    connection,
    secrets,
    cipher,
    ring: openKeyRing({ config, first: cipher.firstKek(), randomBytes }),
    clock,
    retentionDays: config.retentionDays,
    chance,
    log,
    randomBytes,
    registry,
    carrier: createCallList(account),
    messenger: createMessenger({
      ...account,
      ...present({ from: config.messageFrom }),
      publicBaseUrl: config.publicBaseUrl,
    }),
    canaryCall: config.canary ? createCanaryCall({ ...account, publicBaseUrl: config.publicBaseUrl }) : undefined,
    spool: openSpool({
      folder: join(config.dataDir, 'spool'),
      sealer: cipher,
      log,
      newName: () => `${String(clock.real().getTime())}-${chance.id('s')}`,
    }),
    firstDay: await firstDay(connection, tokyoDay(clock.real())),
  });
  endings.push(() => service.stop());
  return service;
}

/** The outside world in miniature, when it is on; business time is real time otherwise. */
async function startSandbox(
  ground: StartGround,
  { secrets, database, endings }: Opened,
): Promise<{ clock: Clock; url: string }> {
  const { config, log, chance, say } = ground;
  const real = { now: REAL.real, real: REAL.real };
  if (config.sandbox === false) return { clock: real, url: '' };
  const connection = await connect(sandboxUri(database.uri), 8);
  endings.push(() => connection.close());
  const composed = await composeSandbox({ connection, clock: REAL, chance, log, token: secrets.registryToken });
  endings.push(() => composed.stop());
  const port = await listen(composed.sandbox.app, config.sandbox.port, config.host, endings);
  const url = `http://${config.host}:${String(port)}`;
  say(`sandbox: core registry, carrier's list and control on ${url}`);
  return { clock: composed.clock, url };
}

function sandboxUri(uri: string): string {
  const url = new URL(uri);
  url.pathname = `${url.pathname}_sandbox`;
  return url.toString();
}

async function listen(app: Express, port: number, host: string, endings: Endings): Promise<number> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new StartRefusal(`Port ${String(port)} on ${host} is in use; choose another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
  endings.push(() => closeServer(server));
  return (server.address() as AddressInfo).port;
}

/** Lets open requests finish; connections that only wait are closed. */
async function closeServer(server: Server): Promise<void> {
  const PATIENCE_MS = 5_000;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await closed;
  clearTimeout(timer);
}

function addressOf({ host, port, publicBaseUrl, sandbox }: Config) {
  const sandboxUrl = sandbox && sandbox.port !== 0 ? { sandboxUrl: `http://${host}:${String(sandbox.port)}` } : {};
  return { baseUrl: `http://${host}:${String(port)}`, publicBaseUrl, ...sandboxUrl };
}

function greet({ config, say }: StartGround, secrets: Secrets, firstStart: boolean): void {
  say(`genba-call is ready: ${addressOf(config).baseUrl}/`);
  if (config.sandbox === false) return;
  if (firstStart && config.given.adminApiKey === undefined) say(`first key of the admin API: ${secrets.adminApiKey}`);
  const { from, to } = sample.firstCall;
  say(`a first call: npm run call -- --from ${national(from)} --to ${national(to)}`);
}

/** A Japanese number as people write it. */
function national(number: string): string {
  return number.replace(/^\+81(\d{2})(\d{4})(\d{4})$/, '0$1-$2-$3');
}
