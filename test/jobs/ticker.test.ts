import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { type Ticker, createTicker } from '../../jobs/ticker.ts';
import { connect } from '../../models/connection.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

describe('the ticker', () => {
  let database: FreshDatabase;
  let connection: Connection;
  let ticker: Ticker | undefined;

  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 2);
  });
  after(async () => {
    await ticker?.stop();
    await connection.close();
    await database.drop();
  });

  it('rings again after a lock that ended before its time came', async () => {
    const silent = () => undefined;
    const log = { info: silent, warn: silent, error: silent };
    const db = connection.db ?? expect.fail('no database');
    const beat = { every: '1 second', scanMs: 400, lockMs: 60 };
    let rings = 0;
    await new Promise<void>((resolve, reject) => {
      const tick = () => (++rings === 3 ? resolve() : undefined);
      ticker = createTicker({ db, log, tick, beat });
      ticker.start().catch(reject);
    });
    expect(rings).to.equal(3);
  });
});
