import { expect } from 'chai';
import fc from 'fast-check';
import { eraText, readDayText } from '../../src/domain/era-day.ts';
import { Day } from '../../src/domain/ids.ts';
import { readDayCell } from '../../src/domain/phone-list/read-cell.ts';

const read = (text: string) => {
  const found = readDayText(text);
  return 'day' in found ? found.day : found.flaw;
};
const day = fc
  .date({ min: new Date('1873-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const wide = (text: string) => text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

describe('days by the era', () => {
  it('are read in every way in which people write them', () => {
    for (const text of [
      '令和8年11月24日',
      'R8.11.24',
      'r8/11/24',
      'Ｒ８．１１．２４',
      '令和８年１１月２４日',
      '㋿8年11月24日',
      'R08-11-24',
      '2026-11-24',
      '2026/11/24',
      '2026年11月24日',
      '20261124',
      ' 2026-11-24 ',
    ]) {
      expect(read(text), text).to.equal('2026-11-24');
    }
    expect(read('昭和50年3月1日')).to.equal('1975-03-01');
    expect(read('令和元年5月1日')).to.equal('2019-05-01');
    expect(read('H1.1.8')).to.equal('1989-01-08');
    expect(read('大正15年12月24日')).to.equal('1926-12-24');
    expect(read('明治45年7月29日')).to.equal('1912-07-29');
  });

  it('are refused where the era had ended or not begun', () => {
    for (const text of [
      '昭和64年1月8日',
      '平成31年5月1日',
      '令和元年4月30日',
      '平成元年1月7日',
      'S100.1.1',
      '大正15年12月25日',
      '昭和0年1月1日',
    ]) {
      expect(read(text), text).to.be.oneOf(['day-not-in-era', 'day-unreadable']);
    }
    expect(read('昭和64年1月8日')).to.equal('day-not-in-era');
    expect(read('昭和64年1月7日')).to.equal('1989-01-07');
    for (const text of ['令和8年2月30日', '2026-13-01', '明日', '', '令和8年', '2026-1', '8.11.24']) {
      expect(read(text), text).to.equal('day-unreadable');
    }
  });

  it('come back as the day that they were, in any width, for every day since 1873', () => {
    fc.assert(
      fc.property(day, (text) => {
        expect(read(eraText(text))).to.equal(text);
        expect(read(wide(eraText(text)))).to.equal(text);
        expect(Day.parse(eraText(text))).to.equal(text);
        expect(Day.parse(text)).to.equal(text);
        expect(readDayCell(eraText(text)).value).to.equal(text);
      }),
    );
  });

  it('are what the platform’s own calendar says', () => {
    const platform = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' });
    fc.assert(
      fc.property(day, (text) => {
        expect(eraText(text)).to.equal(platform.format(new Date(`${text}T00:00:00Z`)));
      }),
    );
  });

  it('never make a day of what is none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const found = Day.safeParse(text);
        if (found.success) expect(found.data).to.match(/^\d{4}-\d\d-\d\d$/);
      }),
    );
  });
});
