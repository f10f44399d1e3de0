import { expect } from 'chai';
import { ccusIdWarnings } from '../../src/domain/ccus-id.ts';
import { readLineNumber, readPersonalNumber } from '../../src/domain/phone-number.ts';
import { registrySample, sample } from '../../sandbox/sample.ts';

describe('the sample builder', () => {
  it('has ids of the right kind with a right digit', () => {
    expect(sample.firms.flatMap(({ ccusId }) => (ccusId ? ccusIdWarnings(ccusId, 'firm') : []))).to.deep.equal([]);
    expect(sample.workers.flatMap(({ ccusId }) => ccusIdWarnings(ccusId, 'worker'))).to.deep.equal([]);
    expect(sample.sites.flatMap(({ ccusId }) => ccusIdWarnings(ccusId, 'site'))).to.deep.equal([]);
  });

  it('has numbers that a telephone can have', () => {
    for (const { number } of sample.phones)
      expect(readPersonalNumber(number)).to.deep.equal({ ok: true, value: number });
    for (const { number } of sample.lines) expect(readLineNumber(number)).to.deep.equal({ ok: true, value: number });
  });

  it('speaks in katakana', () => {
    for (const { kana } of [...sample.firms, ...sample.workers, ...sample.sites]) {
      expect(kana).to.match(/^[ァ-ヶー ]+$/);
    }
  });

  it('refers only to what it has', () => {
    const keys = new Set([...sample.firms, ...sample.workers, ...sample.sites].map(({ key }) => key));
    const references = [
      ...sample.workers.map(({ employer }) => employer),
      ...sample.sites.map(({ prime }) => prime),
      ...sample.lines.map(({ site }) => site),
      ...sample.phones.flatMap(({ workers, upperFirm }) => [...workers, ...(upperFirm ? [upperFirm] : [])]),
    ];
    expect(references.filter((key) => !keys.has(key))).to.deep.equal([]);
    expect(sample.phones.map(({ number }) => number)).to.include(sample.firstCall.from);
    expect(sample.lines.map(({ number }) => number)).to.include(sample.firstCall.to);
  });

  it('gives every worker a job type that he has registered', () => {
    const typesOf = new Map(sample.workers.map(({ key, jobTypes }) => [key, jobTypes]));
    for (const { workers, jobType } of sample.phones) {
      for (const key of workers) expect(typesOf.get(key)).to.include(jobType);
    }
  });

  it('is known to the registry, except the firm without id and its belonging', () => {
    expect(registrySample.firms).to.have.length(3);
    expect(registrySample.workers.filter(({ employerCcusId }) => employerCcusId === null)).to.have.length(1);
    expect(registrySample.sites.map(({ primeCcusId }) => primeCcusId)).to.deep.equal(
      sample.sites.map(() => sample.firms[0]?.ccusId),
    );
  });
});
