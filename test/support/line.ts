import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Ticker } from '../../jobs/ticker.ts';
import { connect } from '../../models/connection.ts';
import { checkDatabase } from '../../models/startup-checks.ts';
import { createChance, createRandomDraw } from '../../src/chance.ts';
import { composeSandbox } from '../../src/compose-sandbox.ts';
import { type Service, compose } from '../../src/compose.ts';
import type { Day } from '../../src/domain/ids.ts';
import type { CanaryCall } from '../../src/ports-carrier.ts';
import type { Registry } from '../../src/ports.ts';
import { createCallList } from '../../src/carrier/call-list.ts';
import { createMessenger } from '../../src/carrier/messenger.ts';
import { createHttpRegistry } from '../../src/registry/http-registry.ts';
import { openSpool } from '../../src/spool/spool-folder.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { CARRIER } from './caller.ts';
import { expectCleanLogs } from './clean-logs.ts';
import { freshDatabase } from './database.ts';

/** The key of the admin API in these tests. */
export const KEY = 'a-key-for-tests-0123456789';
/** The master key in these tests. */
export const MASTER_KEY = Buffer.alloc(32, 7);
const REGISTRY_TOKEN = 'registry-token-for-tests';
const draw = createRandomDraw(randomBytes);
const chance = createChance({ randomBytes: draw, randomInt });
const SILENCE: Ticker = { start: () => Promise.resolve(), stop: () => Promise.resolve() };

/** What one instance has for itself: another registry, another way to the database, another spool. */
export interface InstanceOptions {
  readonly registry?: Registry;
  readonly uri?: string;
  readonly spoolFolder?: string;
  readonly jambonzSecret?: string;
  readonly accountSid?: string;
  /** Null: no number to send texts from. */
  readonly messageFrom?: null;
  readonly canaryCall?: CanaryCall;
  /** False: the minute's ticker rings here too. Else what is due waits until the test asks for it, and changes nothing in between. */
  readonly still?: boolean;
}

/** One instance of the service, listening. */
export interface Instance {
  readonly service: Service;
  readonly url: string;
  stop(): Promise<void>;
}

/** The whole line on a database of its own: a sandbox, and as many instances of the service as a test asks for. */
export interface Line {
  readonly uri: string;
  readonly sandboxUrl: string;
  /** What the instances logged: for looking whether something personal is in it. */
  readonly logged: string[];
  instance(other?: InstanceOptions): Promise<Instance>;
  /** Asks the sandbox's control API. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts the sandbox of one test file; `close` ends everything that was started and drops the databases. */
export async function openLine(): Promise<Line> {
  const database = await freshDatabase();
  const logged: string[] = [];
  const write = (fields: object, sentence: string) => void logged.push(`${sentence} ${JSON.stringify(fields)}`);
  const log = { info: write, warn: write, error: write };
  const sandboxConnection = await connect(`${database.uri}_sandbox`, 8);
  const real = { real: () => new Date() };
  const outside = await composeSandbox({
    connection: sandboxConnection,
    clock: real,
    chance,
    log,
    token: REGISTRY_TOKEN,
  });
  const server = await listen(outside.sandbox.app);
  const running: Instance[] = [];
  const spoolFolder = await mkdtemp(join(tmpdir(), 'genba-call-test-'));

  async function instance(other: InstanceOptions = {}): Promise<Instance> {
    const connection = await connect(other.uri ?? database.uri);
    const cipher = createNumberCipher(MASTER_KEY, draw);
    await checkDatabase(connection, cipher.fingerprint(), () => new Date());
    const account = { url: server.url, accountSid: CARRIER.accountSid, token: CARRIER.token };
    const service = compose(
      {
        publicBaseUrl: CARRIER.publicBaseUrl,
        ...(other.jambonzSecret === undefined ? {} : { jambonzSecret: other.jambonzSecret }),
      },
      {
        connection,
        secrets: {
          twilioAccountSid: other.accountSid ?? CARRIER.accountSid,
          twilioAuthTokens: ['an-older-token', CARRIER.token],
          adminApiKey: KEY,
          masterKey: MASTER_KEY.toString('base64'),
          registryToken: REGISTRY_TOKEN,
        },
        cipher,
        clock: outside.clock,
        chance,
        log,
        randomBytes: draw,
        registry: other.registry ?? createHttpRegistry({ url: server.url, token: REGISTRY_TOKEN }),
        // A busy machine is no outage: only where the wire to the database may be cut do the two seconds hold.
        ...(other.uri === undefined ? { patienceMs: 30_000 } : {}),
        carrier: createCallList(account),
        messenger: createMessenger({
          ...account,
          publicBaseUrl: CARRIER.publicBaseUrl,
          ...(other.messageFrom === null ? {} : { from: '+815055550000' }),
        }),
        canaryCall: other.canaryCall,
        ...(other.still === false ? {} : { ticker: SILENCE }),
        spool: openSpool({
          folder: other.spoolFolder ?? join(spoolFolder, chance.id('spl')),
          sealer: cipher,
          log,
          newName: () => chance.id('s'),
        }),
        firstDay: '2026-11-01' as Day,
      },
    );
    await service.start();
    const web = await listen(service.app);
    const one: Instance = {
      service,
      url: web.url,
      async stop() {
        running.splice(running.indexOf(one), 1);
        await web.close();
        await service.stop();
        await connection.close();
      },
    };
    running.push(one);
    return one;
  }

  return {
    uri: database.uri,
    sandboxUrl: server.url,
    logged,
    instance,
    async control(method, path, body) {
      const answer = await fetch(`${server.url}/control${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`control ${method} ${path}: ${String(answer.status)} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    async close() {
      for (const one of [...running]) await one.stop();
      await server.close();
      outside.stop();
      await sandboxConnection.close();
      const secrets = [KEY, REGISTRY_TOKEN, CARRIER.token];
      await expectCleanLogs({ uri: database.uri, masterKey: MASTER_KEY, logged, secrets });
      await database.drop();
      await rm(spoolFolder, { recursive: true, force: true });
    },
  };
}

async function listen(app: Express): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
