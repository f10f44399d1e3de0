import { expect } from 'chai';
import { heardIn, incomingCall, newCallId, signedPost } from '../support/caller.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const VOICE = '/webhooks/twilio/voice';

describe('repeats and hang-ups', () => {
  let morning: Morning;
  const form = (place: number, callId: string, extra = {}) =>
    incomingCall({ from: morning.person(place).number, to: morning.builder.line, callId, extra });

  before(async () => {
    morning = await openMorning(8);
  });
  after(() => morning.line.close());

  it('failure mode 1: a request replayed weeks later, at a process that never saw it, is answered as it was', async () => {
    const { line, instance, at, standing } = morning;
    const callId = newCallId();
    const first = await signedPost(instance.url, VOICE, form(0, callId));
    await at('2026-12-15 18:00');
    const later = await line.instance();
    const replayed = await signedPost(later.url, VOICE, form(0, callId));
    expect(replayed.text).to.equal(first.text);
    expect(await standing(0)).to.have.length(1);
    expect(await (await fetch(`${later.url}/metrics`)).text()).to.match(/genba_webhooks_total\{outcome="replayed"\} 1/);
    await later.stop();
    await at('2026-11-24 07:41');
  });

  it('failure mode 4: whoever hangs up before or in the middle of the receipt is recorded', async () => {
    const { call, standing } = morning;
    const early = await call(1, { hangupAfterMs: 0 });
    expect(early.ended).to.equal('caller hung up');
    expect(await standing(1)).to.have.length(1);
    expect((await call(2, { hangupAfterMs: 2_000 })).ended).to.equal('caller hung up');
    expect((await standing(2)).map(({ direction }) => direction)).to.deep.equal(['entry']);
  });

  it('failure mode 4: keys that arrive after the call is over count, and the answer to them is empty', async () => {
    const { instance, standing } = morning;
    const callId = newCallId();
    await signedPost(instance.url, VOICE, form(3, callId));
    const over = { ...form(3, callId), CallStatus: 'completed', Digits: '9' };
    const answers = [];
    for (let time = 0; time < 2; time++) answers.push(await signedPost(instance.url, `${VOICE}?turn=2`, over));
    for (const { status, text } of answers) {
      expect(status).to.equal(200);
      expect(text).to.match(/<Response\/>$/);
    }
    expect((await standing(3)).map(({ direction }) => direction)).to.deep.equal(['exit']);
  });

  it('failure mode 4: half a code that was being keyed names nobody and no site', async () => {
    const { instance, desk, person, builder, days, at, dayWhere } = morning;
    await at('2026-10-12 08:00');
    await morning.call(4);
    await dayWhere(4, () => true);
    await at('2026-11-24 07:45');
    await desk.ask('POST', '/lines', { number: '+815031000821' });
    const callId = newCallId();
    const call = incomingCall({ from: person(4).number, to: '+815031000821', callId });
    expect((await signedPost(instance.url, VOICE, call)).text).to.include('現場番号');
    const half = { ...call, CallStatus: 'completed', Digits: '1' };
    expect((await signedPost(instance.url, `${VOICE}?turn=2`, half)).text).to.match(/<Response\/>$/);
    await signedPost(instance.url, '/webhooks/twilio/status', { ...call, CallStatus: 'completed' });
    await morning.raised(`callId=${callId}`, 'unknown-site');
    expect((await days(4)).map(({ workDate, siteId }) => [workDate, siteId])).to.deep.equal([
      ['2026-10-12', builder.siteId],
    ]);
  });

  it('failure mode 35: who is refused as busy and redials five times has one passage, and hears it from the second call on', async () => {
    const { desk, builder, call, at, standing } = morning;
    await desk.ask('POST', '/lines', { number: '+815031000822', siteId: builder.siteId, answer: 'when-needed' });
    for (const [day, hour] of [
      ['18', '08'],
      ['18', '17'],
      ['19', '08'],
      ['19', '17'],
    ]) {
      await at(`2026-11-${day ?? ''} ${hour ?? ''}:00`);
      await call(5);
    }
    const known = (await standing(5)).length;
    await at('2026-11-24 07:41');
    const redials = [];
    for (let time = 0; time < 5; time++) redials.push(await call(5, { to: '+815031000822' }));
    expect(redials.map(({ ended }) => ended)).to.deep.equal(['rejected', 'hangup', 'hangup', 'hangup', 'hangup']);
    expect(heardIn(redials[1] ?? expect.fail('no call'))).to.include('入場、7時41分');
    expect(await standing(5)).to.have.length(known + 1);
  });
});
