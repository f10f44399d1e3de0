import { randomBytes } from 'node:crypto';
import express from 'express';
import request from 'supertest';
import { createAnswerStore } from '../../models/answer-store.ts';
import { connect } from '../../models/connection.ts';
import { isDatabaseAway } from '../../models/database-away.ts';
import { createImportStore } from '../../models/import-store.ts';
import { createLedgerStore } from '../../models/ledger-store.ts';
import { createMappingStore } from '../../models/mapping-store.ts';
import { createRegisterStores } from '../../models/register-stores.ts';
import { createUseFinder } from '../../models/use-finder.ts';
import { createAdminRouter, registerEndpoints } from '../../routes/admin.ts';
import { phoneListRoutes } from '../../routes/phone-list-files.ts';
import { openVault } from '../../src/compose-vault.ts';
import { createRegisters } from '../../src/services/create-registers.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { createPhoneLists } from '../../src/services/phone-lists.ts';
import { workbooks } from '../../src/workbook/workbooks.ts';
import { FIRST_KEY, PUBLIC_BASE_URL, chance } from './admin-api.ts';
import { expectCleanLogs } from './clean-logs.ts';
import { freshDatabase } from './database.ts';

const MASTER_KEY = Buffer.alloc(32, 5);

export const HEADINGS =
  '事業者名,事業者カナ,事業者ID,技能者名,技能者カナ,技能者ID,電話番号,共用,職種コード,立場コード,上位事業者ID,承諾,有効開始日,有効終了日';

/** The admin API with telephone lists on a fresh database, and a clock that the test sets. */
export async function openListOffice() {
  const database = await freshDatabase();
  const connection = await connect(database.uri, 16);
  const time = { now: new Date('2026-11-20T09:00:00+09:00'), real: new Date() };
  const clock = { now: () => time.now, real: () => time.real };
  const cipher = createNumberCipher(MASTER_KEY, randomBytes);
  const { vault, words } = openVault(connection, { cipher, clock, randomBytes });
  const stores = createRegisterStores(connection, { vault, words });
  const imports = createImportStore(connection, cipher);
  const mappings = createMappingStore(connection);
  const uses = createUseFinder(connection);
  const changed = () => undefined;
  const registers = createRegisters({
    stores,
    cipher,
    clock,
    chance,
    randomBytes,
    firstKey: FIRST_KEY,
    publicBaseUrl: PUBLIC_BASE_URL,
    changed,
  });
  const logged: { readonly fields: object; readonly sentence: string }[] = [];
  const note = (fields: object, sentence: string) => void logged.push({ fields, sentence });
  const log = { info: note, warn: note, error: note };
  const lists = createPhoneLists({
    ...registers,
    imports,
    mappings,
    uses,
    workbooks,
    cipher,
    clock,
    chance,
    log,
    codes: stores.codes,
    employers: stores.employers,
  });
  const app = express();
  const surroundings = {
    ...registers.doors,
    answers: createAnswerStore({ connection, sealer: cipher, clock }),
    log,
    requestId: () => chance.id('req'),
    isDatabaseAway,
  };
  const endpoints = [...registerEndpoints(registers), ...phoneListRoutes(lists)];
  app.use('/api/v1', createAdminRouter({ endpoints, version: '0.0.0', surroundings }));
  const send = (method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string) =>
    request(app)[method](`/api/v1${path}`).set('Authorization', `Bearer ${FIRST_KEY}`);
  return {
    connection,
    time,
    registers,
    stores,
    ledger: createLedgerStore(connection, words),
    imports,
    lists,
    logged,
    send,
    upload: (file: string | Buffer, fields: Readonly<Record<string, string>> = {}) =>
      send('post', '/phones/imports').field(fields).attach('file', Buffer.from(file), '名簿.csv'),
    async close() {
      await connection.close();
      const text = logged.map((one) => JSON.stringify(one));
      await expectCleanLogs({ uri: database.uri, masterKey: MASTER_KEY, logged: text, secrets: [FIRST_KEY] });
      await database.drop();
    },
  };
}

export type ListOffice = Awaited<ReturnType<typeof openListOffice>>;
