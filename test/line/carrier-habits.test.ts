import { expect } from 'chai';
import fc from 'fast-check';
import { heardIn, incomingCall, newCallId, phone, signedPost } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

const VOICE = '/webhooks/twilio/voice';
const STATUS = '/webhooks/twilio/status';

describe('what carriers do', () => {
  let line: Line;
  let a: Instance;
  let b: Instance;
  let desk: Office;
  let builder: Builder;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const form = (place: number, callId: string, extra = {}) =>
    incomingCall({ from: person(place).number, to: builder.line, callId, extra });
  const passagesOf = async (workerId: string) =>
    (await a.service.stores.ledger.touching([workerId as never], [])).flatMap(({ passages }) => passages);
  const statusOf = (callId: string) =>
    desk.until('the call', async () =>
      desk.ask<{ status: string | null }>('GET', `/calls/${callId}`).catch(() => undefined),
    );

  before(async () => {
    line = await openLine();
    [a, b] = [await line.instance(), await line.instance()];
    desk = office(a.url);
    await at('2026-11-24 07:41');
    builder = await registerBuilder(line, desk, 30);
  });
  after(() => line.close());

  it('status callbacks before the call, repeated and out of order leave its end as the last one said (failure mode 3)', async () => {
    const callId = newCallId();
    const status = (CallStatus: string, extra = {}) =>
      signedPost(a.url, STATUS, { ...form(0, callId), CallStatus, ...extra });
    expect((await status('completed', { SequenceNumber: '3', CallDuration: '12' })).status).to.equal(204);
    expect((await signedPost(b.url, VOICE, form(0, callId))).text).to.include('入場');
    expect((await status('ringing', { SequenceNumber: '1' })).status).to.equal(204);
    expect((await status('completed', { SequenceNumber: '3', CallDuration: '12' })).status).to.equal(204);
    expect((await status('in-progress')).status).to.equal(204);
    expect((await statusOf(callId)).status).to.equal('completed');
    expect(await passagesOf(person(0).id)).to.have.length(1);
  });

  it('a turn that is asked for again is answered as it was, on whichever instance (failure mode 1)', async () => {
    const callId = newCallId();
    await signedPost(a.url, VOICE, form(1, callId));
    const turn = { ...form(1, callId), Digits: '9', CallStatus: 'in-progress' };
    const answers = await Promise.all(
      [a, b, a, b].map(({ url }) => signedPost(url, `${VOICE}?turn=2`, turn).then(({ text }) => text)),
    );
    expect(new Set(answers).size).to.equal(1);
    expect(answers[0]).to.include('退場');
    expect(await passagesOf(person(1).id)).to.have.length(2);
    await desk.until('one exit', async () => {
      const [day] = await desk.all<{ entryAt: string | null; exitAt: string | null }>(
        `/histories?workerId=${person(1).id}`,
      );
      return day?.entryAt === null && day.exitAt !== null;
    });
  });

  it('a turn whose call never began asks to call again and records nothing', async () => {
    const answer = await signedPost(a.url, `${VOICE}?turn=2`, { ...form(2, newCallId()), Digits: '1' });
    expect(answer.status).to.equal(200);
    expect(answer.text).to.include('もう一度おかけください');
    expect(await passagesOf(person(2).id)).to.deep.equal([]);
  });

  it('the fallback address answers as the first one would, and once', async () => {
    const callId = newCallId();
    const extra = { ErrorCode: '11200', ErrorUrl: 'https://calls.example.jp/webhooks/twilio/voice' };
    const answer = await signedPost(a.url, '/webhooks/twilio/fallback', form(3, callId, extra));
    expect(answer.text).to.include('記録しました');
    expect((await signedPost(b.url, VOICE, form(3, callId))).text).to.equal(answer.text);
    expect(await passagesOf(person(3).id)).to.have.length(1);
  });

  it('a forwarded call is recorded and shown to the office (failure mode 28)', async () => {
    const played = await phone(a.url).call({
      from: person(4).number,
      to: builder.line,
      extra: { ForwardedFrom: '+81312345678' },
    });
    expect(heardIn(played)).to.include('記録しました');
    await desk.until('the exception', async () =>
      (await desk.all<{ kind: string; workerId: string }>(`/exceptions?callId=${played.callId}`)).some(
        ({ kind, workerId }) => kind === 'forwarded' && workerId === person(4).id,
      ),
    );
  });

  it('two sites at once on two instances are one sequence with one open stay (I2)', async () => {
    const site = await desk.ask<{ id: string }>('POST', '/sites', {
      name: '検査町倉庫',
      kana: 'ケンサマチソウコ',
      primeId: builder.primeId,
      historyPeriod: { from: '2026-01-01', to: '2027-12-31' },
    });
    await desk.ask('POST', '/lines', { number: '+815031000901', siteId: site.id });
    const lines = [builder.line, '+815031000901'];
    await Promise.all(
      Array.from({ length: 12 }, (_unused, n) =>
        signedPost(
          n % 2 ? a.url : b.url,
          VOICE,
          incomingCall({ from: person(5).number, to: lines[n % 4 < 2 ? 0 : 1] ?? '' }),
        ),
      ),
    );
    const passages = await passagesOf(person(5).id);
    expect(new Set(passages.map(({ seq }) => seq)).size).to.be.at.most(passages.length);
    await desk.until('presence', async () => {
      const here = await Promise.all(
        [builder.siteId, site.id].map((id) =>
          desk.ask<{ people: { workerId: string }[] }>('GET', `/sites/${id}/presence`),
        ),
      );
      return here.flatMap(({ people }) => people).filter(({ workerId }) => workerId === person(5).id).length === 1;
    });
  });

  it('any interleaving of webhooks, retries and status callbacks is one passage per caller (I1-I3)', async function () {
    this.timeout(60_000);
    let next = 6;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('voice', 'again', 'ringing', 'completed'), { minLength: 3, maxLength: 7 }),
        async (kinds) => {
          const place = next++;
          const callId = newCallId();
          const answers = await Promise.all(
            kinds.map((kind, n) => {
              const { url } = n % 2 ? a : b;
              const voice = kind === 'voice' || kind === 'again';
              return signedPost(url, voice ? VOICE : STATUS, {
                ...form(place, callId),
                ...(voice ? {} : { CallStatus: kind }),
              }).then(({ text }) => (voice ? text : undefined));
            }),
          );
          const spoken = new Set(answers.filter((text) => text !== undefined));
          expect(spoken.size).to.be.at.most(1);
          expect(await passagesOf(person(place).id)).to.have.length(spoken.size);
        },
      ),
      { numRuns: 20 },
    );
  });
});
