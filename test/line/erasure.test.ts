import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { verifyAudit } from '../../src/services/verify-audit.ts';
import { heardIn } from '../support/caller.ts';
import { dumpOf } from '../support/dump.ts';
import { MASTER_KEY } from '../support/line.ts';
import { type Morning, openMorning } from '../support/morning.ts';

interface Erasure {
  readonly pseudonym: string;
  readonly erasedOn: string | null;
  readonly numbers: number;
  readonly undelivered: number;
}

interface AuditItem {
  readonly what: string;
  readonly thing: string;
  readonly before: object | null;
  readonly after: object | null;
}

describe('a person who is deleted', () => {
  let morning: Morning;
  const FORMER = 'フルイ ナマエ';
  const national = (number: string) => number.replace(/^\+81/, '0');
  /** Everything by which the person could be known. */
  const marks = (place: number) => {
    const { number, kana, ccusId, workerCode } = morning.person(place);
    return [FORMER, `試験 ${String(place)}夫`, kana, ccusId, `"${workerCode}"`, number, national(number)];
  };
  const found = async (place: number) => {
    const text = await dumpOf(morning.line.uri, MASTER_KEY);
    return marks(place).filter((mark) => text.includes(mark));
  };
  const erase = (place: number, body: object = { reason: 'asked-by-worker' }) =>
    morning.desk.ask<Erasure>('POST', `/workers/${morning.person(place).id}/erasure`, body);
  const preview = (place: number) => morning.desk.ask<Erasure>('GET', `/workers/${morning.person(place).id}/erasure`);
  const hits = async (q: string) => {
    const path = `/workers?q=${encodeURIComponent(q)}&limit=100`;
    return (await morning.desk.ask<{ items: { id: string }[] }>('GET', path)).items.map(({ id }) => id);
  };
  const auditOf = (place: number) => morning.desk.all<AuditItem>(`/audit?thing=${morning.person(place).id}`);

  before(async () => {
    morning = await openMorning(4);
    const { desk } = morning;
    const { id, kana } = morning.person(0);
    await desk.ask('PATCH', `/workers/${id}`, { kana: FORMER });
    await desk.ask('PATCH', `/workers/${id}`, { kana });
    await desk.ask('PUT', `/workers/${id}/pin`, { pin: '4711' });
    await desk.ask('POST', '/keys', { name: 'his own', role: 'worker', workerId: id, scopes: ['read'] });
    await desk.ask('POST', '/accounts', {
      ...{ mail: 'zero@example.test', name: '試験 0夫', acts: [{ role: 'worker', workerId: id }] },
    });
    await morning.call(0);
    await morning.at('2026-11-24 17:02');
    await morning.call(0);
    await morning.dayWhere(0, ({ exitAt }) => exitAt !== null);
    await desk.until('the day to be handed over', async () => (await preview(0)).undelivered === 0);
  });
  after(() => morning.line.close());

  it('stands in the database only sealed while he is there, his number and his sign-in under the master key', async () => {
    const text = await dumpOf(morning.line.uri, Buffer.alloc(32, 1));
    expect(marks(0).filter((mark) => text.includes(mark))).to.deep.equal([]);
  });

  it('is looked at before: what it would mean, and nothing is done', async () => {
    expect(await preview(0)).to.deep.include({ erasedOn: null, numbers: 1, undelivered: 0 });
    const { id, kana, number } = morning.person(0);
    for (const q of [kana, number.slice(-4)]) expect(await hits(q), q).to.include(id);
    expect(await auditOf(0)).to.satisfy((items: AuditItem[]) => items.some(({ before }) => before !== null));
  });

  it('cannot be read any more in the database, with the master key neither (failure mode 33)', async () => {
    expect(await erase(0)).to.deep.include({ erasedOn: '2026-11-24', numbers: 0 });
    expect(await found(0)).to.deep.equal([]);
  });

  it('is not in the audit any more, though it says that there was something, and the chain holds', async () => {
    const items = await auditOf(0);
    expect(items.map(({ what }) => what)).to.include.members(['patch /workers/{id}', 'post /workers/{id}/erasure']);
    const ofHim = items.filter(({ thing }) => thing === morning.person(0).id);
    expect(ofHim.filter(({ before, after }) => before ?? after)).to.deep.equal([]);
    expect(JSON.stringify(items)).not.to.match(new RegExp(marks(0).join('|').replaceAll('+', '\\+')));
    const cipher = createNumberCipher(MASTER_KEY, randomBytes);
    for await (const { chain, firstBad } of verifyAudit({ audit: morning.instance.service.stores.audit, cipher }))
      expect(firstBad, chain).to.equal(undefined);
  });

  it('leaves his days under a pseudonym, with the firm that employed him', async () => {
    const { pseudonym } = await preview(0);
    const worker = await morning.desk.ask('GET', `/workers/${morning.person(0).id}`);
    expect(worker).to.deep.include({ name: pseudonym, employerId: null, workerCode: '', erasedOn: '2026-11-24' });
    const [day, ...more] = await morning.days(0);
    expect(day).to.deep.include({ workDate: '2026-11-24', siteId: morning.builder.siteId });
    expect(day?.exitAt).to.contain('17:02');
    expect(more).to.deep.equal([]);
  });

  it('is not found by his name, its reading or his number any more', async () => {
    const { id, kana, number, ccusId } = morning.person(0);
    for (const q of ['試験 0夫', kana, number.slice(-4), ccusId]) expect(await hits(q), q).not.to.include(id);
  });

  it('is silent in the calls he made', async () => {
    const calls = await morning.desk.all<{ turns: { markup: string }[] }>('/calls');
    const his = await morning.desk.all<{ turns: { markup: string }[]; passages: { workerId: string }[] }>('/calls');
    const turns = his.filter(({ passages }) => passages.some(({ workerId }) => workerId === morning.person(0).id));
    expect(turns).to.have.length(2);
    expect(turns.flatMap((call) => call.turns.map(({ markup }) => markup))).to.deep.equal(['', '']);
    expect(calls.length).to.be.at.least(2);
  });

  it('is nobody when his telephone calls again', async () => {
    const heard = await morning.call(0);
    expect(heardIn(heard)).not.to.contain(morning.person(0).kana);
    await morning.desk.until(
      'the exception',
      async () => (await morning.desk.all<{ kind: string }>('/exceptions?kind=unknown-phone')).length > 0,
    );
  });

  it('is not taken on again, changed, or deleted twice otherwise than once', async () => {
    const { id } = morning.person(0);
    const refusal = await morning.desk
      .ask('PATCH', `/workers/${id}`, { name: '別人' })
      .catch((error: Error) => error.message);
    expect(refusal).to.contain('worker-erased');
    const again = await morning.desk
      .ask('POST', `/workers/${id}/employments`, { firmId: morning.builder.firmId, from: '2026-11-24' })
      .catch((error: Error) => error.message);
    expect(again).to.contain('worker-erased');
    expect(await erase(0)).to.deep.include({ erasedOn: '2026-11-24' });
  });

  it('is no finding when his day is compared with the registry, which still has it', async () => {
    await morning.at('2026-11-25 06:00');
    const { id } = await morning.desk.ask<{ id: string }>('POST', '/runs', { job: 'reconcile', date: '2026-11-24' });
    await morning.desk.until(
      'the comparison',
      async () => (await morning.desk.ask<{ state: string }>('GET', `/runs/${id}`)).state === 'done',
    );
    const [compared] = await morning.desk.all<{ findings: object[] }>('/reconciliations?day=2026-11-24');
    expect(compared?.findings).to.deep.equal([]);
  });

  it('waits for days that have not reached the registry, unless they are given up', async () => {
    await morning.line.control('PUT', '/faults', { mode: 'down', rate: 1 });
    await morning.at('2026-11-25 07:40');
    await morning.call(1);
    await morning.desk.until('a day on its way', async () => (await preview(1)).undelivered === 1);
    const refusal = await erase(1).catch((error: Error) => error.message);
    expect(refusal).to.contain('undelivered-histories');
    await erase(1, { reason: 'asked-by-worker', giveUpUndelivered: true });
    const left = await morning.desk.all<{ kind: string; state: string; key: string }>('/forwardings?state=withdrawn');
    expect(left.filter(({ key }) => key.includes(morning.person(1).id)).length).to.be.at.least(1);
    await morning.line.control('PUT', '/faults', { mode: 'none', rate: 0 });
    expect(await found(1)).to.deep.equal([]);
  });

  it('leaves a shared telephone to the others', async () => {
    const { id: leaving } = morning.person(2);
    const { id: staying } = morning.person(3);
    const shared = '+819098765432';
    const { id } = await morning.desk.ask<{ id: string }>('POST', '/phones', {
      ...{ number: shared, workerIds: [leaving, staying], shared: true, validFrom: '2026-01-01' },
    });
    await erase(2);
    expect(await morning.desk.ask('GET', `/phones/${id}`)).to.deep.include({ workerIds: [staying] });
  });

  it('is deleted to the end when the service was killed in the middle', async () => {
    const { erasures, workers } = morning.instance.service.stores;
    const workerId = morning.person(3).id as never;
    const halfWay = { workerId, on: '2026-11-25' as never, at: new Date(), by: 'a test', indexes: [] };
    await erasures.begin({ ...halfWay, reason: 'asked-by-worker', state: 'running' });
    expect(await morning.instance.service.attendance.eraseWorker.resume()).to.equal(1);
    expect((await workers.find(workerId))?.value.erasedOn).to.equal('2026-11-25');
    expect(await found(3)).to.deep.equal([]);
    expect(await morning.instance.service.attendance.eraseWorker.resume()).to.equal(0);
  });
});
