import { expect } from 'chai';
import { serveScripts, VOICE } from '../support/scripted-service.ts';

const STATUS = '/webhooks/twilio/status';

const asking = () =>
  serveScripts({
    [VOICE]: (r) => void r.gather({ action: '/second' }).say('ドウゾ'),
    '/second': (r) => void r.gather({ action: '/third' }).say('モウイチド'),
    '/third': (r) => void r.say('ハイ'),
  });

describe('the simulated caller whose requests go astray', () => {
  it('sends each request again after the one that followed it, and compares the answers', async () => {
    const { call, seen } = asking();
    const played = await call({ press: ['1#', '2#'], faults: { lateCopies: true } });
    expect(seen.map(({ path }) => path)).to.deep.equal([VOICE, '/second', VOICE, '/third', '/second', STATUS]);
    expect(seen[2]).to.deep.equal(seen[0]);
    expect(played).to.include({ repeatedAlike: true, ended: 'end' });
    let count = 0;
    const forgetful = serveScripts({
      [VOICE]: (r) => void r.gather({ action: '/second' }).say(String(count++)),
      '/second': (r) => void r.say('ハイ'),
    });
    expect(await forgetful.call({ press: ['1#'], faults: { lateCopies: true } })).to.include({ repeatedAlike: false });
  });

  it('loses the request after the last key, and the caller waits for nothing', async () => {
    const { call, seen } = asking();
    const played = await call({ press: ['1#', '2#'], faults: { lastTurnLost: true } });
    expect(seen.map(({ path }) => path)).to.deep.equal([VOICE, '/second', STATUS]);
    expect(played).to.include({ ended: 'lost on the way', answered: true });
    expect(seen[2]?.form).to.include({ CallStatus: 'completed' });
  });

  it('loses the whole call when no key was to be pressed', async () => {
    const { call, seen } = asking();
    const played = await call({ faults: { lastTurnLost: true } });
    expect(seen.map(({ path, form }) => [path, form['CallStatus']])).to.deep.equal([[STATUS, 'no-answer']]);
    expect(played).to.deep.include({ ended: 'lost on the way', answered: false, turns: [] });
  });

  it('sends everything late, and still in order', async () => {
    const { call, seen } = asking();
    const played = await call({ press: ['1#', '2#'], faults: { delayMs: 1 } });
    expect(seen.map(({ path }) => path)).to.deep.equal([VOICE, '/second', '/third', STATUS]);
    expect(played).to.include({ ended: 'end' });
  });

  it('hangs up at any point: before the first word, within a sentence, after an answer', async () => {
    expect((await asking().call({ hangupAfterMs: 0 })).turns).to.deep.include({
      ...{ path: VOICE, status: 200, say: [] },
      markup: (await asking().call()).turns[0]?.markup,
    });
    const within = await asking().call({ hangupAfterMs: 300 });
    expect(within.turns[0]?.say).to.deep.equal(['ドウ…']);
    const after = await asking().call({ press: ['1#', '2#'], hangupAfterTurns: 2 });
    expect(after).to.include({ ended: 'caller hung up' });
    expect(after.turns).to.have.length(2);
  });
});
