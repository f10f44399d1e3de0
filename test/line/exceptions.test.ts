import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

interface ExceptionView {
  readonly id: string;
  readonly kind: string;
  readonly callId: string;
  readonly state: string;
}

const GROUNDS = { reasonCode: 'other', actionCode: 'other', note: '試験' };

describe('calls that need a person', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const dial = (from: string, to = builder.line, extra = {}) => phone(instance.url).call({ from, to, extra });
  const raised = (callId: string) =>
    desk.until('the exception', async () => (await desk.all<ExceptionView>(`/exceptions?callId=${callId}`))[0]);
  const link = (id: string, body: object) =>
    desk.ask<ExceptionView>('POST', `/exceptions/${id}/link`, { ...GROUNDS, ...body });

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:30');
    builder = await registerBuilder(line, desk, 6);
  });
  after(() => line.close());

  const strangers: [string, string, string][] = [
    ['an unknown number', '+819099990000', 'unknown-phone'],
    ['the keyed sentinel', '+266696687', 'withheld'],
    ['a word', 'anonymous', 'withheld'],
    ['nothing', '', 'withheld'],
    ['an impossible number', '+811045000', 'unknown-phone'],
    ['a softphone', 'client:somebody', 'unknown-phone'],
    ['a SIP device', 'sip:100@example.jp', 'unknown-phone'],
  ];
  for (const [who, from, kind] of strangers) {
    it(`are kept when ${who} calls: answered kindly, listed, no attendance (R-100, R-113)`, async () => {
      const played = await dial(from);
      expect(played.turns[0]?.status).to.equal(200);
      expect(heardIn(played)).to.include('承りました').and.not.include('記録しました');
      expect((await raised(played.callId)).kind).to.equal(kind);
      expect(await desk.all(`/histories?siteId=${builder.siteId}`)).to.deep.equal([]);
    });
  }

  it('are kept on an unknown and on a closed line', async () => {
    expect((await raised((await dial(person(0).number, '+815031999999')).callId)).kind).to.equal('unknown-line');
    await desk.ask('POST', '/lines', { number: '+815031000777', siteId: builder.siteId, state: 'closed' });
    expect((await raised((await dial(person(0).number, '+815031000777')).callId)).kind).to.equal('unknown-line');
  });

  it('are kept for a worker who has left, without a reason spoken (failure mode 29)', async () => {
    await desk.ask('POST', `/workers/${person(5).id}/leave`, {});
    const played = await dial(person(5).number);
    expect(heardIn(played)).to.include('承りました').and.not.include('退職');
    expect((await raised(played.callId)).kind).to.equal('no-employer');
    await at('2026-11-26 07:30');
    expect((await raised((await dial(person(5).number)).callId)).kind).to.equal('no-employer');
  });

  it('become the day of the worker they are linked to, at the time of the call, even after his evening call', async () => {
    await at('2026-11-27 07:41');
    const morning = await dial('+819088887777');
    await at('2026-11-27 17:00');
    expect(heardIn(await dial(person(1).number))).to.include('入場、17時0分');
    const exception = await raised(morning.callId);
    const linked = await link(exception.id, { workerId: person(1).id, siteId: builder.siteId, registerPhone: true });
    expect(linked.state).to.equal('linked');
    const [history] = await desk.all<Record<string, unknown>>(`/histories?workerId=${person(1).id}`);
    expect(history?.['entryAt']).to.match(/^2026-11-27T07:41/);
    expect(history?.['exitAt']).to.match(/^2026-11-27T17:00/);
    await at('2026-11-28 07:41');
    expect(heardIn(await dial('+819088887777'))).to.include(person(1).kana);
  });

  it('are decided once, with a note where the code says nothing', async () => {
    const exception = await raised((await dial('+819077776666')).callId);
    const act = (body: object) =>
      link(exception.id, { workerId: person(2).id, ...body }).then(
        () => 'done',
        (error: Error) => /"code":"([a-z-]+)"/.exec(error.message)?.[1],
      );
    expect(await act({ reasonCode: 'other', note: undefined })).to.equal('note-needed');
    expect(await act({ reasonCode: ' ' })).to.equal('input-invalid');
    expect(await act({ actionCode: '' })).to.equal('input-invalid');
    expect(await act({ workerId: 'wrk_nobody1' })).to.equal('unknown-worker');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => act({ direction: 'entry' })));
    expect(outcomes.filter((one) => one === 'done')).to.have.length(1);
    expect(outcomes.filter((one) => one === 'already-decided')).to.have.length(5);
    expect(await desk.all(`/histories?workerId=${person(2).id}`)).to.have.length(1);
  });

  it('are rejected without a trace of attendance', async () => {
    const exception = await raised((await dial('+819066665555')).callId);
    const rejected = await desk.ask<ExceptionView & { warnings: { pointer: string; code: string }[] }>(
      ...(['POST', `/exceptions/${exception.id}/reject`, { ...GROUNDS, reasonCode: 'not-listed-yet' }] as const),
    );
    expect(rejected.state).to.equal('rejected');
    // D-26: what the list lacks is taken with a warning.
    expect(rejected.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).to.deep.equal([
      '/reasonCode code-unknown',
    ]);
    expect(await desk.all(`/histories?workerId=${person(3).id}`)).to.deep.equal([]);
  });

  it('of a day name the call that they come from, whichever half is missing', async () => {
    const kinds = (callId: string) =>
      desk.until('the exception', async () => {
        const found = await desk.all<ExceptionView>(`/exceptions?callId=${callId}`);
        return found.length > 0 && found.map(({ kind, callId: named }) => `${kind} ${named}`);
      });
    await desk.ask('POST', '/lines', { number: '+815031000778', siteId: builder.siteId, direction: 'exit' });
    await at('2026-12-01 17:00');
    const out = await dial(person(3).number, '+815031000778');
    expect(await kinds(out.callId)).to.deep.equal([`exit-without-entry ${out.callId}`]);
    await at('2026-12-02 07:30');
    const entry = await dial(person(3).number);
    await at('2026-12-03 07:30');
    expect(heardIn(await dial(person(3).number))).to.include('入場');
    expect(await kinds(entry.callId)).to.deep.equal([`entry-without-exit ${entry.callId}`]);
  });

  it('outside the period of the site are kept and shown, and not handed over (R-022, D-07) (failure mode 30)', async () => {
    await at('2028-01-05 07:41');
    await dial(person(4).number);
    const history = await desk.until('the refusal', async () => {
      const [one] = await desk.all<{
        flags: string[];
        evaluable: boolean;
        forwarding: { state: string; answer: { code: string } };
      }>(`/histories?workerId=${person(4).id}`);
      return one?.forwarding.state === 'rejected' && one;
    });
    expect(history.flags).to.deep.equal(['out-of-period']);
    expect(history.evaluable).to.equal(false);
    expect(history.forwarding.answer.code).to.equal('OUT_OF_PERIOD');
  });

  it('ask who calls on a shared telephone: a code settles it, three wrong ones keep the call (R-102) (failure mode 9)', async () => {
    await at('2026-11-24 09:00');
    const [one, two] = [person(2), person(3)];
    await desk.ask('POST', '/phones', {
      number: '+819055554444',
      workerIds: [one.id, two.id],
      shared: true,
      validFrom: '2026-01-01',
    });
    const press = (...keys: string[]) =>
      phone(instance.url).call({ from: '+819055554444', to: builder.line, press: keys });
    expect(heardIn(await press(`${two.workerCode}#`))).to.include(`${two.kana}さん`);
    const lost = await press('111111#', '222222#', '333333#');
    expect(lost.turns).to.have.length(4);
    expect((await raised(lost.callId)).kind).to.equal('unknown-phone');
  });

  it('ask where on a line of many sites, and keep a call that was left in the middle', async () => {
    await at('2026-11-24 10:00');
    await desk.ask('POST', '/lines', { number: '+815031000888' });
    const { siteCode } = await desk.ask<{ siteCode: string }>('GET', `/sites/${builder.siteId}`);
    const played = await phone(instance.url).call({
      from: person(0).number,
      to: '+815031000888',
      press: [`${siteCode}#`],
    });
    expect(heardIn(played)).to.include('シケンマチ、入場');
    const left = await phone(instance.url).call({ from: '+819055554444', to: '+815031000888', hangupAfterTurns: 1 });
    expect((await raised(left.callId)).kind).to.equal('unknown-phone');
  });

  it('are kept where the site takes no calls, and the days before keep the method they came by (R-024, R-097, R-110)', async () => {
    await at('2026-12-14 07:30');
    await dial(person(3).number);
    const days = () =>
      desk.all<{ method: string; exitAt: string | null }>(`/histories?workerId=${person(3).id}&from=2026-12-14`);
    const [before] = await desk.until('the day', async () => ((await days()).length > 0 ? days() : undefined));
    expect(before?.method).to.equal('PHONE_CALL');
    await desk.ask('PATCH', `/sites/${builder.siteId}`, { methods: ['CARD_READER'] });
    await at('2026-12-14 17:00');
    const played = await dial(person(3).number);
    expect(heardIn(played)).to.include('承りました');
    expect((await raised(played.callId)).kind).to.equal('unknown-site');
    expect((await days()).map(({ method, exitAt }) => [method, exitAt])).to.deep.equal([['PHONE_CALL', null]]);
    await desk.ask('PATCH', `/sites/${builder.siteId}`, { methods: ['PHONE_CALL'] });
  });
});
