import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { createWire } from '../support/cut-wire.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

describe('a line whose database no longer answers on connections that stand', () => {
  let line: Line;
  let wire: Awaited<ReturnType<typeof createWire>>;
  let instance: Instance;
  let other: Instance;
  let desk: Office;
  let builder: Builder;

  before(async () => {
    line = await openLine();
    wire = await createWire(line.uri);
    instance = await line.instance({ uri: wire.uri });
    other = await line.instance();
    desk = office(other.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    builder = await registerBuilder(line, desk, 6);
  });
  after(async () => {
    await wire.mend();
    await line.close();
    wire.cut();
  });

  it('keeps calls meanwhile, and records each once although the first write comes through after all', async function () {
    this.timeout(60_000);
    const call = (place: number, { url } = instance) =>
      phone(url).call({ from: builder.people[place]?.number ?? '', to: builder.line });
    await desk.until('a connection that stands', async () => (await fetch(`${instance.url}/readyz`)).status === 200);
    expect(heardIn(await call(0, other))).to.include('記録しました');
    wire.hold();
    const kept = await Promise.all([1, 2, 3, 4].map((place) => call(place)));
    for (const one of kept) expect(heardIn(one)).to.include('お預かりしました').and.not.include('記録しました');
    expect(heardIn(await call(5))).to.include('お預かりしました');
    await wire.mend();
    await desk.until(
      'six days',
      async () => (await desk.all(`/histories?siteId=${builder.siteId}`)).length === 6,
      30_000,
    );
    const calls = await desk.until('six calls', async () => {
      const found = await desk.all<{ passages: object[] }>(`/calls?siteId=${builder.siteId}`);
      return found.length === 6 && found;
    });
    for (const { passages } of calls) expect(passages).to.have.length(1);
  });
});
