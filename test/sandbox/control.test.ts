import { expect } from 'chai';
import type { Day, E164 } from '../../src/domain/ids.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type RunningSandbox, aHistory, ids, startSandbox } from './sandbox-server.ts';

interface CallPage {
  readonly calls: readonly { readonly sid: string }[];
  readonly next_page_uri: string | null;
}

const HOUR = 3_600_000;

describe('the control of the sandbox', () => {
  let database: FreshDatabase;
  let one: RunningSandbox;
  let two: RunningSandbox;

  before(async () => {
    database = await freshDatabase();
    one = await startSandbox(database.uri);
    two = await startSandbox(database.uri);
  });
  after(async () => {
    await one.stop();
    await two.stop();
    await database.drop();
  });

  it('sets the clock of every instance, also backwards, and lets it go again', async () => {
    for (const years of [1, -2]) {
      const wanted = Date.now() + years * 365 * 24 * HOUR;
      await one.control('PUT', '/clock', { now: new Date(wanted).toISOString() });
      await two.sandbox.syncClock();
      for (const { sandbox } of [one, two]) {
        expect(Date.now() + sandbox.offsetMs() - wanted).to.be.within(0, 60_000);
      }
    }
    expect((await one.control('DELETE', '/clock')).status).to.equal(204);
    await two.sandbox.syncClock();
    expect([one.sandbox.offsetMs(), two.sandbox.offsetMs()]).to.deep.equal([0, 0]);
  });

  it('keeps the clock over a restart', async () => {
    await one.control('PUT', '/clock', { now: '2030-01-01T00:00:00+09:00' });
    const again = await startSandbox(database.uri);
    expect(again.sandbox.offsetMs()).to.equal(one.sandbox.offsetMs());
    await again.stop();
    await one.control('DELETE', '/clock');
  });

  it('lets the record of the registry differ, and vanish', async () => {
    await one.registry.sendHistory(aHistory(), 'h1');
    const path = `/histories/${ids.worker}/${ids.site}/2026-11-24`;
    const before = await one.registry.digestsOf('2026-11-24' as Day);
    const exitAt = '2026-11-24T15:00:00+09:00';
    expect((await one.control('PUT', path, { exitAt })).status).to.equal(204);
    expect(await one.registry.digestsOf('2026-11-24' as Day)).to.not.deep.equal(before);
    expect((await one.registry.historiesOf(ids.site, '2026-11-24' as Day))?.[0]).to.include({
      exitAt,
      entryAt: aHistory().entryAt,
    });
    expect((await one.control('DELETE', path)).status).to.equal(204);
    expect((await one.control('DELETE', path)).status).to.equal(404);
    expect((await one.control('PUT', path, { exitAt })).status).to.equal(404);
    expect((await one.control('GET', '/histories?month=2026-11')).body.items).to.deep.equal([]);
  });

  it('answers a bad request with a sentence that names the place', async () => {
    const bad = [
      await one.control('GET', '/histories?month=November'),
      await one.control('PUT', '/faults', { mode: 'sulk' }),
      await one.control('PUT', '/faults', { mode: 'down', rate: 2 }),
      await one.control('PUT', '/clock', { now: 'tomorrow' }),
      await one.control('PUT', '/known', { sites: [{ ccusId: '12' }] }),
      await one.control('POST', '/carrier/calls', { sid: 'x' }),
    ];
    expect(bad.map(({ status }) => status)).to.deep.equal([400, 400, 400, 400, 400, 400]);
    expect(bad.map(({ body }) => body.detail).join()).to.match(/month.*mode.*rate.*now.*sites.*sid/s);
    expect((await one.control('GET', '/nothing')).status).to.equal(404);
    const broken = await fetch(`${one.url}/control/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"now":',
    });
    expect([broken.status, broken.headers.get('content-type')]).to.deep.equal([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('lists what would have gone out, with masked numbers', async () => {
    const at = new Date('2026-11-24T20:00:00+09:00');
    await one.sandbox.messages.add({
      channel: 'sms',
      to: '+819011112201' as E164,
      text: '退場の電話がありません。',
      at,
    });
    expect((await one.control('GET', '/messages')).body.items).to.deep.equal([
      { channel: 'sms', to: '+81********01', text: '退場の電話がありません。', at: at.toISOString() },
    ]);
    expect(one.failures).to.deep.equal([]);
  });
});

describe("the carrier's list of calls", () => {
  let database: FreshDatabase;
  let one: RunningSandbox;

  const sid = (n: number) => `CA${String(n).padStart(32, '0')}`;
  const account = `AC${'0'.repeat(32)}`;
  const ask = async (query: Record<string, string>, page?: string) => {
    const path = page ?? `/2010-04-01/Accounts/${account}/Calls.json?${new URLSearchParams(query).toString()}`;
    const response = await fetch(one.url + path, { headers: { authorization: 'Basic eDp5' } });
    return { status: response.status, body: (await response.json()) as CallPage };
  };

  before(async () => {
    database = await freshDatabase();
    one = await startSandbox(database.uri);
    for (const n of [1, 2, 3, 4, 5]) {
      await one.control('POST', '/carrier/calls', {
        sid: sid(n),
        from: '+819011112201',
        to: n === 5 ? '+815031000102' : '+815031000101',
        startTime: `2026-11-2${n}T07:41:00+09:00`,
        status: 'completed',
        duration: 17,
      });
    }
  });
  after(async () => {
    await one.stop();
    await database.drop();
  });

  it('takes texts and calls in the shape of the carrier, and sends none', async () => {
    const post = async (what: string, form: Record<string, string>, authorization = 'Basic x') => {
      const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams(form).toString();
      return fetch(`${one.url}/2010-04-01/Accounts/AC1/${what}.json`, { method: 'POST', headers, body });
    };
    const text = { To: '+819011112201', From: '+815031000101', Body: 'お疲れさまです' };
    const answer = await post('Messages', text);
    expect(answer.status).to.equal(201);
    expect(((await answer.json()) as { sid: string }).sid).to.match(/^SM[0-9a-f]{32}$/);
    const { Body: _body, ...call } = { ...text, Url: 'https://calls.example.jp/hello' };
    expect((await post('Calls', call)).status).to.equal(201);
    expect((await post('Messages', text, '')).status).to.equal(401);
    expect((await post('Messages', { ...text, To: '090-1111-2201' })).status).to.equal(400);
    const items = (await one.control('GET', '/messages')).body.items as { channel: string; text: string }[];
    expect(items.slice(-2).map((item) => [item.channel, item.text])).to.deep.equal([
      ['sms', 'お疲れさまです'],
      ['call', 'https://calls.example.jp/hello'],
    ]);
  });

  it('keeps what was added, once', async () => {
    await one.control('POST', '/carrier/calls', {
      sid: sid(1),
      from: '+819011112201',
      to: '+815031000101',
      startTime: '2026-11-21T07:41:00+09:00',
      status: 'busy',
      duration: 0,
    });
    const { items } = (await one.control('GET', '/carrier/calls')).body;
    expect(items).to.have.length(5);
    expect(items.at(-1)).to.include({ sid: sid(1), status: 'busy', startTime: '2026-11-20T22:41:00.000Z' });
  });

  it('is read as Twilio lists calls: the latest first, by line and time, with RFC 2822 times', async () => {
    const { body } = await ask({
      To: '+815031000101',
      'StartTime>': '2026-11-22',
      'StartTime<': '2026-11-24T00:00:00Z',
    });
    expect(body.calls.map(({ sid }) => sid)).to.deep.equal([sid(4), sid(3)]);
    expect(body.calls[0]).to.include({
      account_sid: account,
      start_time: 'Mon, 23 Nov 2026 22:41:00 +0000',
      end_time: 'Mon, 23 Nov 2026 22:41:17 +0000',
      duration: '17',
      direction: 'inbound',
    });
    expect(body.next_page_uri).to.equal(null);
  });

  it('goes on page by page', async () => {
    const seen: string[] = [];
    let answer = await ask({ To: '+815031000101', PageSize: '3' });
    for (;;) {
      seen.push(...answer.body.calls.map(({ sid }) => sid));
      if (answer.body.next_page_uri === null) break;
      answer = await ask({}, answer.body.next_page_uri);
    }
    expect(seen).to.deep.equal([sid(4), sid(3), sid(2), sid(1)]);
  });

  it('asks for a credential and refuses a query that it cannot read', async () => {
    expect((await fetch(`${one.url}/2010-04-01/Accounts/${account}/Calls.json`)).status).to.equal(401);
    expect((await ask({ PageSize: '5000' })).status).to.equal(400);
  });
});
