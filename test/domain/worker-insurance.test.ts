import { expect } from 'chai';
import type { Day } from '../../src/domain/ids.ts';
import {
  type InsuranceCopy,
  type InsuranceOfWorker,
  judgeInsurance,
  oldEvidence,
} from '../../src/domain/worker-insurance.ts';

const day = '2026-11-20' as Day;

describe('the check of insurances', () => {
  const joined = (evidence?: InsuranceOfWorker['evidence']): InsuranceOfWorker => ({
    joined: true,
    ...(evidence ? { evidence } : {}),
  });
  const copy = (insurance: InsuranceCopy['insurance']): InsuranceCopy => ({
    ...{ id: 'cpy_1', insurance, name: 'x', contentType: 'image/png', bytes: 1, on: day },
  });
  const judge = (value: Partial<Record<InsuranceCopy['insurance'], InsuranceOfWorker>>, more: object = {}) =>
    judgeInsurance({ insuranceHistory: [{ from: '2026-01-01' as Day, value }], ...more }, day);
  const all = (one: InsuranceOfWorker) => ({ health: one, pension: one, employment: one });

  it('needs no document where the registry or a linked system says it (PR-060)', () => {
    expect(judge(all(joined('ccus')))).to.deep.equal({ confirmed: true, gaps: [], flagged: false, ccusLinked: true });
    expect(judge(all(joined('linked-system')))).to.include({ confirmed: true, ccusLinked: false });
  });

  it('counts paper only with its copy attached, and shows no mark for it (PR-060, PR-065)', () => {
    const paper = { ...all(joined('ccus')), pension: joined('paper') };
    expect(judge(paper).gaps).to.deep.equal([{ insurance: 'pension', why: 'no-copy' }]);
    expect(judge(paper, { insuranceCopies: [copy('health')] })).to.include({ confirmed: false });
    expect(judge(paper, { insuranceCopies: [copy('pension')] })).to.include({ confirmed: true, ccusLinked: false });
  });

  it('looks at health, pension and employment, all three (PR-061)', () => {
    const { health, pension } = all(joined('ccus'));
    expect(judge({ health, pension }).gaps).to.deep.equal([{ insurance: 'employment', why: 'unknown' }]);
    expect(judgeInsurance({}, day).gaps).to.have.length(3);
    expect(judge({ ...all(joined('ccus')), health: { joined: false } }).gaps[0]).to.include({ why: 'not-joined' });
    expect(judge({ ...all(joined('ccus')), health: joined() }).gaps[0]).to.include({ why: 'no-evidence' });
    const exempt: InsuranceOfWorker = { joined: false, exempt: true, evidence: 'ccus' };
    expect(judge({ ...all(joined('ccus')), employment: exempt })).to.include({ confirmed: true });
  });

  it('flags who is not confirmed, unless a special reason is on file (PR-062)', () => {
    expect(judge({})).to.include({ confirmed: false, flagged: true });
    const insuranceReason = { reason: '手続き中', by: 'key_1', on: day };
    expect(judge({}, { insuranceReason })).to.include({ confirmed: false, flagged: false });
  });

  it('finds evidence on paper that nobody has looked at for long', () => {
    const of = (evidence: InsuranceOfWorker['evidence'], confirmedOn: string) =>
      oldEvidence(
        {
          insuranceHistory: [
            { from: '2020-01-01' as Day, value: all({ ...joined(evidence), confirmedOn: confirmedOn as Day }) },
          ],
        },
        day,
        '2025-11-20' as Day,
      );
    expect(of('paper', '2025-11-19')).to.have.length(3);
    expect(of('paper', '2025-11-20')).to.deep.equal([]);
    expect(of('ccus', '2020-01-01')).to.deep.equal([]);
  });
});
