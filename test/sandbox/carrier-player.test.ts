import { expect } from 'chai';
import { CARRIER, heardIn } from '../support/caller.ts';
import { RING, type Writer, VOICE, serveScripts } from '../support/scripted-service.ts';

describe('the simulated caller', () => {
  it('hears a receipt, stays to the end and reports the completed call', async () => {
    const { call, seen } = serveScripts({ [VOICE]: (r) => void (r.say('アイウエオカキ'), r.pause({ length: 2 })) });
    const now = () => new Date('2026-11-24T07:41:00Z');
    const played = await call({ now });
    expect(played).to.include({ ended: 'end', answered: true, seconds: 3 });
    expect(played.turns).to.have.length(1);
    expect(played.turns[0]).to.deep.include({ path: VOICE, status: 200, say: ['アイウエオカキ'] });
    expect(seen.map(({ path, signed }) => [path, signed])).to.deep.equal([
      [VOICE, true],
      ['/webhooks/twilio/status', true],
    ]);
    expect(seen[1]?.form).to.include({
      CallSid: played.callId,
      CallStatus: 'completed',
      CallDuration: '3',
      SequenceNumber: '3',
      Timestamp: 'Tue, 24 Nov 2026 07:41:00 +0000',
    });
  });

  it('sends the form that the carrier sends for a Japanese number', async () => {
    const { call, forms } = serveScripts({ [VOICE]: (r) => void r.hangup() });
    await call({ callId: `CA${'1'.repeat(32)}`, extra: { ForwardedFrom: '+81312345678' } });
    expect(forms()[0]).to.deep.equal({
      CallSid: `CA${'1'.repeat(32)}`,
      AccountSid: CARRIER.accountSid,
      ApiVersion: '2010-04-01',
      Direction: 'inbound',
      CallStatus: 'ringing',
      ...{ From: RING.from, FromCity: '', FromState: '', FromZip: '', FromCountry: 'JP' },
      ...{ Caller: RING.from, CallerCity: '', CallerState: '', CallerZip: '', CallerCountry: 'JP' },
      ...{ To: RING.to, ToCity: '', ToState: '', ToZip: '', ToCountry: 'JP' },
      ...{ Called: RING.to, CalledCity: '', CalledState: '', CalledZip: '', CalledCountry: 'JP' },
      ForwardedFrom: '+81312345678',
    });
  });

  it('hides the number of a withheld caller behind the sentinel', async () => {
    const { call, forms } = serveScripts({ [VOICE]: (r) => void r.hangup() });
    await call({ withheld: true });
    expect(forms()[0]).to.include({ From: '+266696687', Caller: '+266696687', FromCountry: '' });
  });

  it('obeys a hang-up and leaves what stands behind it unsaid', async () => {
    const { call } = serveScripts({ [VOICE]: (r) => void (r.say('マエ'), r.hangup(), r.say('アト')) });
    const played = await call();
    expect(played).to.include({ ended: 'hangup', answered: true });
    expect(heardIn(played)).to.equal('マエ');
  });

  it('is not answered when the first verb refuses, and reports busy or no answer', async () => {
    for (const [reason, status] of [
      ['busy', 'busy'],
      ['rejected', 'no-answer'],
    ] as const) {
      const { call, forms } = serveScripts({ [VOICE]: (r) => void r.reject({ reason }) });
      expect(await call()).to.include({ ended: 'rejected', answered: false });
      expect(forms()[1]).to.include({ CallStatus: status, CallDuration: '0' });
    }
  });

  it('is answered, and billed, when something was said before the refusal', async () => {
    const { call, forms } = serveScripts({ [VOICE]: (r) => void (r.say('ハイ'), r.reject({ reason: 'busy' })) });
    expect(await call()).to.include({ ended: 'rejected', answered: true });
    expect(forms()[1]).to.include({ CallStatus: 'completed' });
  });

  it('goes on ringing through a redirect and is in progress once something was said', async () => {
    const { call, forms } = serveScripts({
      [VOICE]: (r) => void r.redirect('voice/second?step=1'),
      '/webhooks/twilio/voice/second?step=1': (r) => void (r.say('ハイ'), r.redirect('/third')),
      '/third': (r) => void r.say('オワリ'),
    });
    const script = await call();
    expect(script.turns.map(({ path }) => path)).to.deep.equal([VOICE, `${VOICE}/second?step=1`, '/third']);
    expect(forms().map((form) => form['CallStatus'])).to.deep.equal(['ringing', 'ringing', 'in-progress', 'completed']);
  });

  it('takes an absolute address below the public one and complains about any other', async () => {
    const own = serveScripts({
      [VOICE]: (r) => void r.redirect(`${CARRIER.publicBaseUrl}/next#rc=2`),
      '/next': (r) => void r.say('ハイ'),
    });
    expect(heardIn(await own.call())).to.equal('ハイ');
    const foreign = await serveScripts({ [VOICE]: (r) => void r.redirect('https://elsewhere.example/next') }).call();
    expect(foreign.ended).to.equal('unreadable answer');
    expect(foreign.complaint).to.include('https://elsewhere.example/next');
  });

  it('gives up after twenty turns of redirects in a circle', async () => {
    const played = await serveScripts({ [VOICE]: (r) => void r.redirect(VOICE) }).call();
    expect(played).to.include({ ended: 'too many turns' });
    expect(played.turns).to.have.length(20);
  });
});

