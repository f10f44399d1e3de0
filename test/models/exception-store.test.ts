import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { createExceptionStore } from '../../models/exception-store.ts';
import type { CallId } from '../../src/domain/ids.ts';
import type { ExceptionRecord } from '../../src/domain/ledger.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

describe('the exceptions as they are kept', () => {
  let database: FreshDatabase;
  let connection: Connection;
  const exception = (call: string, state: ExceptionRecord['state']): ExceptionRecord => ({
    ...{ id: `withheld:${call}`, kind: 'withheld', severity: 'fix', callId: call as CallId },
    ...{ openedAt: new Date('2026-11-24T08:00:00Z'), state },
  });

  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 2);
  });
  after(async () => {
    await connection.close();
    await database.drop();
  });

  it('stay as somebody decided them, when a projection that read before he did is written after it', async () => {
    const store = createExceptionStore(connection);
    const states = async () => {
      const found = await Promise.all(['1', '2', '3', '4'].map((call) => store.exception(`withheld:${call}`)));
      return found.map((one) => one?.state);
    };
    await store.saveExceptions([exception('1', 'open'), exception('2', 'open'), exception('3', 'open')]);
    await store.saveExceptions([exception('1', 'rejected'), exception('2', 'fixed')]);
    expect(await states()).to.deep.equal(['rejected', 'fixed', 'open', undefined]);
    const late = [exception('1', 'open'), exception('2', 'open'), exception('3', 'fixed'), exception('4', 'open')];
    await store.saveExceptions(late);
    expect(await states()).to.deep.equal(['rejected', 'open', 'fixed', 'open']);
    await store.saveExceptions([exception('1', 'fixed'), exception('4', 'linked')]);
    expect(await states()).to.deep.equal(['rejected', 'open', 'fixed', 'linked']);
  });
});
