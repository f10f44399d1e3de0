import { createHmac, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { announcement, dial, pressing, spokenIn } from '../support/asterisk.ts';
import { incomingCall, signedPost } from '../support/caller.ts';
import { createWire } from '../support/cut-wire.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

const SECRET = 'jambonz-secret-for-tests';
const SILENT_LINE = '+815031000901';

interface HistoryView {
  readonly entryAt: string | null;
  readonly exitAt: string | null;
}

describe('lines of one’s own, from the ring to the history', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  let port: number;
  let calls = 0;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  /** As a Japanese trunk writes a number. */
  const national = (number: string) => number.replace('+81', '0');
  const history = (place: number, fits: (one: HistoryView) => boolean) =>
    desk.until('the history', async () =>
      (await desk.all<HistoryView>(`/histories?workerId=${person(place).id}`)).find(fits),
    );
  const ring = (from: string, keys: string[] = [], about: Readonly<Record<string, string>> = {}) =>
    dial(
      port,
      pressing(...keys),
      announcement({
        uniqueid: `1795641234.${String(++calls)}`,
        callerid: national(from),
        dnid: national(builder.line),
        ...about,
      }),
    );

  async function hook(
    path: string,
    body: object,
    { url } = instance,
  ): Promise<{ verb: string; text?: string; actionHook?: string }[]> {
    const json = JSON.stringify(body);
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SECRET).update(`${time}.${json}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'jambonz-signature': `t=${time},v1=${signature}` };
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: json });
    expect(answer.status).to.equal(200);
    return (await answer.json()) as { verb: string }[];
  }

  before(async () => {
    line = await openLine();
    instance = await line.instance({ jambonzSecret: SECRET });
    port = await instance.service.agi.listen(0, '127.0.0.1');
    desk = office(instance.url);
    await at('2026-11-24 07:30');
    builder = await registerBuilder(line, desk, 4);
    await desk.ask('POST', '/lines', { number: SILENT_LINE, siteId: builder.siteId, answer: 'never' });
  });
  after(async () => {
    await instance.service.agi.close();
    await line.close();
  });

  it('Asterisk: a call is an entry, and 9 in the same call makes it an exit', async () => {
    await at('2026-11-24 07:41');
    expect(spokenIn(await ring(person(0).number))[0]).to.match(/入場、7時41分、記録しました/);
    expect((await history(0, (one) => one.entryAt !== null)).entryAt).to.match(/T07:41/);
    expect(spokenIn(await ring(person(1).number, ['9']))[1]).to.match(/退場、7時41分、記録しました/);
    await history(1, (one) => one.exitAt !== null);
  });

  it('Asterisk: a withheld number is asked for a worker code, though the network passed the number on', async () => {
    const commands = await ring(person(2).number, [], { callingpres: '32' });
    expect(spokenIn(commands)[0]).to.include('For English');
    expect(spokenIn(commands)[1]).to.match(/^番号が通知されていません/);
    await desk.until('the exception', async () =>
      (await desk.all<{ kind: string }>('/exceptions')).some(({ kind }) => kind === 'withheld'),
    );
  });

  it('Asterisk: a silent line is not answered', async () => {
    expect(await ring(person(2).number, [], { dnid: national(SILENT_LINE) })).to.deep.equal(['EXEC Hangup 17']);
  });

  it('jambonz: a call is an entry, and a key after the receipt is heard', async () => {
    await at('2026-11-24 07:50');
    const call = {
      call_sid: randomUUID(),
      direction: 'inbound',
      from: person(3).number.slice(1),
      to: national(builder.line),
    };
    const [receipt] = await hook('/webhooks/jambonz/voice', call);
    expect(receipt?.verb).to.equal('gather');
    expect((await history(3, (one) => one.entryAt !== null)).entryAt).to.match(/T07:50/);
    const [turned] = await hook(receipt?.actionHook ?? '', { ...call, digits: '9', reason: 'dtmfDetected' });
    expect(JSON.stringify(turned)).to.match(/退場、7時50分、記録しました/);
    const repeated = await hook(receipt?.actionHook ?? '', { ...call, digits: '9', reason: 'dtmfDetected' });
    expect(repeated[0]).to.deep.equal(turned);
    expect(await hook(turned?.actionHook ?? '', { ...call, reason: 'timeout' })).to.deep.equal([{ verb: 'hangup' }]);
    await history(3, (one) => one.exitAt !== null);
  });

  it('jambonz: a call that was kept while the database was away is answered as it was when it is asked for again', async () => {
    const wire = await createWire(line.uri);
    const away = await line.instance({ jambonzSecret: SECRET, uri: wire.uri });
    const call = { call_sid: randomUUID(), direction: 'inbound', from: '81999', to: national(builder.line) };
    wire.cut();
    const kept = await hook('/webhooks/jambonz/voice', call, away);
    expect(JSON.stringify(kept)).to.include('お預かりしました');
    await wire.mend();
    const taken = async () => (await desk.all<{ source: string }>('/calls')).some(({ source }) => source === 'spool');
    await desk.until('the call', taken, 30_000);
    expect(await hook('/webhooks/jambonz/voice', call, away)).to.deep.equal(kept);
    await away.stop();
    wire.cut();
  });

  it('Somleng: the same protocol with other ids and its own voice', async () => {
    const accountSid = randomUUID();
    const somleng = await line.instance({ accountSid });
    const callId = randomUUID();
    const ids = { AccountSid: accountSid, CallSid: callId };
    const form = incomingCall({ from: person(2).number, to: builder.line, extra: ids });
    const answer = await signedPost(somleng.url, '/webhooks/twilio/voice', form);
    expect(answer.status).to.equal(200);
    expect(answer.text).to.match(/<Say language="ja-JP">シケン.*退場、7時5\d分、記録しました/);
    await desk.until('the call', async () =>
      (await desk.all<{ callId: string }>('/calls')).some(({ callId: id }) => id === `CA${callId.replaceAll('-', '')}`),
    );
  });

  it('no number is in the log', () => {
    const text = line.logged.join('\n');
    for (const { number } of builder.people) expect(text).not.to.include(number.slice(3));
  });
});