describe('the simulated caller at a question', () => {
  const ask = (attributes: object, after?: Writer): ReturnType<typeof serveScripts> =>
    serveScripts({
      [VOICE]: (r, form) => {
        r.gather({ action: '/answer', ...attributes }).say('バンゴウヲドウゾ');
        after?.(r, form);
      },
      '/answer': (r, form) => void r.say(`キキマシタ ${form['Digits'] ?? ''}`),
    });

  it('presses its keys, and the finish key is not among the digits', async () => {
    const { call, seen } = ask({});
    const played = await call({ press: ['4021#'] });
    expect(seen[1]).to.deep.include({ path: '/answer', signed: true });
    expect(seen[1]?.form).to.include({ Digits: '4021', FinishedOnKey: '#', CallStatus: 'in-progress' });
    expect(played.turns[0]).to.deep.include({
      say: ['バンゴウヲドウゾ'],
      ask: { timeout: 5, finishOnKey: '#', action: '/answer' },
      press: '4021#',
    });
    expect(played.turns[1]).to.not.have.property('ask');
  });

  it('submits at the number of digits asked for, and keys after that are lost', async () => {
    const { call, forms } = ask({ numDigits: 2 });
    await call({ press: ['123'] });
    expect(forms()[1]).to.include({ Digits: '12', FinishedOnKey: '' });
  });

  it('submits when the time after the last key has passed', async () => {
    const { call, forms } = ask({ timeout: 4 });
    const played = await call({ press: ['12'] });
    expect(forms()[1]).to.include({ Digits: '12', FinishedOnKey: '' });
    expect(played.seconds).to.be.greaterThan(5);
  });

  it('sends every key as data when no key finishes', async () => {
    const { call, forms } = ask({ finishOnKey: '' });
    await call({ press: ['1*2#'] });
    expect(forms()[1]).to.include({ Digits: '1*2#' });
  });

  it('falls through to the next verb when nothing is pressed', async () => {
    const { call, forms } = ask({}, (r) => void r.say('ザンネン'));
    const played = await call();
    expect(heardIn(played)).to.equal('バンゴウヲドウゾ ザンネン');
    expect(forms()).to.have.length(2);
    expect(played).to.include({ ended: 'end' });
  });

  it('falls through when the finish key comes first', async () => {
    const played = await ask({}, (r) => void r.say('ザンネン')).call({ press: ['#'] });
    expect(heardIn(played)).to.include('ザンネン');
    expect(played.turns[0]?.press).to.equal('#');
  });

  it('sends empty digits when the question wants to know of silence', async () => {
    const { call, forms } = ask({ actionOnEmptyResult: true });
    await call({ press: [undefined] });
    expect(forms()[1]).to.include({ Digits: '', FinishedOnKey: '' });
  });

  it('tells an empty answer ended by the finish key from silence', async () => {
    const { call, forms } = ask({ actionOnEmptyResult: true });
    await call({ press: ['#'] });
    expect(forms()[1]).to.include({ Digits: '', FinishedOnKey: '#' });
  });

  it('asks the same address again when the question names none', async () => {
    const { call, seen } = serveScripts({
      [VOICE]: (r, { Digits }) => void (Digits === undefined ? r.gather().say('ドウゾ') : r.say(`ハイ ${Digits}`)),
    });
    expect(heardIn(await call({ press: ['7'] }))).to.equal('ドウゾ ハイ 7');
    expect(seen[1]?.path).to.equal(VOICE);
  });

  it('keeps its keys for a question that listens to keys', async () => {
    const { call, forms } = serveScripts({
      [VOICE]: (r) =>
        void (r.gather({ input: ['speech'], action: '/answer' }), r.gather({ action: '/answer', numDigits: 1 })),
      '/answer': (r) => void r.hangup(),
    });
    await call({ press: ['5'] });
    expect(forms()[1]).to.include({ Digits: '5' });
  });
});

describe('the simulated caller who loses patience', () => {
  it('hears only as much as was spoken until then', async () => {
    const { call, forms } = serveScripts({
      [VOICE]: (r) => void (r.say('アイウエオカキクケコサシスセソ'), r.hangup()),
    });
    const played = await call({ hangupAfterMs: 1000 });
    expect(played).to.include({ ended: 'caller hung up', answered: true, seconds: 1 });
    expect(heardIn(played)).to.equal('アイウエオカキ…');
    expect(forms()[1]).to.include({ CallStatus: 'completed', CallDuration: '1' });
  });

  it('leaves a question before its answer is sent', async () => {
    const { call, seen } = serveScripts({ [VOICE]: (r) => void r.gather({ timeout: 5 }).say('ドウゾ') });
    expect(await call({ hangupAfterMs: 2000, press: ['12'] })).to.include({ ended: 'caller hung up' });
    expect(seen.map(({ path }) => path)).to.deep.equal([VOICE, '/webhooks/twilio/status']);
  });

  it('presses nothing when he leaves before the question is over', async () => {
    const { call } = serveScripts({ [VOICE]: (r) => void r.gather().say('アイウエオカキクケコ') });
    const played = await call({ hangupAfterMs: 1000, press: ['1'] });
    expect(played.ended).to.equal('caller hung up');
    expect(played.turns[0]).to.have.property('ask');
    expect(played.turns[0]).to.not.have.property('press');
  });

  it('hangs up after so many answers', async () => {
    const { call } = serveScripts({ [VOICE]: (r) => void (r.say('ハイ'), r.redirect(VOICE)) });
    const played = await call({ hangupAfterTurns: 3 });
    expect(played.ended).to.equal('caller hung up');
    expect(played.turns).to.have.length(3);
  });
});
