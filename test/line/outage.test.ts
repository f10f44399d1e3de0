import { expect } from 'chai';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heardIn, incomingCall, newCallId, phone, signedPost } from '../support/caller.ts';
import { createWire } from '../support/cut-wire.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

const VOICE = '/webhooks/twilio/voice';

describe('a line whose database is away', () => {
  let line: Line;
  let wire: Awaited<ReturnType<typeof createWire>>;
  let instance: Instance;
  let other: Instance;
  let desk: Office;
  let builder: Builder;
  let spoolFolder: string;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const call = (place: number, callId = newCallId(), press: string[] = []) =>
    phone(instance.url).call({ from: person(place).number, to: builder.line, callId, press });
  const ready = async () => (await fetch(`${instance.url}/readyz`)).status;
  const passagesOf = async (place: number) =>
    (await other.service.stores.ledger.touching([person(place).id as never], []))
      .flatMap(({ passages }) => passages)
      .sort((a, b) => a.seq - b.seq);
  const spooled = async () => (await readdir(spoolFolder)).filter((name) => name.startsWith('calls-'));

  before(async () => {
    line = await openLine();
    wire = await createWire(line.uri);
    spoolFolder = await mkdtemp(join(tmpdir(), 'genba-call-test-'));
    instance = await line.instance({ uri: wire.uri, spoolFolder });
    other = await line.instance();
    desk = office(other.url);
    await at('2026-11-24 07:41');
    builder = await registerBuilder(line, desk, 30);
  });
  after(async () => {
    await line.close();
    wire.cut();
    await rm(spoolFolder, { recursive: true, force: true });
  });

  it('keeps every call of a burst and records each once, at its own time, when it is back (failure mode 18)', async function () {
    this.timeout(60_000);
    await at('2026-11-24 07:41');
    const burst = Array.from({ length: 12 }, (_unused, place) => call(place));
    wire.cut();
    const played = await Promise.all([...burst, ...Array.from({ length: 8 }, (_unused, place) => call(12 + place))]);
    for (const one of played) {
      expect(one.turns[0]?.status).to.equal(200);
      expect(heardIn(one)).to.match(/記録しました|お預かりしました/);
    }
    expect(heardIn(played[19] ?? expect.fail('no call')))
      .to.include('お預かりしました')
      .and.not.include('記録しました');
    expect(await ready()).to.equal(503);
    const names = await spooled();
    expect(names.length).to.be.at.least(1);
    const text = (await Promise.all(names.map((name) => readFile(join(spoolFolder, name), 'utf8')))).join('');
    expect(text).to.not.include(person(15).number.slice(3));
    await at('2026-11-24 07:55');
    await wire.mend();
    await desk.until(
      'twenty days',
      async () => {
        const days = await desk.all<{ entryAt: string }>(`/histories?siteId=${builder.siteId}`);
        return days.length === 20 && days.every(({ entryAt }) => entryAt.includes('T07:41'));
      },
      30_000,
    );
    for (let place = 0; place < 20; place++) expect(await passagesOf(place)).to.have.length(1);
    await desk.until('an empty spool', async () => (await spooled()).length === 0);
    await desk.until('readiness', async () => (await ready()) === 200);
    // The list of calls and their exceptions are written after the days.
    await desk.until('all calls and an exception for each kept one', async () => {
      const calls = await desk.all<{ source: string }>(`/calls?siteId=${builder.siteId}`);
      const kept = calls.filter(({ source }) => source === 'spool').length;
      return calls.length === 20 && kept >= 8 && (await desk.all('/exceptions?kind=spool')).length === kept;
    });
    await at('2026-11-24 07:55');
    await desk.until('a call that is answered', async () =>
      heardIn(await call(21)).includes('入場、7時55分、記録しました'),
    );
  });

  it('makes a redial and the kept call before it one entry, and keeps a key that was pressed meanwhile', async function () {
    this.timeout(60_000);
    await at('2026-11-25 07:41');
    const callId = newCallId();
    // The call begins at the other instance, which a busy machine does not make put it aside.
    const begun = await phone(other.url).call({ from: person(23).number, to: builder.line, callId });
    expect(heardIn(begun)).to.include('入場');
    wire.cut();
    expect(heardIn(await call(22))).to.include('お預かりしました');
    const key = { ...incomingCall({ from: person(23).number, to: builder.line, callId }), Digits: '9' };
    const kept = await signedPost(instance.url, `${VOICE}?turn=2`, key);
    expect(kept.text).to.include('お預かりしました');
    await at('2026-11-25 07:43');
    const redial = await signedPost(other.url, VOICE, incomingCall({ from: person(22).number, to: builder.line }));
    expect(redial.text).to.include('入場、7時43分');
    await wire.mend();
    await desk.until('an empty spool', async () => (await spooled()).length === 0, 30_000);
    expect(await passagesOf(22)).to.have.length(1);
    expect((await passagesOf(23)).map(({ direction }) => direction)).to.deep.equal(['entry', 'exit']);
    // Whoever asks again, or looks into the call, is told what the caller heard.
    expect((await signedPost(other.url, `${VOICE}?turn=2`, key)).text).to.equal(kept.text);
  });

  it('leaves its spool to the next process, which passes over a torn line (failure mode 18)', async function () {
    this.timeout(60_000);
    await at('2026-11-26 07:41');
    wire.cut();
    expect(heardIn(await call(24))).to.include('お預かりしました');
    await instance.stop();
    const [name = ''] = await spooled();
    await writeFile(join(spoolFolder, name), 'v1.half-a-li', { flag: 'a' });
    const next = await line.instance({ spoolFolder });
    await desk.until('the day', async () => {
      const [day] = await desk.all<{ entryAt: string }>(`/histories?workerId=${person(24).id}`);
      return day?.entryAt.includes('2026-11-26T07:41');
    });
    await next.stop();
  });

  it('answers 503 when neither database nor spool takes a call, and the fallback says so (failure mode 18)', async function () {
    this.timeout(60_000);
    await wire.mend();
    const file = join(spoolFolder, 'not-a-folder');
    await writeFile(file, '');
    const lost = await line.instance({ uri: wire.uri, spoolFolder: join(file, 'spool') });
    wire.cut();
    const answer = await signedPost(lost.url, VOICE, incomingCall({ from: person(25).number, to: builder.line }));
    expect(answer.status).to.equal(503);
    expect(answer.text).to.equal('');
    const form = incomingCall({ from: person(25).number, to: builder.line });
    const fallback = await signedPost(lost.url, '/webhooks/twilio/fallback', form);
    expect(fallback.status).to.equal(200);
    expect(fallback.text).to.include('もう一度おかけください');
    expect(await passagesOf(25)).to.deep.equal([]);
  });
});
