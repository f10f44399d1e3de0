import { expect } from 'chai';
import { CARRIER, heardIn, incomingCall, newCallId, phone, signedPost } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

const VOICE = '/webhooks/twilio/voice';

describe('the invariants under attack', () => {
  let line: Line;
  let a: Instance;
  let b: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  /** What the ledger holds of a worker: the truth, at once. */
  const passagesOf = async (workerId: string) =>
    (await a.service.stores.ledger.touching([workerId as never], [])).flatMap(({ passages = [] }) => passages);
  const raw = (body: string, headers: Record<string, string> = {}) =>
    fetch(a.url + VOICE, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });

  before(async () => {
    line = await openLine();
    [a, b] = [await line.instance(), await line.instance()];
    desk = office(a.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    builder = await registerBuilder(line, desk, 6);
  });
  after(() => line.close());

  it('I1: one webhook fifty times over two instances is one passage and one answer, byte for byte (failure mode 1)', async () => {
    const form = incomingCall({ from: person(0).number, to: builder.line });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_unused, n) => signedPost(n % 2 ? a.url : b.url, VOICE, form)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
    expect(answers.every(({ status }) => status === 200)).to.equal(true);
    expect(await passagesOf(person(0).id)).to.have.length(1);
  });

  it('I2: twenty calls of one worker at once on two instances are one entry (failure mode 34)', async () => {
    const { number, id } = person(1);
    const posts = Array.from({ length: 20 }, (_unused, n) =>
      signedPost(n % 2 ? a.url : b.url, VOICE, incomingCall({ from: number, to: builder.line })),
    );
    const answers = await Promise.all(posts);
    // A crowded machine may put a call aside; it then repeats the entry that stands.
    for (const { text } of answers) expect(text).to.match(/入場|お預かりしました/);
    expect(answers.some(({ text }) => text.includes('入場'))).to.equal(true);
    expect((await passagesOf(id)).map(({ direction }) => direction)).to.deep.equal(['entry']);
  });

  it('I3: what is spoken as recorded is in the ledger before anything else happens', async () => {
    const callId = newCallId();
    const answer = await signedPost(a.url, VOICE, incomingCall({ from: person(2).number, to: builder.line, callId }));
    expect(answer.text).to.include('記録しました');
    const entry = await b.service.stores.ledger.find(`${callId}:1`);
    expect(entry?.passages).to.have.length(1);
  });

  it('a replay with other fields changes nothing and hears the first answer', async () => {
    const callId = newCallId();
    const first = await signedPost(a.url, VOICE, incomingCall({ from: person(3).number, to: builder.line, callId }));
    const second = await signedPost(b.url, VOICE, incomingCall({ from: person(4).number, to: builder.line, callId }));
    expect(second.text).to.equal(first.text);
  });

  it('refuses parameters that were cut anew under a signature that still fits (failure mode 2)', async () => {
    const names = Object.keys(incomingCall({ from: person(4).number, to: builder.line })).sort();
    for (const [place, name] of names.entries()) {
      const next = names[place + 1];
      if (next === undefined) continue;
      const form = incomingCall({ from: person(4).number, to: builder.line });
      const { [name]: value = '', [next]: swallowed = '', ...rest } = form;
      const recut = { ...rest, [name]: `${value}${next}${swallowed}` };
      const answer = await signedPost(a.url, VOICE, recut);
      expect(answer.status, `${name} swallowed ${next}`).to.be.oneOf([200, 403]);
      expect(answer.text, `${name} swallowed ${next}`).to.not.include('記録しました');
    }
    expect(await desk.all(`/histories?workerId=${person(4).id}`)).to.deep.equal([]);
  });

  it('answers hostile requests with 403, 413 or 415 and records nothing (failure mode 32)', async () => {
    const form = incomingCall({ from: person(5).number, to: builder.line });
    const text = new URLSearchParams(form).toString();
    expect((await signedPost(a.url, VOICE, form, { token: 'a-foreign-token-000' })).status).to.equal(403);
    expect((await signedPost(a.url, VOICE, { ...form, AccountSid: `AC${'1'.repeat(32)}` })).status).to.equal(403);
    expect((await raw(text)).status).to.equal(403);
    expect((await raw(text, { 'x-twilio-signature': 'garbage\u00ff' })).status).to.equal(403);
    expect((await raw(JSON.stringify(form), { 'content-type': 'application/json' })).status).to.equal(415);
    expect((await raw(`${text}&x=${'y'.repeat(40_000)}`)).status).to.equal(413);
    expect((await raw(Array.from({ length: 10_000 }, (_unused, n) => `p${String(n)}=1`).join('&'))).status).to.equal(
      413,
    );
    expect((await raw('%ED%A0%80=%FF&__proto__=1&CallSid[$ne]=1')).status).to.equal(403);
    expect(
      (await raw(text, { 'content-type': 'application/x-www-form-urlencoded; charset=shift_jis' })).status,
    ).to.be.oneOf([403, 415]);
    expect((await fetch(a.url + VOICE)).status).to.be.oneOf([404, 405]);
    expect(await desk.all(`/histories?workerId=${person(5).id}`)).to.deep.equal([]);
  });

  it('speaks to somebody whose name holds what no markup can hold (failure mode 23)', async () => {
    const { number, id } = person(5);
    const broken = await b.service.stores.workers.find(id as never);
    if (!broken) throw new Error('gone');
    await b.service.stores.workers.replace({ ...broken.value, kana: 'ア\u0000\ud800<&>"イ' }, broken.rev);
    const played = await phone(b.url).call({ from: number, to: builder.line });
    expect(played.turns[0]?.status).to.equal(200);
    expect(heardIn(played)).to.include('<&>"イさん');
    expect(line.logged.join('\n')).to.not.include(CARRIER.token);
  });
});
