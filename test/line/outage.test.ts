import { expect } from 'chai';
import { heardIn, newCallId, phone } from '../support/caller.ts';
import { createWire } from '../support/cut-wire.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

describe('a line whose database is away', () => {
  let line: Line;
  let wire: Awaited<ReturnType<typeof createWire>>;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const call = (place: number, callId = newCallId()) =>
    phone(instance.url).call({ from: builder.people[place]?.number ?? '', to: builder.line, callId });
  const ready = async () => (await fetch(`${instance.url}/readyz`)).status;

  before(async () => {
    line = await openLine();
    wire = await createWire(line.uri);
    instance = await line.instance({ uri: wire.uri });
    desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    builder = await registerBuilder(line, desk, 3);
  });
  after(async () => {
    await line.close();
    wire.cut();
  });

  it('promises nothing, says that it is not ready, and records again without a restart', async function () {
    this.timeout(60_000);
    expect(heardIn(await call(0))).to.include('記録しました');
    wire.cut();
    const callId = newCallId();
    const played = await call(1, callId);
    expect(played.turns[0]?.status).to.equal(200);
    expect(heardIn(played)).to.include('もう一度おかけください').and.not.include('記録しました');
    expect(await ready()).to.equal(503);
    await wire.mend();
    const again = await desk.until(
      'a call that is recorded',
      async () => {
        const next = await call(1, callId);
        return heardIn(next).includes('記録しました') && next;
      },
      30_000,
    );
    expect(heardIn(again)).to.include(`${builder.people[1]?.kana ?? ''}さん`);
    await desk.until('readiness', async () => (await ready()) === 200);
    await desk.until('one day each', async () => (await desk.all(`/histories?siteId=${builder.siteId}`)).length === 2);
  });
});
