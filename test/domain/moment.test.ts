import { expect } from 'chai';
import { isReversed, readMoment } from '../../src/domain/moment.ts';

const ends = (text: string) => {
  const read = readMoment(text);
  return read && [read.begin.toISOString(), read.end.toISOString()];
};

describe('a moment of a period', () => {
  it('is a whole day in Tokyo, also as the era writes it', () => {
    for (const day of ['2026-11-24', '2026/11/24', '令和8年11月24日'])
      expect(ends(day), day).to.deep.equal(['2026-11-23T15:00:00.000Z', '2026-11-24T15:00:00.000Z']);
  });

  it('is an instant with its offset, for the whole second that is written', () => {
    const second = ['2026-11-23T22:41:00.000Z', '2026-11-23T22:41:01.000Z'];
    for (const text of ['2026-11-24T07:41:00+09:00', '2026-11-24T07:41:00 09:00', '2026-11-23T22:41:00Z'])
      expect(ends(text), text).to.deep.equal(second);
    expect(ends('2026-11-23T22:41:00.250Z')?.[1]).to.equal('2026-11-23T22:41:00.251Z');
  });

  it('is nothing that the calendar does not have, and no time of nowhere', () => {
    const odd = ['', 'yesterday', '2026-02-30', '2026-02-30T07:00:00+09:00', '2026-11-24T25:00:00Z', '2026-13-01'];
    for (const text of [...odd, '2026-11-24T07:41:00', '昭和64年1月8日'])
      expect(readMoment(text), text).to.equal(undefined);
  });

  it('ends no period before it began; one day is a period', () => {
    const period = (from: string, to: string) => {
      const [begin, end] = [readMoment(from), readMoment(to)];
      return isReversed({ ...(begin ? { from: begin } : {}), ...(end ? { to: end } : {}) });
    };
    expect(period('2026-11-24', '2026-11-24')).to.equal(false);
    expect(period('2026-11-24T12:00:00+09:00', '2026-11-24')).to.equal(false);
    expect(period('2026-11-25', '2026-11-24')).to.equal(true);
    expect(period('2026-11-24T07:00:01Z', '2026-11-24T07:00:00Z')).to.equal(true);
    expect(period('2026-11-24', 'no day')).to.equal(false);
  });
});
