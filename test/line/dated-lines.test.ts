import { expect } from 'chai';
import { heardIn, incomingCall, phone, signedPost } from '../support/caller.ts';
import { type Morning, openMorning } from '../support/morning.ts';

interface LineView {
  readonly siteId?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly earlier?: readonly LineView[];
}

describe('a line with dates', function () {
  this.timeout(120_000);
  let morning: Morning;
  let otherSite: string;
  const number = '+815031000555';
  const path = `/lines/${encodeURIComponent(number)}`;
  before(async () => {
    morning = await openMorning(4, { still: true });
    const { desk, builder } = morning;
    const site = await desk.ask<{ id: string }>('POST', '/sites', {
      name: '試験町二号棟',
      kana: 'シケンマチニゴウトウ',
      primeId: builder.primeId,
      historyPeriod: { from: '2026-01-01', to: '2027-12-31' },
    });
    otherSite = site.id;
  });
  after(() => morning.line.close());

  const refusedAs = async (asked: Promise<unknown>, code: string) =>
    asked.then(
      () => expect.fail('not refused'),
      (error: unknown) => expect(String(error)).to.include(code),
    );
  const dial = async (place: number) => {
    const call = await phone(morning.instance.url).call({ from: morning.person(place).number, to: number });
    return { callId: call.callId, heard: heardIn(call) };
  };
  const standsAt = async (place: number) => (await morning.standing(place)).map(({ siteId }) => siteId);

  it('takes calls from its first to its last day and keeps the others as a closed line does', async () => {
    const { desk, builder, at } = morning;
    const dates = { validFrom: '2026-11-25', validTo: '2026-11-26' };
    const made = await desk.ask<LineView>('POST', '/lines', { number, siteId: builder.siteId, ...dates });
    expect(made).to.include({ siteId: builder.siteId, ...dates });
    for (const [day, place] of [
      ['2026-11-24', 0],
      ['2026-11-27', 1],
    ] as const) {
      await at(`${day} 07:40`);
      const { callId, heard } = await dial(place);
      expect(heard).to.include('承りました').and.not.include('記録しました');
      await morning.raised(`callId=${callId}`, 'unknown-line');
      expect(await standsAt(place)).to.deep.equal([]);
    }
    await at('2026-11-26 07:40');
    expect((await dial(2)).heard).to.include('入場');
    expect(await standsAt(2)).to.deep.equal([builder.siteId]);
  });

  it('may begin at another site once it has ended, and what it was before is kept', async () => {
    const { desk, builder, at } = morning;
    const next = { number, siteId: otherSite, validFrom: '2026-11-26' };
    await refusedAs(desk.ask('POST', '/lines', next), 'line-exists');
    await refusedAs(desk.ask('POST', '/lines', { number, siteId: otherSite }), 'line-exists');
    const begun = await desk.ask<LineView>('POST', '/lines', { ...next, validFrom: '令和8年11月28日' });
    expect(begun).to.include({ siteId: otherSite, validFrom: '2026-11-28' });
    expect(begun.earlier).to.have.length(1);
    expect(begun.earlier?.[0]).to.include({ siteId: builder.siteId, validTo: '2026-11-26' });
    expect(await desk.ask('GET', path)).to.deep.equal(begun);
    await at('2026-11-28 07:40');
    expect((await dial(3)).heard).to.include('入場');
    expect(await standsAt(3)).to.deep.equal([otherSite]);
  });

  it('keeps what it was when it is moved at once, and puts right what never was', async () => {
    const { desk, builder, at } = morning;
    await at('2026-11-30 12:00');
    const moved = await desk.ask<LineView>('PATCH', path, { siteId: builder.siteId });
    expect(moved).to.include({ siteId: builder.siteId, validFrom: '2026-11-30' });
    expect(moved.earlier?.map(({ siteId, validTo }) => [siteId, validTo])).to.deep.equal([
      [builder.siteId, '2026-11-26'],
      [otherSite, '2026-11-29'],
    ]);
    const righted = await desk.ask<LineView>('PATCH', path, { siteId: otherSite });
    expect(righted.siteId).to.equal(otherSite);
    expect(righted.earlier).to.have.length(2);
  });

  it('refuses days that are reversed or meet those of before', async () => {
    const { desk } = morning;
    await refusedAs(desk.ask('PATCH', path, { validTo: '2026-11-01' }), 'period-reversed');
    await refusedAs(desk.ask('PATCH', path, { validFrom: '2026-11-20' }), 'line-exists');
    const dates = { validFrom: '2026-12-02', validTo: '2026-12-01' };
    await refusedAs(desk.ask('POST', '/lines', { number: '+815031000556', ...dates }), 'period-reversed');
  });

  it('is the line of a call that goes on past the midnight of its last day', async () => {
    const { desk, builder, at } = morning;
    const last = '+815031000557';
    await desk.ask('POST', '/lines', { number: last, validTo: '2026-12-03' });
    await at('2026-12-03 23:59');
    const { siteCode } = await desk.ask<{ siteCode: string }>('GET', `/sites/${builder.siteId}`);
    const form = incomingCall({ from: morning.person(0).number, to: last });
    const voice = '/webhooks/twilio/voice';
    expect((await signedPost(morning.instance.url, voice, form)).text).to.include('現場番号');
    await at('2026-12-04 00:01');
    const keyed = { ...form, Digits: siteCode };
    const { text } = await signedPost(morning.instance.url, `${voice}?turn=2`, keyed);
    expect(text).to.include('入場');
  });
});
