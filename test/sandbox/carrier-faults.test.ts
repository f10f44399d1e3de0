import { expect } from 'chai';
import { playCall } from '../../sandbox/carrier-player.ts';
import { CARRIER, heardIn, newCallId, phone } from '../support/caller.ts';
import { RING, VOICE, serveScripts } from '../support/scripted-service.ts';

describe('the simulated caller on a bad line', () => {
  it('says whether a request sent twice was answered the same', async () => {
    const { call, seen } = serveScripts({ [VOICE]: (r) => void r.say('ハイ') });
    expect(await call({ repeat: true })).to.include({ repeatedAlike: true });
    expect(seen).to.have.length(3);
    expect(seen[1]).to.deep.equal(seen[0]);
    let count = 0;
    const forgetful = serveScripts({ [VOICE]: (r) => void r.say(`ハイ ${count++}`) });
    expect(await forgetful.call({ faults: { everyTurnTwice: true } })).to.include({ repeatedAlike: false });
  });

  it('can report the end before the beginning, or never', async () => {
    const early = serveScripts({ [VOICE]: (r) => void r.say('ハイ') });
    await early.call({ faults: { statusFirst: true } });
    expect(early.seen.map(({ path }) => path)).to.deep.equal(['/webhooks/twilio/status', VOICE]);
    const never = serveScripts({ [VOICE]: (r) => void r.say('ハイ') });
    await never.call({ faults: { statusLost: true } });
    expect(never.seen.map(({ path }) => path)).to.deep.equal([VOICE]);
  });

  it('ends with the status of an answer that is none', async () => {
    for (const status of [403, 503])
      expect(await serveScripts({ [VOICE]: { status, text: '' } }).call()).to.include({
        ended: `http ${status}`,
        answered: false,
        complaint: `The service answered ${status}.`,
      });
  });

  it('signs so that a foreign token fails', async () => {
    const { app, seen } = serveScripts({ [VOICE]: { status: 403, text: '' } });
    await phone(app, { token: 'a-foreign-token' }).call(RING);
    expect(seen.map(({ signed }) => signed)).to.deep.equal([false, false]);
  });

  it('complains in a sentence about a document the carrier could not read', async () => {
    const faults: [{ type?: string; text: string }, RegExp][] = [
      [{ text: '<Response><Say>ハイ</Response>' }, /not well-formed/],
      [{ text: '' }, /not well-formed/],
      [{ text: '<Answer/>' }, /not well-formed/],
      [{ text: '<Response><Say>ハ\u0001イ</Say></Response>' }, /not well-formed/],
      [{ type: 'text/html', text: '<Response/>' }, /text\/html/],
      [{ text: `<Response><Say>${'ア'.repeat(30_000)}</Say></Response>` }, /64 kB/],
      [{ text: '<Response><Sing/></Response>' }, /<Sing> is not a verb/],
      [{ text: '<Response><Gather><Hangup/></Gather></Response>' }, /cannot stand inside <Gather>/],
      [{ text: '<Response><Gather numdigits="1"/></Response>' }, /no attribute "numdigits"/],
      [{ text: '<Response><Gather timeout="soon"/></Response>' }, /"timeout" that is not a whole number/],
      [{ text: '<Response><Redirect method="GET">/x</Redirect></Response>' }, /POST only/],
    ];
    for (const [answer, complaint] of faults) {
      const played = await serveScripts({ [VOICE]: answer }).call();
      expect(played.ended, answer.text.slice(0, 60)).to.equal('unreadable answer');
      expect(played.complaint).to.match(complaint);
    }
  });

  it('turns to the fallback once, with the error and its address', async () => {
    const saved = serveScripts({
      [VOICE]: { status: 503, text: '' },
      '/webhooks/twilio/fallback': (r) => void r.say('モウイチドオデンワクダサイ'),
    });
    const played = await saved.call({ fallback: true });
    expect(played).to.include({ ended: 'end', answered: true });
    expect(saved.forms()[1]).to.include({ ErrorCode: '11200', ErrorUrl: CARRIER.publicBaseUrl + VOICE });
    const lost = serveScripts({
      [VOICE]: { status: 503, text: '' },
      '/webhooks/twilio/fallback': { status: 500, text: '' },
    });
    expect(await lost.call({ fallback: true })).to.include({ ended: 'http 500' });
  });

  it('says so when nobody answers at the address', async () => {
    const { accountSid, publicBaseUrl, token } = CARRIER;
    const way = { baseUrl: 'http://127.0.0.1:1', publicBaseUrl, token };
    const played = await playCall({ ...way, accountSid, callId: newCallId(), ...RING });
    expect(played).to.include({ ended: 'no answer', answered: false });
    expect(played.complaint).to.match(/^The connection failed/);
  });

  it('plays over HTTP as it does in the test', async () => {
    const { app } = serveScripts({
      [VOICE]: (r) => void r.gather({ action: '/answer', numDigits: 1 }).say('ドウゾ'),
      '/answer': (r, { Digits }) => void r.say(`ハイ ${Digits ?? ''}`),
    });
    const server = app.listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as { port: number };
      const played = await phone(`http://127.0.0.1:${port}`).call({ ...RING, press: ['1'] });
      expect(heardIn(played)).to.equal('ドウゾ ハイ 1');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
