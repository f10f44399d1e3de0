import { expect } from 'chai';
import { heardIn, incomingCall, newCallId, phone, signedPost } from '../support/caller.ts';
import { createWire } from '../support/cut-wire.ts';
import type { Instance } from '../support/line.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const VOICE = '/webhooks/twilio/voice';
const STATUS = '/webhooks/twilio/status';

describe('a machine that is slow, late or crowded', () => {
  let morning: Morning;
  let wire: Awaited<ReturnType<typeof createWire>>;
  let slow: Instance;
  const figure = async (of: Instance, name: string) =>
    Number(new RegExp(`^${name} (\\d+)`, 'm').exec(await (await fetch(`${of.url}/metrics`)).text())?.[1] ?? 0);
  const form = (place: number, extra = {}) =>
    incomingCall({ from: morning.person(place).number, to: morning.builder.line, callId: newCallId(), extra });

  before(async () => {
    morning = await openMorning(40);
    wire = await createWire(morning.line.uri);
    slow = await morning.line.instance({ uri: wire.uri });
  });
  after(async () => {
    wire.release();
    await morning.line.close();
    wire.cut();
  });

  it('failure mode 20: a database that does not answer in two seconds loses no call; the next ones do not wait for it', async () => {
    const { person, builder, desk, standing } = morning;
    const dial = (place: number) => phone(slow.url).call({ from: person(place).number, to: builder.line });
    await dial(0);
    const known = await figure(slow, 'genba_webhooks_total\\{outcome="spooled"\\}');
    wire.hold();
    for (const place of [1, 2, 3]) {
      const played = await dial(place);
      expect(played.turns[0]?.status).to.equal(200);
      expect(heardIn(played)).to.include('お預かりしました').and.not.include('記録しました');
    }
    expect(await figure(slow, 'genba_webhooks_total\\{outcome="spooled"\\}')).to.equal(known + 3);
    wire.release();
    for (const place of [1, 2, 3]) {
      await desk.until('the kept call', async () => (await standing(place)).length === 1, 30_000);
    }
    await desk.until('an answer', async () => heardIn(await dial(0)).includes('記録しました'), 30_000);
    for (const place of [0, 1, 2, 3]) expect(await standing(place)).to.have.length(1);
  });

  it('failure mode 25: a whole site at once, on a line that stays silent, is recorded once each at two processes', async () => {
    const { builder, desk, instance, line, standing } = morning;
    await desk.ask('POST', '/lines', { number: '+815031000841', siteId: builder.siteId, answer: 'when-needed' });
    const other = await line.instance();
    const posts = Array.from({ length: 72 }, (_unused, n) =>
      signedPost(n % 2 ? instance.url : other.url, VOICE, {
        ...form(4 + (n >> 1)),
        To: '+815031000841',
        Called: '+815031000841',
      }),
    );
    const answers = await Promise.all(posts);
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200]));
    for (let place = 4; place < 40; place++) expect(await standing(place)).to.have.length(1);
    await other.stop();
  });

  it("failure mode 27: a clock that is wrong is an alarm: ahead of the carrier's reports, or behind them again and again", async () => {
    const { line } = morning;
    const ended = async (at: Instance, offsetSec: number) => {
      const Timestamp = new Date(Date.now() + offsetSec * 1000).toUTCString().replace('GMT', '+0000');
      const more = { CallStatus: 'completed', Timestamp, SequenceNumber: '3' };
      expect((await signedPost(at.url, STATUS, { ...form(0), ...more })).status).to.equal(204);
    };
    const skew = 'genba_alarms_total\\{alarm="clock-skew"\\}';
    const one = await line.instance();
    for (let time = 0; time < 6; time++) await ended(one, 0);
    await ended(one, -60);
    expect(await figure(one, skew)).to.equal(0);
    for (let time = 0; time < 6; time++) await ended(one, -60);
    expect(await figure(one, skew)).to.equal(1);
    await ended(one, 0);
    await ended(one, 20);
    await ended(one, 20);
    expect(await figure(one, skew)).to.equal(2);
    await one.stop();
  });

  it('failure mode 27: two processes speak one time, that of the business clock', async () => {
    const { at, line, call, person, builder } = morning;
    await at('2026-11-25 07:41');
    const other = await line.instance();
    const first = await call(0);
    await at('2026-11-25 07:42');
    const again = await phone(other.url).call({ from: person(0).number, to: builder.line });
    expect(heardIn(again)).to.equal(heardIn(first)).and.include('7時41分');
    await other.stop();
  });
});
