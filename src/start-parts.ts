import { randomBytes } from 'node:crypto';
import { createRandomDraw } from './chance.ts';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import type { OpenDatabase } from '../db/open-database.ts';
import { connect } from '../models/connection.ts';
import { StartRefusal } from '../models/start-refusal.ts';
import { checkDatabase, firstDay } from '../models/startup-checks.ts';
import { createCanaryCall } from './carrier/canary-call.ts';
import { createCallList } from './carrier/call-list.ts';
import { createMessenger } from './carrier/messenger.ts';
import { composeSandbox } from './compose-sandbox.ts';
import { type Service, compose } from './compose.ts';
import type { Secrets } from './config.ts';
import { present } from './domain/present.ts';
import { openKeyRing } from './keys-file.ts';
import { tokyoDay } from './domain/work-day.ts';
import type { Clock } from './ports.ts';
import { createHttpRegistry } from './registry/http-registry.ts';
import { registerSample } from './sample-builder.ts';
import { createNumberCipher } from './services/number-cipher.ts';
import { openSpool } from './spool/spool-folder.ts';
import type { Endings, StartGround } from './start-ground.ts';

const TWILIO_API = 'https://api.twilio.com';

const REAL: Pick<Clock, 'real'> = { real: () => new Date() };

export interface Opened {
  readonly secrets: Secrets;
  readonly database: OpenDatabase;
  readonly endings: Endings;
}

/** Everything that stands on the open database: the sandbox, the service, its addresses. What is opened is added to the endings. */
export async function startParts(ground: StartGround, opened: Opened): Promise<void> {
  const { config, say } = ground;
  const { endings } = opened;
  const service = await composeAll(ground, opened);
  if (config.sandbox !== false && (await registerSample(service.registers))) say('a sample builder was registered');
  await service.start();
  await listen(service.app, config.port, config.host, endings);
  await listenForAsterisk(ground, service, endings);
  endings.push(() => service.drain());
}

async function listenForAsterisk({ config, say }: StartGround, { agi }: Service, endings: Endings): Promise<void> {
  if (config.agiPort === undefined) return;
  say(`Asterisk is heard on port ${String(await agi.listen(config.agiPort, config.host))}`);
  endings.push(() => agi.close());
}

async function composeAll(ground: StartGround, { secrets, database, endings }: Opened): Promise<Service> {
  const { config, log, chance, say } = ground;
  const connection = await connect(database.uri).catch((error: unknown) => {
    throw new StartRefusal('The database cannot be reached; check MONGODB_URI and whether it runs.', { cause: error });
  });
  endings.push(() => connection.close());
  const draw = createRandomDraw(randomBytes);
  const cipher = createNumberCipher(Buffer.from(secrets.masterKey, 'base64'), draw);
  const version = await checkDatabase(connection, cipher.fingerprint(), REAL.real);
  if (database.version === undefined) say(`the database speaks version ${version}`);
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
    ring: openKeyRing({ config, first: cipher.firstKek(), randomBytes: draw }),
    clock,
    retentionDays: config.retentionDays,
    chance,
    log,
    randomBytes: draw,
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
