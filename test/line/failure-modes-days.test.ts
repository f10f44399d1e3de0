import { expect } from 'chai';
import { heardIn, incomingCall, phone, signedPost } from '../support/caller.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const ENTRY_LINE = '+815031000851';
const EXIT_LINE = '+815031000852';
const MOST_BYTES = 64 * 1024;

describe('directions and days', () => {
  let morning: Morning;
  /** Waits until the day of the 24th has these flags. */
  const flagged = (place: number, flags: readonly string[]) =>
    morning.dayWhere(place, (day) => day.workDate === '2026-11-24' && day.flags.join() === flags.join());

  before(async () => {
    morning = await openMorning(12);
    const { desk, builder } = morning;
    await desk.ask('POST', '/lines', { number: ENTRY_LINE, siteId: builder.siteId, direction: 'entry' });
    await desk.ask('POST', '/lines', { number: EXIT_LINE, siteId: builder.siteId, direction: 'exit' });
  });
  after(() => morning.line.close());

  it('failure mode 7: an exit without an entry is stored as it was said, and no entry is made up', async () => {
    await morning.at('2026-11-24 17:00');
    expect(heardIn(await morning.call(0, { to: EXIT_LINE }))).to.include('退場、17時0分、記録しました');
    await flagged(0, ['exit-without-entry']);
    expect(await morning.days(0)).to.have.length(1);
    expect(await morning.dayWhere(0, () => true)).to.include({ entryAt: null });
    await morning.raised('kind=exit-without-entry', 'exit-without-entry');
  });

  it('failure mode 7: a second entry is stored too; the day keeps the first, and the missing exit is a task', async () => {
    await morning.at('2026-11-24 08:00');
    await morning.call(1, { to: ENTRY_LINE });
    await morning.at('2026-11-24 13:00');
    expect(heardIn(await morning.call(1, { to: ENTRY_LINE }))).to.include('入場、13時0分、記録しました');
    expect((await morning.standing(1)).map(({ direction }) => direction)).to.deep.equal(['entry', 'entry']);
    const day = await morning.desk.until('the day', async () =>
      (await morning.days(1)).find(({ flags }) => flags.includes('entry-without-exit')),
    );
    expect(day.entryAt).to.match(/T08:00/);
    expect(day.exitAt).to.equal(null);
    await morning.at('2026-11-24 17:00');
    expect(heardIn(await morning.call(1))).to.include('退場、17時0分');
    const closed = await morning.dayWhere(1, ({ exitAt }) => exitAt !== null);
    expect([closed.entryAt, closed.exitAt]).to.deep.equal(['2026-11-24T08:00:00+09:00', '2026-11-24T17:00:00+09:00']);
    expect(await morning.days(1)).to.have.length(1);
  });

  it('failure mode 8: a night shift over midnight and the end of a month belongs to the day of its entry', async () => {
    await morning.at('2026-11-30 21:55');
    await morning.call(2);
    await morning.at('2026-12-01 05:30');
    expect(heardIn(await morning.call(2)))
      .to.include('退場、5時30分')
      .and.match(/7時間3[45]分/);
    expect(await morning.dayWhere(2, ({ exitAt }) => exitAt !== null)).to.deep.include({
      ...{
        workDate: '2026-11-30',
        entryAt: '2026-11-30T21:55:00+09:00',
        exitAt: '2026-12-01T05:30:00+09:00',
        flags: [],
      },
    });
    expect(await morning.days(2)).to.have.length(1);
  });

  it('failure mode 8: a minute before and after midnight in Tokyo are two days, whatever zone the machine is in', async () => {
    for (const [place, time, day] of [
      [3, '2026-11-24 23:59', '2026-11-24'],
      [4, '2026-11-25 00:00', '2026-11-25'],
      [5, '2026-12-31 23:59', '2026-12-31'],
      [6, '2027-01-01 00:01', '2027-01-01'],
    ] as const) {
      await morning.at(time);
      await morning.call(place);
      await morning.dayWhere(place, ({ workDate }) => workDate === day);
      expect((await morning.standing(place)).map(({ direction }) => direction)).to.deep.equal(['entry']);
    }
  });

  it('failure mode 8: whoever calls twenty-five hours later begins anew; the longest shift of a site may say otherwise', async () => {
    const { at, call, desk, builder } = morning;
    await at('2026-11-24 07:50');
    await call(7);
    await at('2026-11-25 08:50');
    expect(heardIn(await call(7))).to.include('入場、8時50分');
    await flagged(7, ['entry-without-exit']);
    const long = await desk.ask<{ id: string }>('POST', '/sites', {
      ...{ name: '夜通し町現場', kana: 'ヨドオシ', primeId: builder.primeId, maxShiftHours: 30 },
      historyPeriod: { from: '2026-01-01', to: '2027-12-31' },
    });
    await desk.ask('POST', '/lines', { number: '+815031000853', siteId: long.id });
    await at('2026-11-24 07:50');
    await call(8, { to: '+815031000853' });
    await at('2026-11-25 08:50');
    expect(heardIn(await call(8, { to: '+815031000853' })))
      .to.include('退場、8時50分')
      .and.match(/2[45]時間\d+分/);
    await flagged(8, ['long-stay']);
  });

  it('failure mode 23: of a name without anything speakable the person himself is left', async () => {
    const { instance, person, builder } = morning;
    const { workers } = instance.service.stores;
    const found = (await workers.find(person(9).id as never)) ?? expect.fail('gone');
    await workers.replace({ ...found.value, kana: '\u0000\ud800\uffff' }, found.rev);
    const fresh = await morning.line.instance();
    const played = await phone(fresh.url).call({ from: person(9).number, to: builder.line });
    expect(heardIn(played)).to.include('ゴホンニンさん').and.include('記録しました');
    await fresh.stop();
  });

  it('failure mode 24: the longest names and the fullest week stay far below 64 kB, as text/xml in UTF-8', async () => {
    const { desk, at, call, person, builder, instance } = morning;
    await desk.ask('PATCH', `/workers/${person(10).id}`, { kana: 'ア'.repeat(100) });
    await desk.ask('PATCH', `/sites/${builder.siteId}`, { kana: 'イ'.repeat(100) });
    for (let day = 17; day <= 23; day++) {
      for (const hour of ['08', '17']) {
        await at(`2026-11-${String(day)} ${hour}:00`);
        await call(10);
      }
    }
    await at('2026-11-23 18:00');
    const played = await call(10, { press: ['0', '2'] });
    expect(played.turns).to.have.length(3);
    const again = incomingCall({ from: person(10).number, to: builder.line, callId: played.callId });
    expect(await signedPost(instance.url, '/webhooks/twilio/voice', again)).to.deep.equal({
      ...{ status: 200, type: 'text/xml; charset=utf-8', text: played.turns[0]?.markup },
    });
    for (const { markup } of played.turns) expect(Buffer.byteLength(markup)).to.be.lessThan(MOST_BYTES / 8);
  });
});
