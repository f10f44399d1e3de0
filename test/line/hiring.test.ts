import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

interface Worker {
  readonly id: string;
  readonly employerId: string | null;
  readonly startsOn?: string;
  readonly leavesOn?: string;
  readonly hiredOn?: string;
  readonly workerCode: string;
  readonly employments: readonly object[];
}

const EARLY = { from: '2026-11-20' };

describe('somebody who is hired for a day to come (D-31)', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  let next: string;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const dial = (from: string) => phone(instance.url).call({ from, to: builder.line });
  const worker = (id: string) => desk.ask<Worker>('GET', `/workers/${id}`);
  const employ = (id: string, body: object) => desk.ask<object>('POST', `/workers/${id}/employments`, body);
  const employerOf = async (id: string, workDate: string) =>
    desk.until('the day', async () => {
      const days = await desk.all<{ workDate: string; employerId: string }>(`/histories?workerId=${id}`);
      return days.find((one) => one.workDate === workDate)?.employerId;
    });
  const refusal = async (asked: Promise<unknown>) =>
    asked.then(
      () => 'taken',
      (error: Error) => /"code":"([a-z-]+)"/.exec(error.message)?.[1],
    );

  before(async () => {
    line = await openLine();
    instance = await line.instance({ still: true });
    desk = office(instance.url);
    await at('2026-11-20 07:00');
    builder = await registerBuilder(line, desk, 6);
    const other = { name: '次の見本工業', kana: 'ツギノミホンコウギョウ', kind: 'corporation' };
    next = (await desk.ask<{ id: string }>('POST', '/firms', other)).id;
    await at('2026-11-24 07:30');
  });
  after(() => line.close());

  it('is the present employer’s until the day before, and the new one’s from that day on, also before the register is turned over', async () => {
    const { id, number } = person(0);
    await employ(id, { firmId: next, from: '2026-11-26' });
    expect(await worker(id)).to.deep.include({
      ...{ employerId: builder.firmId, startsOn: '2026-11-26', leavesOn: '2026-11-25' },
      employments: [
        { firmId: builder.firmId, ...EARLY, to: '2026-11-25' },
        { firmId: next, from: '2026-11-26' },
      ],
    });
    expect((await desk.ask<Worker>('GET', `/workers/${id}?on=2026-11-26`)).employerId).to.equal(next);
    expect(heardIn(await dial(number))).to.include('入場');
    expect(await employerOf(id, '2026-11-24')).to.equal(builder.firmId);
    await at('2026-11-26 07:30');
    expect(heardIn(await dial(number))).to.include('入場');
    expect(await employerOf(id, '2026-11-26')).to.equal(next);
    await instance.service.watch.beginHirings();
    await instance.service.watch.beginHirings();
    const begun = await worker(id);
    expect(begun).to.deep.include({ employerId: next, hiredOn: '2026-11-26', workerCode: person(0).workerCode });
    expect(begun).not.to.have.any.keys('startsOn', 'leavesOn');
    await at('2026-11-24 12:00');
  });

  it('is moved by his employer and a day of hiring as well, and stays when that is taken back', async () => {
    const { id } = person(1);
    const before = await worker(id);
    const moved = await desk.ask<Worker>('PATCH', `/workers/${id}`, { employerId: next, hiredOn: '2026-12-01' });
    expect(moved).to.include({ employerId: builder.firmId, startsOn: '2026-12-01', leavesOn: '2026-11-30' });
    expect(await refusal(desk.ask('PATCH', `/workers/${id}`, { employerId: next }))).to.equal('employment-planned');
    expect(await refusal(employ(id, { firmId: next, from: '2027-01-01' }))).to.equal('employment-planned');
    expect(await refusal(desk.ask('POST', `/workers/${id}/leave`, { lastDay: '2026-12-10' }))).to.equal(
      'employment-planned',
    );
    const path = `/workers/${id}/employments`;
    expect(await refusal(desk.ask('DELETE', `${path}/2026-12-02`))).to.equal('not-found');
    expect(await refusal(desk.ask('DELETE', `${path}/2026-11-20`))).to.equal('employment-begun');
    await desk.ask('DELETE', `${path}/2026-12-01`);
    expect(await worker(id)).to.deep.equal(before);
  });

  it('is a new worker of that firm, who is not recorded before his first day', async () => {
    const fields = { name: '新見 始', kana: 'ニイミ ハジメ', employerId: next, hiredOn: '2026-11-27' };
    const { id } = await desk.ask<Worker>('POST', '/workers', fields);
    expect(await worker(id)).to.include({ employerId: next, startsOn: '2026-11-27' });
    const number = '090-3333-7001';
    await desk.ask('POST', '/phones', { number, workerIds: [id], validFrom: '2026-11-24', standingConsent: true });
    const early = await dial('+819033337001');
    expect(heardIn(early)).not.to.include('記録しました');
    await desk.until('the exception', async () =>
      (await desk.all<{ callId: string }>('/exceptions')).find((one) => one.callId === early.callId),
    );
    await at('2026-11-27 07:30');
    await instance.service.watch.beginHirings();
    expect(heardIn(await dial('+819033337001'))).to.include('入場');
    expect(await employerOf(id, '2026-11-27')).to.equal(next);
    expect(await worker(id)).to.include({ employerId: next, hiredOn: '2026-11-27' });
    await at('2026-11-24 12:00');
    const later = await desk.ask<Worker>('POST', '/workers', { ...fields, hiredOn: '2026-12-01' });
    const earlier = await desk.ask<Worker>('PATCH', `/workers/${later.id}`, { hiredOn: '2026-11-30' });
    expect(earlier).to.deep.include({ startsOn: '2026-11-30', employments: [{ firmId: next, from: '2026-11-30' }] });
    await desk.ask('DELETE', `/workers/${later.id}/employments/2026-11-30`);
    expect(await worker(later.id)).to.deep.include({ employerId: null, employments: [] });
  });

  it('leaves before he begins elsewhere, or when his time is over, by the one act that can be taken back', async () => {
    const { id } = person(2);
    await employ(id, { firmId: next, from: '2026-12-01', to: '2027-03-31' });
    await desk.ask('POST', `/workers/${id}/leave`, { lastDay: '2026-11-25' });
    const ended = { firmId: builder.firmId, ...EARLY, to: '2026-11-25' };
    const coming = { firmId: next, from: '2026-12-01', to: '2027-03-31' };
    expect((await worker(id)).employments).to.deep.equal([ended, coming]);
    await at('2026-11-26 07:30');
    await instance.service.watch.finishLeaves();
    await instance.service.watch.beginHirings();
    expect(await worker(id)).to.deep.include({ employerId: null, employments: [ended, coming] });
    await at('2026-12-01 07:30');
    await instance.service.watch.beginHirings();
    expect(await worker(id)).to.deep.include({
      employerId: next,
      leavesOn: '2027-03-31',
      employments: [ended, coming],
    });
    expect(await desk.ask('GET', `/workers/${id}/leave`)).to.include({ state: 'planned', lastDay: '2027-03-31' });
    await at('2027-04-01 07:30');
    await instance.service.watch.finishLeaves();
    expect((await worker(id)).employerId).to.equal(null);
    await at('2026-11-24 12:00');
  });

  it('is employed at once for a time whose end is known', async () => {
    const { id } = person(3);
    await employ(id, { firmId: next, from: '2026-11-23', to: '2026-12-31' });
    expect(await worker(id)).to.deep.include({
      ...{ employerId: next, leavesOn: '2026-12-31' },
      employments: [
        { firmId: builder.firmId, ...EARLY, to: '2026-11-22' },
        { firmId: next, from: '2026-11-23', to: '2026-12-31' },
      ],
    });
    expect(await desk.ask('GET', `/workers/${id}/leave`)).to.include({ state: 'planned', lastDay: '2026-12-31' });
  });

  it('is not known to the new employer before the day', async () => {
    const { id } = person(4);
    const key = { name: 'x', role: 'firm-responsible', firmId: next, scopes: ['read'] };
    const { secret } = await desk.ask<{ secret: string }>('POST', '/keys', key);
    await employ(id, { firmId: next, from: '2026-11-30' });
    const ask = async () =>
      (await fetch(`${instance.url}/api/v1/workers/${id}`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await ask()).to.equal(404);
    await at('2026-11-30 00:01');
    await instance.service.watch.beginHirings();
    expect(await ask()).to.equal(200);
    await at('2026-11-24 12:00');
  });
});
