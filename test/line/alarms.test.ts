import { expect } from 'chai';
import { createCanaryCall } from '../../src/carrier/canary-call.ts';
import { CARRIER, phone, signedPost } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

interface Alarm {
  readonly id: string;
  readonly kind: string;
  readonly siteId: string | null;
  readonly workerId: string | null;
  readonly state: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
}

describe('an alarm', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const watch = (one: Instance = instance) => one.service.watch.watchArrivals();
  const alarms = async (kind: string, state = 'open') =>
    (await desk.all<Alarm>(`/alarms?state=${state}`)).filter((one) => one.kind === kind);
  const plan = (builder: Builder, date: string, expectedAt: string, people = builder.people) =>
    desk.ask('PUT', `/sites/${builder.siteId}/plans/${date}`, { workerIds: people.map(({ id }) => id), expectedAt });
  const called = async (builder: Builder, place: number) => {
    const from = builder.people[place]?.number ?? expect.fail('nobody there');
    const { callId } = await phone(instance.url).call({ from, to: builder.line });
    await desk.until('the call', () => desk.ask<object>('GET', `/calls/${callId}`).catch(() => undefined));
  };
  const logged = (text: string) => line.logged.filter((sentence) => sentence.includes(text));

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
  });
  after(() => line.close());

  it('rings for a planned worker whose call did not come, an hour after his time, and stops when it comes', async () => {
    await at('2026-11-24 07:00');
    const builder = await registerBuilder(line, desk, 2);
    await plan(builder, '2026-11-24', '08:00');
    await at('2026-11-24 07:50');
    await called(builder, 0);
    await at('2026-11-24 08:59');
    await watch();
    expect(await alarms('missing-arrival')).to.deep.equal([]);
    await at('2026-11-24 09:00');
    const other = await line.instance();
    await Promise.all([watch(), watch(other), watch()]);
    const [late, ...more] = await alarms('missing-arrival');
    expect(more).to.deep.equal([]);
    const absent = builder.people[1]?.id ?? '';
    expect(late).to.deep.include({ workerId: absent, siteId: builder.siteId, state: 'open', closedAt: null });
    expect(late?.id).to.equal(`missing-arrival:${absent}:2026-11-24`);
    expect(logged('a planned worker has not called')).to.have.length(1);
    expect(await alarms('dead-line')).to.deep.equal([]);
    const figures = await (await fetch(`${instance.url}/metrics`)).text();
    expect(figures).to.contain('genba_alarms{kind="missing-arrival"} 1');
    await at('2026-11-24 09:20');
    await called(builder, 1);
    await watch(other);
    const [closed] = await alarms('missing-arrival', 'closed');
    expect(closed?.closedAt).to.match(/^2026-11-24T09:20/);
    await other.stop();
  });

  it('rings for a line on which nobody of the plan called, and a call of anybody shows that it works', async () => {
    await at('2026-11-25 07:00');
    const builder = await registerBuilder(line, desk, 3);
    await plan(builder, '2026-11-25', '08:00');
    await at('2026-11-25 08:59');
    await watch();
    expect(await alarms('dead-line')).to.deep.equal([]);
    await at('2026-11-25 09:00');
    await watch();
    const [dead] = await alarms('dead-line');
    expect(dead).to.include({ id: `dead-line:${builder.siteId}:2026-11-25`, siteId: builder.siteId, workerId: null });
    const { callId } = await phone(instance.url).call({ from: '+819000000066', to: builder.line });
    await desk.until('the call', () => desk.ask<object>('GET', `/calls/${callId}`).catch(() => undefined));
    await watch();
    expect(await alarms('dead-line')).to.deep.equal([]);
    expect(await alarms('missing-arrival')).to.have.length(3);
  });

  it('knows from the days before who usually comes, and rests when the site does', async () => {
    await at('2026-11-11 07:00');
    const builder = await registerBuilder(line, desk, 2);
    for (const day of ['11', '12', '13']) {
      await at(`2026-11-${day} 08:00`);
      for (const place of [0, 1]) await called(builder, place);
    }
    await at('2026-11-14 12:00');
    await watch();
    expect(await alarms('dead-line')).to.deep.equal([]);
    await at('2026-11-16 08:55');
    await watch();
    expect(await alarms('dead-line')).to.deep.equal([]);
    await at('2026-11-16 09:05');
    await watch();
    expect((await alarms('dead-line')).map(({ siteId }) => siteId)).to.deep.equal([builder.siteId]);
    await called(builder, 0);
    await watch();
    expect(await alarms('dead-line')).to.deep.equal([]);
  });

  it('rings when our own call does not come through, once an hour, and closes when it does; it leaves no trace', async () => {
    await at('2026-11-26 08:00');
    const place = { accountSid: CARRIER.accountSid, token: CARRIER.token };
    const calls = async () => (await desk.all('/calls')).length + (await desk.all('/exceptions')).length;
    const before = await calls();
    const away = await line.instance({
      canaryCall: createCanaryCall({ ...place, publicBaseUrl: 'http://127.0.0.1:9' }),
    });
    await away.service.watch.playCanary();
    expect((await alarms('canary')).map(({ id }) => id)).to.deep.equal(['canary:voice:2026-11-26']);
    await away.service.watch.playCanary();
    expect(logged('our own call did not come through')).to.have.length(1);
    await at('2026-11-26 08:01');
    const signed = async ({ callId, to }: { callId: string; to: string }) => {
      const form = { CallSid: callId, AccountSid: place.accountSid, From: 'anonymous', To: to, CallStatus: 'ringing' };
      return (await signedPost(instance.url, '/webhooks/twilio/voice', form)).status === 200;
    };
    const near = await line.instance({ canaryCall: signed });
    await near.service.watch.playCanary();
    expect(await alarms('canary')).to.deep.equal([]);
    expect(await alarms('canary', 'closed')).to.have.length(1);
    expect(await calls()).to.equal(before);
    await Promise.all([away.stop(), near.stop()]);
  });

  it('rings when many requests come with wrong signatures', async () => {
    await at('2026-11-27 08:00');
    const form = {
      CallSid: `CA${'1'.repeat(32)}`,
      AccountSid: CARRIER.accountSid,
      From: '',
      To: '',
      CallStatus: 'ringing',
    };
    for (let sent = 0; sent < 20; sent++) {
      await signedPost(instance.url, '/webhooks/twilio/voice', form, { token: 'somebody-else-0123456789' });
    }
    await instance.service.watch.watchBursts();
    expect((await alarms('signature-burst')).map(({ id }) => id)).to.deep.equal([
      'signature-burst:webhooks:2026-11-27',
    ]);
    await at('2026-11-27 08:11');
    await instance.service.watch.watchBursts();
    expect(await alarms('signature-burst')).to.deep.equal([]);
  });
});
