import { randomBytes, randomInt } from 'node:crypto';
import { expect } from 'chai';
import express from 'express';
import { Registry } from 'prom-client';
import request, { type Response } from 'supertest';
import { createAnswerStore } from '../../models/answer-store.ts';
import { connect } from '../../models/connection.ts';
import { isDatabaseAway } from '../../models/database-away.ts';
import { createRegisterStores } from '../../models/register-stores.ts';
import { createAdminRouter, registerEndpoints } from '../../routes/admin.ts';
import { createHealthRouter } from '../../routes/health.ts';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { ProblemBody } from '../../src/http/problem.ts';
import type { Chance } from '../../src/ports.ts';
import type { Change } from '../../src/services/change-register.ts';
import { openVault } from '../../src/compose-vault.ts';
import { createRegisters } from '../../src/services/create-registers.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { expectCleanLogs } from './clean-logs.ts';
import { freshDatabase } from './database.ts';

export const FIRST_KEY = 'first-key-of-the-tests-0123456789';

/** Where people come in these tests. */
export const PUBLIC_BASE_URL = 'http://localhost:3000';

export const MASTER_KEY = Buffer.alloc(32, 5);

/** Real randomness, as the service has it. */
export const chance: Chance = {
  id: (prefix) => `${prefix}_${randomBytes(10).toString('hex')}`,
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
  fraction: Math.random,
};

interface Options {
  readonly more?: readonly Endpoint[];
  readonly checks?: Parameters<typeof createHealthRouter>[0]['checks'];
  /** Another way to the database. */
  readonly by?: (uri: string) => Promise<string>;
}

/** The admin API on a fresh database, with a clock that the test sets. */
export async function openAdminApi({ more = [], checks = [], by }: Options = {}) {
  const database = await freshDatabase();
  const connection = await connect(by ? await by(database.uri) : database.uri, 8);
  const time = { now: new Date('2026-11-20T09:00:00+09:00'), real: new Date() };
  const clock = { now: () => time.now, real: () => time.real };
  const cipher = createNumberCipher(MASTER_KEY, randomBytes);
  const stores = createRegisterStores(connection, openVault(connection, { cipher, clock, randomBytes }));
  const changes: Change[] = [];
  const logged: { fields: object; sentence: string }[] = [];
  const log = (fields: object, sentence: string) => void logged.push({ fields, sentence });
  const registers = createRegisters({
    stores,
    cipher,
    clock,
    chance,
    randomBytes,
    firstKey: FIRST_KEY,
    publicBaseUrl: PUBLIC_BASE_URL,
    changed: (change) => void changes.push(change),
  });
  const answers = createAnswerStore({ connection, sealer: cipher, clock });
  const app = express();
  app.use(createHealthRouter({ checks, metrics: new Registry() }));
  app.use(
    '/api/v1',
    createAdminRouter({
      endpoints: [...registerEndpoints(registers), ...more],
      version: '0.0.0',
      surroundings: {
        ...registers.doors,
        answers,
        log: { info: log, error: log },
        requestId: () => chance.id('req'),
        isDatabaseAway,
      },
    }),
  );
  const send = (method: 'get' | 'post' | 'patch' | 'delete' | 'put', path: string, key = FIRST_KEY) =>
    request(app)[method](`/api/v1${path}`).set('Authorization', `Bearer ${key}`);
  let serial = 1;
  return {
    app,
    connection,
    time,
    registers,
    stores,
    cipher,
    answers,
    changes,
    logged,
    send,
    get: (path: string, key?: string) => send('get', path, key),
    post: (path: string, body: object, key?: string) => send('post', path, key).send(body),
    patch: (path: string, body: object, key?: string) => send('patch', path, key).send(body),
    async firm(fields: object = {}) {
      const body = { name: '見本建設株式会社', kana: 'ミホンケンセツ', kind: 'corporation', ...fields };
      return created(await send('post', '/firms').send(body));
    },
    async worker(employerId: string, fields: object = {}) {
      const ccusId = buildCcusId('worker', serial++);
      const body = { name: '見本 太郎', kana: 'ミホン タロウ', employerId, ccusId, ...fields };
      return created(await send('post', '/workers').send(body));
    },
    async site(primeId: string, fields: object = {}) {
      const historyPeriod = { from: '2026-01-01', to: '2027-12-31' };
      const body = { name: '見本町共同住宅', kana: 'ミホンチョウ', primeId, historyPeriod, ...fields };
      return created(await send('post', '/sites').send(body));
    },
    async phone(workerId: string, number: string, fields: object = {}) {
      const body = { number, workerIds: [workerId], validFrom: '2026-01-01', ...fields };
      return created(await send('post', '/phones').send(body));
    },
    async close() {
      await connection.close();
      const text = logged.map((line) => JSON.stringify(line));
      await expectCleanLogs({ uri: database.uri, masterKey: MASTER_KEY, logged: text, secrets: [FIRST_KEY] });
      await database.drop();
    },
  };
}

/** What the tests read of a created thing. */
export interface Created {
  readonly id: string;
  readonly number: string;
  readonly shared: boolean;
  readonly secret: string;
  readonly workerCode: string;
  readonly siteCode: string;
  readonly employments: readonly object[];
  readonly warnings: readonly { readonly pointer: string; readonly code: string }[];
  readonly columns: object;
  readonly counts: object;
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

export type AdminApi = Awaited<ReturnType<typeof openAdminApi>>;

/** The ids of a list's items, and where the list goes on. */
export function listOf({ body }: Response): { readonly ids: readonly string[]; readonly nextCursor: string | null } {
  const { items, nextCursor } = body as { items: { id: string }[]; nextCursor: string | null };
  return { ids: items.map(({ id }) => id), nextCursor };
}

/** The body of an answer that must be 201. */
export function created(response: Response): Created {
  expect(response.status, JSON.stringify(response.body)).to.equal(201);
  return response.body as Created;
}

/** Expects a problem document of this status and code, complete and with nothing else in it. */
export function expectProblem(response: Response, status: number, code: string): ProblemBody {
  expect(response.headers['content-type']).to.match(/^application\/problem\+json/);
  const body = ProblemBody.strict().parse(JSON.parse(response.text));
  expect({ status: response.status, code: body.code }, response.text).to.deep.equal({ status, code });
  expect(body.status).to.equal(status);
  expect(body.requestId).to.be.a('string').and.not.be.empty;
  return body;
}
