import { expect } from 'chai';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { openDatabase, type OpenDatabase } from '../../db/open-database.ts';
import { createHolders } from '../support/holders.ts';

type Row = Record<string, unknown> & { readonly _id: string };

const value = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom(0.5, 1.5, '', 'a', 'b', null, true, false),
  fc.integer({ min: 0, max: 3 }).map((day) => new Date(day * 86_400_000)),
  fc.constantFrom({ w: 1 }, { w: 'x', v: 2 }),
);
const stored = fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) });
const id = fc.integer({ min: 0, max: 11 }).map((n) => `id${n}`);
const fields = fc.record({ a: stored, b: stored, u: fc.constant(undefined) }, { requiredKeys: [] });
const bound = fc.constantFrom('$gt', '$gte', '$lt', '$lte');
const condition = fc.oneof(
  value,
  value.map((one) => ({ $eq: one })),
  fc.array(value, { maxLength: 3 }).map(($in) => ({ $in })),
  fc.tuple(bound, value).map(([operator, one]) => ({ [operator]: one })),
  fc.tuple(value, value).map(([$gte, $lt]) => ({ $gte, $lt })),
  fc.constantFrom({ $type: 'date' }, { $type: 'string' }, { $exists: true }, { $exists: false }, { $ne: 1 }),
);
const idCondition = fc.oneof(
  id,
  fc.array(id, { maxLength: 3 }).map(($in) => ({ $in })),
  fc.tuple(bound, id).map(([operator, one]) => ({ [operator]: one })),
  fc.tuple(id, id).map(([$gte, $lt]) => ({ $gte, $lt })),
);
const conditions = fc.record({ a: condition, b: condition, _id: idCondition }, { requiredKeys: [] });
const query = fc.oneof(
  { weight: 3, arbitrary: conditions },
  { weight: 1, arbitrary: fc.array(conditions, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })) },
  { weight: 1, arbitrary: fc.array(conditions, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })) },
);
const write = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), _id: id, fields }),
  fc.record({ kind: fc.constant('set' as const), _id: id, fields }),
  fc.record({ kind: fc.constant('unset' as const), _id: id, fields: fc.constant({}) }),
  fc.record({ kind: fc.constant('remove' as const), _id: id, fields: fc.constant({}) }),
);

describe('the indexes of the Java engine', () => {
  const holders = createHolders();
  let database: OpenDatabase;
  let client: mongoose.mongo.MongoClient;
  before(async () => {
    database = await openDatabase({ engine: 'java', dataDir: await holders.folder(), progress: () => undefined });
    client = new mongoose.mongo.MongoClient(database.uri);
  });
  after(async () => {
    await client.close();
    await database.close();
    await holders.clear();
  });

  it('find for every query what reading the whole collection finds', async function () {
    this.timeout(60_000);
    let round = 0;
    const examine = async (writes: Write[], queries: object[]) => {
      round += 1;
      const plain = client.db().collection<Row>(`plain${round}`);
      const indexed = client.db().collection<Row>(`indexed${round}`);
      await indexed.createIndexes([{ key: { a: 1 } }, { key: { b: 1, a: 1 }, sparse: true }]);
      for (const one of writes) for (const rows of [plain, indexed]) await apply(rows, one);
      for (const one of queries) {
        // An alternative that no index knows keeps the plain collection from using its one index.
        const whole = { $or: [one, { nowhere: 1 }] };
        const expected = await idsOf(plain, whole);
        expect(await idsOf(indexed, one), JSON.stringify(one)).to.deep.equal(expected);
        const page = await indexed.find(one).sort({ _id: 1 }).skip(1).limit(3).toArray();
        expect(
          page.map(({ _id }) => _id),
          `a page of ${JSON.stringify(one)}`,
        ).to.deep.equal(expected.slice(1, 4));
      }
      await Promise.all([plain.drop(), indexed.drop()]);
    };
    const writes = fc.array(write, { minLength: 5, maxLength: 30 });
    await fc.assert(fc.asyncProperty(writes, fc.array(query, { minLength: 10, maxLength: 25 }), examine), {
      numRuns: 40,
    });
  });
});

interface Write {
  readonly kind: 'put' | 'set' | 'unset' | 'remove';
  readonly _id: string;
  readonly fields: Record<string, unknown>;
}

async function apply(rows: mongoose.mongo.Collection<Row>, { kind, _id, fields }: Write): Promise<void> {
  if (kind === 'put') await rows.replaceOne({ _id }, fields, { upsert: true });
  if (kind === 'set' && Object.keys(fields).length > 0) await rows.updateOne({ _id }, { $set: fields });
  if (kind === 'unset') await rows.updateOne({ _id }, { $unset: { a: '' } });
  if (kind === 'remove') await rows.deleteOne({ _id });
}

async function idsOf(rows: mongoose.mongo.Collection<Row>, filter: object): Promise<string[]> {
  const found = await rows.find(filter).project<{ _id: string }>({ _id: 1 }).toArray();
  return found.map((row) => row._id).sort();
}
