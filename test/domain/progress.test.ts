import { expect } from 'chai';
import { daysToNextLevel } from '../../src/domain/progress.ts';

describe('the days to the next level (D-22)', () => {
  const thresholds = [
    { jobType: '34-01', level: 2, days: 645 },
    { jobType: '34-01', level: 3, days: 1505 },
    { jobType: '01-01', level: 2, days: 400 },
  ];
  const left = (jobType: string, days: number, level?: number) =>
    daysToNextLevel(thresholds, { jobType, days, ...(level === undefined ? {} : { level }) });

  it('are those of the job type and the level above', () => {
    expect(left('34-01', 645, 2)).to.equal(860);
    expect(left('01-01', 399, 1)).to.equal(1);
    expect(left('34-01', 600)).to.equal(45);
  });

  it('are not told where nothing is set, or where they are reached', () => {
    expect(left('99-99', 10)).to.equal(undefined);
    expect(left('34-01', 10, 3)).to.equal(undefined);
    expect(left('34-01', 645, 1)).to.equal(undefined);
    expect(left('34-01', 900, 1)).to.equal(undefined);
  });
});
