import { expect } from 'chai';
import fc from 'fast-check';
import { addEmployment, endEmployments, switchEmployer } from '../../src/domain/employment.ts';
import type { Day, FirmId } from '../../src/domain/ids.ts';
import { addDays } from '../../src/domain/work-day.ts';
import type { Employment } from '../../src/domain/worker.ts';

const a = 'frm_aaaa' as FirmId;
const b = 'frm_bbbb' as FirmId;
const day = (text: string) => text as Day;

describe('the employments of a worker', () => {
  it('end with the last day, and those that began later with it', () => {
    const employments = [{ firmId: a, from: day('2026-01-01') }];
    expect(endEmployments(employments, day('2026-03-31'))).to.deep.equal([
      { firmId: a, from: '2026-01-01', to: '2026-03-31' },
    ]);
    expect(endEmployments(employments, day('2025-12-31'))).to.deep.equal([
      { firmId: a, from: '2025-12-31', to: '2025-12-31' },
    ]);
  });

  it('of one day give way when the employer changes on that day', () => {
    const employments = [{ firmId: a, from: day('2026-04-01') }];
    expect(switchEmployer(employments, b, day('2026-04-01'))).to.deep.equal([{ firmId: b, from: '2026-04-01' }]);
  });

  it('never overlap, whatever is added in whatever order (D-31)', () => {
    const span = fc.record({ start: fc.nat(60), length: fc.option(fc.nat(20)), firmId: fc.constantFrom(a, b) });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        let held: readonly Employment[] = [];
        for (const { start, length, firmId } of spans) {
          const from = addDays(day('2026-01-01'), start);
          const added = length === null ? { firmId, from } : { firmId, from, to: addDays(from, length) };
          const outcome = addEmployment(held, added);
          if (outcome.ok) held = outcome.value;
        }
        return held.every((one, place) => {
          const next = held[place + 1];
          return next === undefined || (one.to !== undefined && one.to < next.from && one.from <= one.to);
        });
      }),
    );
  });
});
