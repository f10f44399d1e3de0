import { expect } from 'chai';
import { rebuild } from '../../src/services/rebuild-projections.ts';
import { CARRIER, incomingCall, phone, signedPost } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface Exception {
  readonly kind: string;
  readonly state: string;
  readonly severity: string;
  readonly workerId: string;
  readonly workDate: string;
  readonly openedAt: string;
}
interface Message {
  readonly channel: string;
  readonly to: string;
  readonly text: string;
}

describe('a missing exit', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const call = (place: number) => phone(instance.url).call({ from: person(place).number, to: builder.line });
  const remind = (one: Instance = instance) => one.service.watch.remind();
  const missingExit = (rule: object | null, more: object = {}) =>
    desk.ask('PATCH', `/sites/${builder.siteId}`, { missingExit: rule, ...more });
  const exceptionOf = async (place: number, workDate: string) =>
    (await desk.all<Exception>('/exceptions?kind=entry-without-exit')).find(
      (one) => one.workerId === person(place).id && one.workDate === workDate,
    );
  const messages = async () => ((await line.control('GET', '/messages')) as { items: Message[] }).items;
  const textsTo = async (place: number) =>
    (await messages()).filter(({ to }) => to.slice(-2) === person(place).number.slice(-2));
  const onSite = async (...places: number[]) => {
    for (const place of places) {
      await call(place);
      await desk.until(
        'the entry',
        async () =>
          (await isProjected(instance.service.stores, person(place).id)) &&
          (await desk.ask<{ people: { workerId: string }[] }>('GET', `/sites/${builder.siteId}/presence`)).people.some(
            ({ workerId }) => workerId === person(place).id,
          ),
      );
    }
  };

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:00');
    builder = await registerBuilder(line, desk, 10);
  });
  after(() => line.close());

  it('is an open exception the same day, sends nothing by default, and is fixed by the exit call', async () => {
    await missingExit({ after: '18:30', channel: 'none' });
    await at('2026-11-24 07:50');
    await onSite(0);
    await at('2026-11-24 18:29');
    expect(await remind()).to.deep.equal({ noticed: 0, sent: 0 });
    expect(await exceptionOf(0, '2026-11-24')).to.equal(undefined);
    await at('2026-11-24 18:30');
    expect(await remind()).to.deep.equal({ noticed: 1, sent: 0 });
    const raised = await exceptionOf(0, '2026-11-24');
    expect(raised).to.include({ state: 'open', severity: 'fix' });
    expect(raised?.openedAt).to.match(/^2026-11-24T18:30/);
    expect(await messages()).to.deep.equal([]);
    const { stores, attendance } = instance.service;
    await rebuild({ ...stores, ...attendance, progress: () => undefined });
    expect(await exceptionOf(0, '2026-11-24')).to.deep.equal(raised);
    await call(0);
    await desk.until('the fix', async () => (await exceptionOf(0, '2026-11-24'))?.state === 'fixed');
    expect(await remind()).to.deep.equal({ noticed: 0, sent: 0 });
  });

  it('makes up no exit: the day stays open until somebody calls or corrects it, and the exception is the same one', async () => {
    await at('2026-11-24 19:00');
    await onSite(1);
    await at('2026-11-25 09:30');
    await remind();
    expect(await exceptionOf(1, '2026-11-24')).to.include({ state: 'open' });
    await call(1);
    const days = await desk.until('the next day', async () => {
      const all = await desk.all<{ workDate: string; exitAt: string | null }>(`/histories?workerId=${person(1).id}`);
      return all.length === 2 && all;
    });
    expect(days.map(({ workDate, exitAt }) => [workDate, exitAt])).to.deep.equal([
      ['2026-11-24', null],
      ['2026-11-25', null],
    ]);
    const same = (await desk.all<Exception>('/exceptions?kind=entry-without-exit')).filter(
      ({ workerId }) => workerId === person(1).id,
    );
    expect(same.map(({ workDate, state }) => [workDate, state])).to.deep.equal([['2026-11-24', 'open']]);
  });

  it('counts without a time of day from the longest shift', async () => {
    await missingExit(null);
    await at('2026-11-25 10:00');
    await onSite(2);
    await at('2026-11-25 23:59');
    await remind();
    expect(await exceptionOf(2, '2026-11-25')).to.equal(undefined);
    await at('2026-11-26 00:01');
    await remind();
    expect(await exceptionOf(2, '2026-11-25')).to.include({ state: 'open' });
  });

  it('is texted once, in his language, whoever looks at it and how often', async () => {
    await missingExit({ after: '18:00', channel: 'sms' });
    await desk.ask('PATCH', `/workers/${person(4).id}`, { language: 'vi' });
    await at('2026-11-26 08:00');
    await onSite(3, 4);
    await at('2026-11-26 18:00');
    const other = await line.instance();
    const looks = await Promise.all([remind(), remind(other), remind(), remind(other)]);
    expect(looks.reduce((sum, { sent }) => sum + sent, 0)).to.equal(2);
    await remind();
    const [japanese, ...more] = await textsTo(3);
    expect(more).to.deep.equal([]);
    expect(japanese).to.deep.include({ channel: 'sms', to: `+81********${person(3).number.slice(-2)}` });
    expect(japanese?.text).to.contain('退場のお電話がまだ').and.contain('050-32');
    const [vietnamese] = await textsTo(4);
    expect(vietnamese?.text).to.contain('chưa nhận được').and.contain('050-32');
    await other.stop();
    expect(line.logged.join(' ')).not.to.contain(person(3).number.slice(3));
  });

  it('is not texted to whoever has left, or after the longest shift, when a call would be an entry', async () => {
    await at('2026-11-27 03:00');
    await onSite(5);
    await at('2026-11-27 03:30');
    await onSite(6);
    await at('2026-11-27 11:30');
    await call(5);
    await desk.until('the exit', async () =>
      (await desk.all<{ exitAt: string | null }>(`/histories?workerId=${person(5).id}`)).some(({ exitAt }) => exitAt),
    );
    await at('2026-11-27 18:01');
    expect(await remind()).to.deep.equal({ noticed: 1, sent: 0 });
    expect(await textsTo(5)).to.deep.equal([]);
    expect(await textsTo(6)).to.deep.equal([]);
    expect(await exceptionOf(6, '2026-11-27')).to.include({ state: 'open' });
    expect(await exceptionOf(5, '2026-11-27')).to.equal(undefined);
  });

  it('asks whoever comes for the night on the next morning, and not just before he came', async () => {
    await missingExit({ after: '09:00', channel: 'sms' });
    await at('2026-11-28 20:00');
    await onSite(7);
    await at('2026-11-29 08:59');
    expect((await remind()).sent).to.equal(0);
    await at('2026-11-29 09:01');
    expect((await remind()).sent).to.equal(1);
    expect(await exceptionOf(7, '2026-11-28')).to.include({ state: 'open' });
  });

  describe('by a call', () => {
    /** Takes the call as a worker does: what was said to each of his keys; an empty one is the hang-up of silence. */
    const take = async (place: number, keys: readonly string[]) => {
      const from = builder.line;
      const to = person(place).number;
      const placed = (await textsTo(place)).filter(({ channel }) => channel === 'call').at(-1);
      const url = new URL(placed?.text ?? expect.fail('no call'));
      expect(url.origin).to.equal(CARRIER.publicBaseUrl);
      const form = incomingCall({ from, to, extra: { Direction: 'outbound-api', CallStatus: 'in-progress' } });
      const heard: string[] = [];
      for (const [turn, Digits] of ['', ...keys].entries()) {
        const path = turn === 0 ? url.pathname + url.search : `/webhooks/twilio/voice?turn=${String(turn + 1)}`;
        const answer = await signedPost(instance.url, path, turn === 0 ? form : { ...form, Digits });
        expect(answer.status).to.equal(200);
        heard.push(answer.text);
      }
      return { heard, callId: form['CallSid'] ?? '' };
    };
    const requests = (place: number) =>
      desk.all<{
        id: string;
        state: string;
        exitAt: string;
        entryAt: string | null;
        source: string;
        reasonCode: string;
      }>(`/corrections?workerId=${person(place).id}`);

    it('takes the time by keypad, files it as a request, and records nothing before it is approved', async () => {
      await missingExit({ after: '18:00', channel: 'call' });
      await at('2026-12-01 07:50');
      await onSite(3);
      await at('2026-12-01 18:00');
      expect(
        await Promise.all([remind(), remind()]).then((looks) => looks.map(({ sent }) => sent).sort()),
      ).to.deep.equal([0, 1]);
      const { heard, callId } = await take(3, ['1710', '1']);
      expect(heard[0]).to.contain('退場のお電話が、まだ').and.contain('退場した時刻を4けた');
      expect(heard[1]).to.contain('7時50分入場、17時10分退場');
      expect(heard[2]).to.contain('届けを承りました');
      const [filed] = await desk.until('the request', async () => (await requests(3)).length > 0 && requests(3));
      expect(filed).to.include({ source: 'phone', reasonCode: 'forgot-exit', state: 'requested', entryAt: null });
      expect(filed?.exitAt).to.equal('2026-12-01T17:10:00+09:00');
      const today = async () =>
        (await desk.all<{ workDate: string; exitAt: string | null }>(`/histories?workerId=${person(3).id}`)).find(
          ({ workDate }) => workDate === '2026-12-01',
        );
      expect((await today())?.exitAt).to.equal(null);
      expect(
        (await desk.ask<{ passages: object[]; flags: string[] }>('GET', `/calls/${callId}`)).passages,
      ).to.deep.equal([]);
      await desk.ask('POST', `/corrections/${filed?.id ?? ''}/approve`, {});
      expect((await today())?.exitAt).to.equal('2026-12-01T17:10:00+09:00');
      expect(await exceptionOf(3, '2026-12-01')).to.include({ state: 'fixed' });
    });

    it('says nothing to whoever has left meanwhile, and files nothing for an answer that is not clear', async () => {
      await at('2026-12-02 08:00');
      await onSite(4, 0);
      await at('2026-12-02 18:00');
      await remind();
      await call(4);
      const left = await desk.until('the exit', async () => {
        const { heard } = await take(4, []);
        return heard[0]?.includes('<Say') ? undefined : heard;
      });
      expect(left[0]).to.contain('<Hangup/>');
      const { heard } = await take(0, ['', '9999', '17']);
      expect(heard.at(-1)).to.contain('<Hangup/>');
      expect(await requests(0)).to.deep.equal([]);
      const stranger = incomingCall({ from: builder.line, to: person(0).number, extra: { Direction: 'outbound-api' } });
      const none = await signedPost(instance.url, '/webhooks/twilio/reminder?of=nothing', stranger);
      expect(none.text).to.match(/<Response><Hangup\/><\/Response>/);
    });
  });

  it('is an exception alone where there is nothing to send from; that is said once', async () => {
    await missingExit({ after: '18:00', channel: 'sms' });
    await at('2026-11-30 08:00');
    await onSite(8, 9);
    await at('2026-11-30 18:00');
    await instance.stop();
    instance = await line.instance({ messageFrom: null });
    desk = office(instance.url);
    expect(await remind()).to.deep.equal({ noticed: 2, sent: 0 });
    await remind();
    expect(await exceptionOf(8, '2026-11-30')).to.include({ state: 'open' });
    expect(line.logged.filter((sentence) => sentence.includes('MESSAGE_FROM'))).to.have.length(1);
  });
});
