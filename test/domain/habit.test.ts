import { expect } from 'chai';
import { type Expected, expectedPeople, suggestsDeadLine, usualPeople } from '../../src/domain/habit.ts';
import type { History } from '../../src/domain/history.ts';
import type { Day, SiteId, WorkerId } from '../../src/domain/ids.ts';
import { missingExitDue } from '../../src/domain/reminder.ts';
import type { MissingExit, Site } from '../../src/domain/site.ts';

const HERE = 'sit_here' as SiteId;
const MONDAY = '2026-11-30';

function came(workerId: string, workDate: string, time: string): History {
  return { workerId, siteId: HERE, workDate, entryAt: `${workDate}T${time}:00+09:00`, withdrawn: false } as History;
}

/** The weekdays of the two weeks before Monday, 30 November 2026. */
const DAYS = ['16', '17', '18', '19', '20', '23', '24', '25', '26', '27'].map((day) => `2026-11-${day}`);
const usual = (histories: readonly History[], day = MONDAY) =>
  usualPeople(histories, day as Day).map(({ workerId, at }) => [workerId, at.toISOString()]);
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`);

describe('who usually comes', () => {
  it('is whoever came on most of the last ten working days, at the median of his times', () => {
    const histories = DAYS.flatMap((day, place) => [
      came('wrk_often', day, ['07:40', '07:50', '08:00'][place % 3] ?? ''),
      ...(place < 5 ? [came('wrk_seldom', day, '08:00')] : []),
    ]);
    expect(usual(histories)).to.deep.equal([['wrk_often', '2026-11-29T22:50:00.000Z']]);
  });

  it('is nobody before there are three days to judge by', () => {
    expect(usual(DAYS.slice(-2).map((day) => came('wrk_new', day, '08:00')))).to.deep.equal([]);
    expect(usual(DAYS.slice(-3).map((day) => came('wrk_new', day, '08:00')))).to.have.length(1);
  });

  it('is nobody on a weekday on which the site rests, also where it is younger than a week', () => {
    const histories = DAYS.map((day) => came('wrk_often', day, '08:00'));
    expect(usual(histories, '2026-11-28')).to.deep.equal([]);
    expect(usual(histories.slice(-4), '2026-11-28')).to.deep.equal([]);
    const saturdays = [...histories, came('wrk_often', '2026-11-21', '08:00')];
    expect(usual(saturdays, '2026-11-28')).to.have.length(1);
  });

  it('keeps the night before apart from the morning after', () => {
    const histories = DAYS.map((day) => came('wrk_night', day, '23:30'));
    expect(usual(histories)).to.deep.equal([['wrk_night', '2026-11-30T14:30:00.000Z']]);
  });
});

describe('who is expected', () => {
  const own: Expected = { workerId: 'wrk_a' as WorkerId, at: at('2026-11-30 08:00') };
  const plan = (siteId: string, workerIds: readonly string[], expectedAt?: string) => ({
    siteId: siteId as SiteId,
    workerIds: workerIds as WorkerId[],
    ...(expectedAt === undefined ? {} : { expectedAt }),
  });
  const expected = (...plans: ReturnType<typeof plan>[]) =>
    expectedPeople(HERE, { usual: [own], plans, day: MONDAY as Day }).map((one) => [one.workerId, one.at.getTime()]);

  it('comes at the time of the plan, else at his own, and nowhere where another site plans on him', () => {
    expect(expected()).to.deep.equal([['wrk_a', own.at.getTime()]]);
    expect(expected(plan(HERE, ['wrk_a', 'wrk_b'], '07:30'))).to.deep.equal(
      ['wrk_a', 'wrk_b'].map((id) => [id, at('2026-11-30 07:30').getTime()]),
    );
    expect(expected(plan('sit_there', ['wrk_a']))).to.deep.equal([]);
    expect(expected(plan(HERE, ['wrk_b']))).to.deep.equal([['wrk_a', own.at.getTime()]]);
  });

  it('suggests a dead line when two are an hour late, or everybody is, not when one early bird stays away', () => {
    const early: Expected = { workerId: 'wrk_e' as WorkerId, at: at('2026-11-30 06:00') };
    const second: Expected = { ...early, workerId: 'wrk_f' as WorkerId };
    const now = at('2026-11-30 07:00');
    expect(suggestsDeadLine([early, own], now)).to.equal(false);
    expect(suggestsDeadLine([early, second, own], now)).to.equal(true);
    expect(suggestsDeadLine([early], now)).to.equal(true);
    expect(suggestsDeadLine([own], at('2026-11-30 08:59'))).to.equal(false);
    expect(suggestsDeadLine([], now)).to.equal(false);
  });
});

describe('when an exit is missing', () => {
  const due = (since: string, after?: string) => {
    const missingExit: MissingExit = { channel: 'none', ...(after === undefined ? {} : { after }) };
    return missingExitDue(at(since), { maxShiftHours: 14, missingExit } as Site).getTime();
  };

  it('is the time of day of the site, the next one for whoever comes just before it', () => {
    expect(due('2026-11-30 08:00', '18:00')).to.equal(at('2026-11-30 18:00').getTime());
    expect(due('2026-11-30 17:00', '18:00')).to.equal(at('2026-11-30 18:00').getTime());
    expect(due('2026-11-30 20:00', '09:00')).to.equal(at('2026-12-01 09:00').getTime());
  });

  it('is at the latest when the longest shift is over', () => {
    expect(due('2026-11-30 08:00')).to.equal(at('2026-11-30 22:00').getTime());
    expect(due('2026-11-30 17:30', '18:00')).to.equal(at('2026-12-01 07:30').getTime());
  });
});
