import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { createCallDirectory } from '../../models/call-directory.ts';
import { connect } from '../../models/connection.ts';
import { createEmployerFinder } from '../../models/person-traces.ts';
import { createRegisterStores } from '../../models/register-stores.ts';
import { openVault } from '../../src/compose-vault.ts';
import type { Day, FirmId, WorkerId } from '../../src/domain/ids.ts';
import type { Worker } from '../../src/domain/worker.ts';
import { findExposed } from '../../src/services/find-exposed.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const FIRM = 'frm_seal0001' as FirmId;

function workerOf(id: string): Worker {
  return {
    id: id as WorkerId,
    name: '封印 花子',
    kana: 'フウイン ハナコ',
    ccusId: '12345678901221',
    employerId: FIRM,
    jobTypes: ['34-01'],
    workerCode: '482913',
    hasPin: false,
    language: 'ja',
    alwaysSpeak: false,
    employments: [{ firmId: FIRM, from: '2026-01-01' as Day }],
  };
}

describe('the workers as they lie in the database', () => {
  const cipher = createNumberCipher(Buffer.alloc(32, 9), randomBytes);
  const time = { real: new Date('2026-11-20T08:00:00Z') };
  const clock = { real: () => time.real };
  let database: FreshDatabase;
  let connection: Connection;
  const open = () => {
    const { vault, words, dataKeys } = openVault(connection, { cipher, clock, randomBytes });
    return { ...createRegisterStores(connection, { vault, words }), dataKeys };
  };
  const stored = async (name: string, id: string) =>
    JSON.stringify(await connection.db?.collection<{ _id: string }>(name).findOne({ _id: id }));

  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 8);
  });
  after(async () => {
    await connection.close();
    await database.drop();
  });

  it('show nothing of the person, and come back as they were', async () => {
    const worker = workerOf('wrk_seal0001');
    const { workers } = open();
    expect(await workers.create(worker)).to.equal(true);
    const text = await stored('workers', worker.id);
    for (const personal of [worker.name, worker.kana, worker.ccusId, worker.workerCode])
      expect(text).not.to.contain(personal);
    expect(text).to.contain(FIRM);
    expect((await open().workers.find(worker.id))?.value).to.deep.equal(worker);
    expect((await open().workers.pageOf({ employerId: FIRM }, { within: 'everything', limit: 5 })).items).to.deep.equal(
      [worker],
    );
  });

  it('have a key each: what is sealed for one does not open for another', async () => {
    const [one, other] = [workerOf('wrk_seal0002'), workerOf('wrk_seal0003')];
    const { workers, vault } = open();
    await workers.createMany([one, other]);
    const keys = await vault.keysOf([one.id, other.id]);
    const sealed = keys.seal(one.id, Buffer.from('personal'));
    expect(keys.open(one.id, sealed)?.toString()).to.equal('personal');
    expect(() => keys.open(other.id, sealed)).to.throw();
    expect(await stored('dataKeys', one.id)).not.to.equal(await stored('dataKeys', other.id));
  });

  it('get one key, however many ask for it at once', async () => {
    const id = 'wrk_seal0004' as WorkerId;
    const vaults = Array.from({ length: 6 }, () => open().vault);
    const keys = await Promise.all(vaults.map((vault) => vault.keysFor([id])));
    const sealed = keys[0]?.seal(id, Buffer.from('one')) ?? '';
    expect(keys.map((one) => one.open(id, sealed)?.toString())).to.deep.equal(vaults.map(() => 'one'));
  });

  it('cannot be read once the key is destroyed, and no new key takes its place', async () => {
    const id = 'wrk_seal0005' as WorkerId;
    const { vault } = open();
    const sealed = (await vault.keysFor([id])).seal(id, Buffer.from('gone'));
    await vault.destroy(id, time.real);
    expect((await vault.keysOf([id])).open(id, sealed)).to.equal(undefined);
    expect((await open().vault.keysFor([id])).open(id, sealed)).to.equal(undefined);
    expect(await stored('dataKeys', id)).not.to.contain('wrapped');
  });

  it('get a key where they are new, and only there', async () => {
    const ids = ['wrk_seal0011', 'wrk_seal0012', 'wrk_seal0013'] as unknown as readonly [WorkerId, WorkerId, WorkerId];
    const [fresh, known, gone] = ids;
    const sealed = (await open().vault.keysFor([known])).seal(known, Buffer.from('known'));
    await open().vault.destroy(gone, time.real);
    const keys = await open().vault.keysForNew(ids);
    expect(keys.open(known, sealed)?.toString()).to.equal('known');
    expect(keys.has(gone)).to.equal(false);
    const again = await open().vault.keysOf(ids);
    expect(again.open(fresh, keys.seal(fresh, Buffer.from('new')))?.toString()).to.equal('new');
    expect(again.has(gone)).to.equal(false);
  });

  it('forget a key that another instance destroyed after a minute at the latest', async () => {
    const id = 'wrk_seal0006' as WorkerId;
    const [here, there] = [open().vault, open().vault];
    const sealed = (await here.keysFor([id])).seal(id, Buffer.from('gone'));
    await there.destroy(id, time.real);
    time.real = new Date(time.real.getTime() + 60_000);
    expect((await here.keysOf([id])).open(id, sealed)).to.equal(undefined);
  });

  it('are read as they are when they were written before there were keys', async () => {
    const worker = workerOf('wrk_seal0007');
    await connection.db?.collection<{ _id: string }>('workers').insertOne({ ...worker, _id: worker.id, ...{ rev: 4 } });
    const { workers, vault } = open();
    expect(await workers.find(worker.id)).to.deep.equal({ value: worker, rev: 4 });
    const [person] = await createCallDirectory(connection, vault, Date.now).people([worker.id]);
    expect(person?.worker).to.deep.equal(worker);
  });

  it('are known to a call by their names', async () => {
    const worker = workerOf('wrk_seal0008');
    await open().workers.create(worker);
    const people = await createCallDirectory(connection, open().vault, Date.now).people([
      worker.id,
      'wrk_none' as WorkerId,
    ]);
    expect(people.map(({ worker: { kana } }) => kana)).to.deep.equal([worker.kana]);
  });

  it('are named per firm when the key that wraps their keys was in wrong hands, the deleted ones by their pseudonym (T14)', async () => {
    const { workers, vault, dataKeys } = open();
    const [firm, other] = ['frm_exposed1', 'frm_exposed2'] as FirmId[];
    const employed = (id: string, firmId: FirmId): Worker => ({
      ...workerOf(id),
      employments: [{ firmId, from: '2026-01-01' as Day }],
    });
    const [a, b, c] = [
      employed('wrk_exposed1', firm as FirmId),
      employed('wrk_exposed2', firm as FirmId),
      employed('wrk_exposed3', other as FirmId),
    ];
    for (const one of [a, b, c]) await workers.create(one);
    await vault.destroy(b.id, new Date('2026-11-20T12:00:00Z'));
    const parts = { keys: dataKeys, employers: createEmployerFinder(connection) };
    const exposed = await findExposed(parts, cipher.firstKek().id);
    const of = (id: FirmId | undefined) =>
      [...(exposed.find(({ firmId }) => firmId === id)?.people ?? [])].sort((x, y) =>
        x.workerId < y.workerId ? -1 : 1,
      );
    expect(of(firm)).to.deep.equal([{ workerId: a.id }, { workerId: b.id, erasedOn: '2026-11-20' }]);
    expect(of(other)).to.deep.equal([{ workerId: c.id }]);
    expect(await findExposed(parts, 'kek_never')).to.deep.equal([]);
  });
});
