import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { createRegisterStores } from '../../models/register-stores.ts';
import { openVault } from '../../src/compose-vault.ts';
import type { Firm } from '../../src/domain/firm.ts';
import type { Day, FirmId, NumberIndex, PhoneId, WorkerId } from '../../src/domain/ids.ts';
import type { NumberRecord } from '../../src/ports.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const firm = (n: number, fields: Partial<Firm> = {}): Firm => ({
  id: `frm_${String(n).padStart(4, '0')}` as FirmId,
  name: '見本',
  kana: 'ミホン',
  kind: 'corporation',
  ...fields,
});

describe('the stores of the registers', () => {
  let database: FreshDatabase;
  let connection: Connection;
  const cipher = createNumberCipher(Buffer.alloc(32, 3), randomBytes);
  const clock = { real: () => new Date() };
  const open = () => createRegisterStores(connection, openVault(connection, { cipher, clock, randomBytes }));
  before(async () => {
    database = await freshDatabase();
    connection = await connect(database.uri, 8);
  });
  after(async () => {
    await connection.close();
    await database.drop();
  });

  it('create a thing once and give it back as it was', async () => {
    const { firms } = open();
    const value = firm(1, { capitalYen: 5_000_000 });
    const made = await Promise.all(Array.from({ length: 8 }, () => firms.create(value)));
    expect(made.filter(Boolean)).to.have.length(1);
    expect(await firms.find(value.id)).to.deep.equal({ value, rev: 1 });
    expect(await firms.find('frm_none' as FirmId)).to.equal(undefined);
  });

  it('let one of several changes of the same revision through, and forget what is no longer there', async () => {
    const { firms } = open();
    await firms.create(firm(2, { address: '見本市' }));
    const names = ['甲', '乙', '丙', '丁'];
    const done = await Promise.all(names.map((name) => firms.replace(firm(2, { name }), 1)));
    expect(done.filter(Boolean)).to.have.length(1);
    const found = await firms.find(firm(2).id);
    expect(found?.rev).to.equal(2);
    expect(found?.value).not.to.have.property('address');
    expect(await firms.replace(firm(99), 1)).to.equal(false);
  });

  it('find many at once and page in the order of keys', async () => {
    const { firms } = open();
    for (const n of [13, 11, 12]) await firms.create(firm(n));
    const ids = [11, 12, 13].map((n) => firm(n).id);
    expect((await firms.findMany(ids)).map(({ id }) => id).sort()).to.deep.equal(ids);
    expect(await firms.findMany([])).to.deep.equal([]);
    const first = await firms.page({ within: 'everything', limit: 2, after: 'frm_0010' });
    expect(first).to.deep.equal({ items: [firm(11), firm(12)], next: 'frm_0012' });
    expect(await firms.page({ within: 'everything', limit: 2, after: 'frm_0012' })).to.deep.equal({
      items: [firm(13)],
    });
  });

  it('give a code to one owner, again and again to the same', async () => {
    const { codes } = open();
    const owners = ['wrk_a', 'wrk_b', 'wrk_c'];
    const claims = await Promise.all(owners.map((owner) => codes.claim('worker', '123456', owner)));
    expect(claims.filter(Boolean)).to.have.length(1);
    const winner = owners[claims.indexOf(true)] ?? '';
    expect(await codes.claim('worker', '123456', winner)).to.equal(true);
    expect(await codes.claim('site', '123456', 'sit_a')).to.equal(true);
    await codes.release('worker', '123456', 'somebody else');
    expect(await codes.ownerOf('worker', '123456')).to.equal(winner);
    await codes.release('worker', '123456', winner);
    expect(await codes.ownerOf('worker', '123456')).to.equal(undefined);
  });

  it('keep all registrations of a number in one record that has one next revision', async () => {
    const { phones } = open();
    const workerId = 'wrk_aaaa' as WorkerId;
    const index = 'a'.repeat(32) as NumberIndex;
    const record: NumberRecord = {
      index,
      sealed: 'v1.x',
      masked: '+81*',
      registrations: [
        {
          id: `phn_${index}_1` as PhoneId,
          workerIds: [workerId],
          shared: false,
          groupCall: false,
          upperFirms: [],
          standingConsent: true,
          validFrom: '2026-01-01' as Day,
        },
      ],
    };
    const saved = await Promise.all([1, 2, 3, 4].map(() => phones.save(record, 0)));
    expect(saved.filter(Boolean)).to.have.length(1);
    expect(await phones.find(index)).to.deep.equal({ value: record, rev: 1 });
    expect(await phones.ofWorker(workerId)).to.deep.equal([record]);
    expect(await phones.save({ ...record, registrations: [] }, 0)).to.equal(false);
    expect(await phones.save({ ...record, registrations: [] }, 1)).to.equal(true);
    expect(await phones.ofWorker(workerId)).to.deep.equal([]);
  });
});
