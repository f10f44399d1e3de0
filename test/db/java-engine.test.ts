import { expect } from 'chai';
import mongoose from 'mongoose';
import { openDatabase, type OpenDatabase } from '../../db/open-database.ts';
import { proveEngine } from '../../db/proof.ts';
import { createHolders } from '../support/holders.ts';

interface Counter {
  readonly _id: string;
  readonly n: number;
}

const DURABLE = { writeConcern: { w: 'majority' as const, j: true } };

describe('the Java engine', () => {
  const holders = createHolders();
  let database: OpenDatabase;
  let client: mongoose.mongo.MongoClient;
  before(async () => {
    database = await openDatabase({ engine: 'java', dataDir: await holders.folder(), progress: () => undefined });
    client = new mongoose.mongo.MongoClient(database.uri, DURABLE);
  });
  after(async () => {
    await client.close();
    await database.close();
    await holders.clear();
  });

  it('answers each of many increments at once with a number of its own', async () => {
    const counters = client.db().collection<Counter>('counters');
    await counters.insertOne({ _id: 'c', n: 0 });
    const one = () => counters.findOneAndUpdate({ _id: 'c' }, { $inc: { n: 1 } }, { returnDocument: 'after' });
    const answers = await Promise.all(Array.from({ length: 200 }, one));
    expect(new Set(answers.map((answer) => answer?.n)).size).to.equal(200);
  });

  it('drops a database and leaves the one whose name goes on', async () => {
    const [short, long] = [client.db('drop_me'), client.db('drop_me_not')];
    await short.collection('a').insertOne({});
    await long.collection('a').insertOne({});
    await short.dropDatabase();
    expect([await short.collection('a').countDocuments(), await long.collection('a').countDocuments()]).to.deep.equal([
      0, 1,
    ]);
    await long.dropDatabase();
  });

  it('keeps every kind of value and of key through a restart', async () => {
    const { Binary, Decimal128, Long, ObjectId, UUID } = mongoose.mongo.BSON;
    const dataDir = await holders.folder();
    const values = {
      text: '山田 \u{1F477}',
      whole: 7,
      long: Long.fromString('9007199254740993'),
      broken: 0.5,
      no: null,
      yes: true,
      day: new Date('2026-11-24T07:41:00Z'),
      list: [1, 'two', { three: 3 }],
      bytes: new Binary(Buffer.from([0, 255])),
      exact: Decimal128.fromString('1.10'),
    };
    const keys = [
      'text',
      7,
      Long.fromString('9007199254740993'),
      0.5,
      true,
      new ObjectId(),
      new UUID(),
      new Date(0),
      { w: 'W1', s: 1 },
    ] as unknown[] as string[];
    const first = await openDatabase({ engine: 'java', dataDir, progress: () => undefined });
    await use(first.uri, (all) => all.insertMany(keys.map((_id) => ({ _id, values }))));
    await first.close();
    const second = await openDatabase({ engine: 'java', dataDir, progress: () => undefined });
    await use(second.uri, async (all) => {
      for (const _id of keys) {
        expect((await all.findOne({ _id }))?.['values']).to.deep.equal(values);
        expect(await all.insertOne({ _id }).catch((error: unknown) => error)).to.include({ code: 11000 });
      }
    });
    await second.close();
  });

  it('frees a unique key with the document, the field, or the change that gave it up', async () => {
    const all = client.db().collection<{ _id: string; u?: string }>('unique');
    await all.createIndex({ u: 1 }, { unique: true, sparse: true });
    await all.insertMany([
      { _id: 'a', u: '1' },
      { _id: 'b', u: '2' },
      { _id: 'c', u: '3' },
      { _id: 'd' },
      { _id: 'e' },
    ]);
    expect(await all.insertOne({ _id: 'f', u: '1' }).catch((error: unknown) => error)).to.include({ code: 11000 });
    await all.deleteOne({ _id: 'a' });
    await all.updateOne({ _id: 'b' }, { $set: { u: '9' } });
    await all.updateOne({ _id: 'c' }, { $unset: { u: 1 } });
    await all.insertMany([
      { _id: 'f', u: '1' },
      { _id: 'g', u: '2' },
      { _id: 'h', u: '3' },
    ]);
    expect(await all.countDocuments()).to.equal(7);
  });

  it('builds a unique index from nothing after a build that failed', async () => {
    const all = client.db().collection<{ _id: string; u: number }>('rebuilt');
    await all.insertMany([
      { _id: 'a', u: 1 },
      { _id: 'b', u: 2 },
      { _id: 'c', u: 1 },
    ]);
    const build = () => all.createIndex({ u: 1 }, { unique: true });
    expect(await build().catch((error: unknown) => error)).to.be.instanceOf(mongoose.mongo.MongoServerError);
    await all.updateOne({ _id: 'a' }, { $set: { u: 3 } });
    await build();
    expect((await all.findOne({ u: 1 }))?._id).to.equal('c');
    expect(await all.insertOne({ _id: 'd', u: 3 }).catch((error: unknown) => error)).to.include({ code: 11000 });
  });

  it('loses nothing acknowledged and blocks no key when engine, service or both are killed under load', async function () {
    this.timeout(120_000);
    const rounds = await proveEngine({
      dataDir: await holders.folder(),
      rounds: 3,
      chance: Math.random,
      report: () => undefined,
    });
    expect(rounds.map(({ victim, lost, ghosts }) => ({ victim, lost, ghosts }))).to.deep.equal(
      ['engine', 'service', 'both'].map((victim) => ({ victim, lost: [], ghosts: [] })),
    );
    expect(rounds.every((round) => round.acknowledged > 0)).to.equal(true);
  });
});

interface Loose {
  readonly _id: string;
  readonly [field: string]: unknown;
}

async function use(uri: string, work: (all: mongoose.mongo.Collection<Loose>) => Promise<unknown>): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri, DURABLE);
  try {
    await work(client.db().collection<Loose>('all'));
  } finally {
    await client.close();
  }
}
