import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface Worker {
  readonly employerId: string | null;
  readonly hasPin: boolean;
  readonly leavesOn?: string;
  readonly workerCode: string;
  readonly employments: readonly object[];
}

describe('somebody who leaves his firm', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const dial = (from: string, press: string[] = []) => phone(instance.url).call({ from, to: builder.line, press });
  const code = (place: number) => `${person(place).workerCode}#`;
  const leave = (place: number, body: object = {}) =>
    desk.ask<Worker>('POST', `/workers/${person(place).id}/leave`, body);
  const takeBack = (place: number) => desk.ask<Worker>('DELETE', `/workers/${person(place).id}/leave`);
  const worker = (place: number) => desk.ask<Worker>('GET', `/workers/${person(place).id}`);
  const phonesOf = (place: number) => desk.all<Record<string, unknown>>(`/phones?workerId=${person(place).id}`);
  const day = async (place: number, workDate: string) =>
    (await desk.all<{ workDate: string; exitAt: string | null }>(`/histories?workerId=${person(place).id}`)).find(
      (one) => one.workDate === workDate,
    );
  const raised = (callId: string) =>
    desk.until('the exception', async () =>
      (await desk.all<{ callId: string; kind: string }>('/exceptions')).find((one) => one.callId === callId),
    );
  const refusal = async (asked: Promise<unknown>) =>
    asked.then(
      () => 'taken',
      (error: Error) => /"code":"([a-z-]+)"/.exec(error.message)?.[1],
    );

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:00');
    builder = await registerBuilder(line, desk, 10);
  });
  after(() => line.close());

  it('is recorded until the end of his last day, and from the next day on no more', async () => {
    expect(await leave(0, { lastDay: '2026-11-24', reason: '契約満了' })).to.include({
      ...{ employerId: builder.firmId, leavesOn: '2026-11-24' },
    });
    await dial(person(0).number);
    await at('2026-11-24 17:00');
    await dial(person(0).number);
    await desk.until('the exit', async () => (await day(0, '2026-11-24'))?.exitAt);
    await at('2026-11-25 07:40');
    const { callId } = await dial(person(0).number);
    expect((await raised(callId)).kind).to.equal('no-employer');
    expect(await day(0, '2026-11-25')).to.equal(undefined);
    await instance.service.registers.leaveService.finishDue();
    expect(await worker(0))
      .to.include({ employerId: null, hasPin: false })
      .and.not.have.property('leavesOn');
    expect((await phonesOf(0))[0]?.['validTo']).to.equal('2026-11-24');
    expect(await desk.ask('GET', `/workers/${person(0).id}/leave`)).to.include({ state: 'left', reason: '契約満了' });
  });

  it('goes home from the site on which he was, also when he left the firm meanwhile, and comes to none any more', async () => {
    await at('2026-11-25 08:00');
    await dial(person(1).number);
    await desk.until('the entry', () => isProjected(instance.service.stores, person(1).id));
    await leave(1);
    await at('2026-11-25 17:10');
    await dial(person(1).number);
    expect(await desk.until('the exit', async () => (await day(1, '2026-11-25'))?.exitAt)).to.match(/17:10/);
    await at('2026-11-25 18:30');
    expect((await raised((await dial(person(1).number)).callId)).kind).to.equal('no-employer');
  });

  it('loses only his place among the holders of a shared telephone', async () => {
    const shared = '+815031230001';
    const ids = [person(2).id, person(3).id];
    await desk.ask('POST', '/phones', { number: shared, workerIds: ids, validFrom: '2026-01-01' });
    await leave(2, { lastDay: '2026-11-25' });
    await at('2026-11-26 07:30');
    const said = heardIn(await dial(shared, [code(3)]));
    expect(said).to.include('入場');
    await desk.until('the day', () => day(3, '2026-11-26'));
    await dial(shared, [code(2)]);
    expect(await day(2, '2026-11-26')).to.equal(undefined);
    const [registration] = (await phonesOf(3)).filter(({ shared: isShared }) => isShared === true);
    expect(registration).to.deep.include({
      ...{ workerIds: [person(3).id], left: [{ workerId: person(2).id, lastDay: '2026-11-25' }] },
    });
  });

  it('is as he was before when it is taken back: employment, telephones, code and PIN', async () => {
    const shared = { number: '+815031230002', workerIds: [person(4).id, person(5).id], validFrom: '2026-01-01' };
    await desk.ask('POST', '/phones', shared);
    await desk.ask('PUT', `/workers/${person(4).id}/pin`, { pin: '4711' });
    const before = [await worker(4), await phonesOf(4)];
    for (const body of [{}, { lastDay: '2026-12-31' }, { lastDay: '2026-11-20' }]) {
      await leave(4, body);
      expect([await worker(4), await phonesOf(4)]).to.not.deep.equal(before);
      expect(await takeBack(4)).to.deep.equal(before[0]);
      expect([await worker(4), await phonesOf(4)]).to.deep.equal(before);
      expect(await takeBack(4)).to.deep.equal(before[0]);
    }
    const said = heardIn(await dial('anonymous', [code(4), '4711#']));
    expect(said).to.include('入場');
  });

  it('is not taken back when somebody else has the number or he has another firm, and never who has not left', async () => {
    expect(await refusal(takeBack(6))).to.equal('not-left');
    await leave(6, { lastDay: '2026-11-20' });
    const heir = { number: person(6).number, workerIds: [person(7).id], validFrom: '2026-11-26' };
    await desk.ask('POST', '/phones', heir);
    expect(await refusal(takeBack(6))).to.equal('leave-used');
    await leave(8, { lastDay: '2026-11-20' });
    await desk.ask('PATCH', `/workers/${person(8).id}`, { employerId: builder.primeId });
    expect(await refusal(takeBack(8))).to.equal('leave-used');
  });

  it('leaves once: again is the same, another day is refused, and two at the same moment agree', async () => {
    await leave(7, { lastDay: '2026-12-05' });
    const first = await worker(7);
    expect(await leave(7, { lastDay: '2026-12-05' })).to.deep.equal(first);
    expect(await refusal(leave(7, { lastDay: '2026-12-06' }))).to.equal('leave-differs');
    expect(await refusal(desk.ask('PATCH', `/workers/${person(7).id}`, { employerId: null }))).to.equal(
      'leave-planned',
    );
    const second = office((await line.instance()).url);
    await Promise.all(
      [desk, second].flatMap(({ ask }) => [
        ask('POST', `/workers/${person(9).id}/leave`, { lastDay: '2026-11-22' }),
        ask('POST', `/workers/${person(9).id}/leave`, { lastDay: '2026-11-22' }),
      ]),
    );
    expect(await worker(9)).to.include({ employerId: null });
    const undone = await Promise.allSettled([takeBack(9), second.ask('DELETE', `/workers/${person(9).id}/leave`)]);
    expect(undone.filter(({ status }) => status === 'fulfilled')).to.not.have.length(0);
    expect(await worker(9)).to.include({ employerId: builder.firmId });
  });

  it('leaves with others in one request, each with his own answer; the firm he left may take it back', async () => {
    const { secret } = await desk.ask<{ secret: string }>('POST', '/keys', {
      ...{ name: 'own', role: 'registration-officer', firmId: builder.firmId, scopes: ['read', 'write'] },
    });
    const ids = [person(5).id, person(7).id];
    const answer = await desk.ask<{ items: object[] }>('POST', '/workers/leave', {
      ...{ workerIds: ids, lastDay: '2026-11-23' },
    });
    expect(answer.items).to.deep.equal([
      { workerId: ids[0], outcome: 'left', code: null },
      { workerId: ids[1], outcome: 'refused', code: 'leave-differs' },
    ]);
    const path = `${instance.url}/api/v1/workers/${person(5).id}/leave`;
    const headers = { authorization: `Bearer ${secret}` };
    expect((await fetch(path, { headers })).status).to.equal(200);
    expect((await fetch(path, { method: 'DELETE', headers })).status).to.equal(200);
    expect(await worker(5)).to.include({ employerId: builder.firmId });
    const audit = await desk.all<{ what: string; thing: string }>(`/audit?thing=${person(5).id}`);
    expect(audit.map(({ what }) => what))
      .to.include('post /workers/{id}/leave')
      .and.include('delete /workers/{id}/leave');
  });
});
