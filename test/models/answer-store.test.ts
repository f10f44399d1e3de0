import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { createAnswerStore } from '../../models/answer-store.ts';
import { connect } from '../../models/connection.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const answer = { status: 201, contentType: 'application/json', body: '{"number":"+819012345678"}' };

describe('the answers under idempotency keys', () => {
  let database: FreshDatabase;
  let connection: Connection;
  const time = { real: new Date('2026-11-20T09:00:00Z') };
  const open = () =>
    createAnswerStore({
      connection,
      sealer: createNumberCipher(Buffer.alloc(32, 3), randomBytes),
      clock: { real: () => time.real },
    });
  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 4);
  });
  beforeEach(() => {
    time.real = new Date('2026-11-20T09:00:00Z');
  });
  after(async () => {
    await connection.close();
    await database.drop();
  });

  it('belong to one of many who come at once', async () => {
    const claims = await Promise.all(Array.from({ length: 12 }, () => open().claim('k1', 'h')));
    expect(claims.filter(({ state }) => state === 'ours')).to.have.length(1);
    expect(claims.filter(({ state }) => state === 'running')).to.have.length(11);
  });

  it('are kept, sealed', async () => {
    const answers = open();
    expect(await answers.claim('k2', 'h')).to.deep.equal({ state: 'ours', fence: 1 });
    await answers.keep('k2', 1, answer);
    expect(await answers.claim('k2', 'other')).to.deep.equal({ state: 'answered', requestHash: 'h', answer });
    const docs = JSON.stringify(await connection.db?.collection('answers').find().toArray());
    expect(docs).not.to.contain('9012345678');
  });

  it('are free again after a failure', async () => {
    const answers = open();
    await answers.claim('k3', 'h');
    await answers.release('k3', 1);
    expect(await answers.claim('k3', 'g')).to.deep.equal({ state: 'ours', fence: 1 });
  });

  it('of a process that died are taken over by one, and its late answer is dropped', async () => {
    const answers = open();
    await answers.claim('k4', 'h');
    time.real = new Date(time.real.getTime() + 61_000);
    const claims = await Promise.all([1, 2, 3, 4].map(() => answers.claim('k4', 'h')));
    expect(claims.filter(({ state }) => state === 'ours')).to.deep.equal([{ state: 'ours', fence: 2 }]);
    await answers.keep('k4', 1, answer);
    expect((await answers.claim('k4', 'h')).state).to.equal('running');
  });

  it('are forgotten after a day', async () => {
    const answers = open();
    await answers.claim('k5', 'h');
    await answers.keep('k5', 1, answer);
    time.real = new Date(time.real.getTime() + 25 * 3600_000);
    expect((await answers.claim('k5', 'new')).state).to.equal('ours');
    time.real = new Date(time.real.getTime() + 25 * 3600_000);
    await answers.sweep();
    expect(await connection.db?.collection('answers').countDocuments({})).to.equal(0);
  });
});
