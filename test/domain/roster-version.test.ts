import { expect } from 'chai';
import fc from 'fast-check';
import type { Day, FirmId, SiteId, WorkerId } from '../../src/domain/ids.ts';
import { nextStep, submissionOf } from '../../src/domain/roster-submission.ts';
import {
  EMPTY_ROSTER,
  type RosterContent,
  type RosterVersion,
  changesWithin,
  contentAfter,
  hasLeft,
  nextVersion,
} from '../../src/domain/roster-version.ts';

const siteId = 'sit_0001' as SiteId;
const at = new Date('2026-11-24T07:41:00+09:00');
const firmId = fc.constantFrom('frm_aaaa', 'frm_bbbb', 'frm_cccc') as fc.Arbitrary<FirmId>;
const workerId = fc.constantFrom('wrk_0001', 'wrk_0002', 'wrk_0003', 'wrk_0004') as fc.Arbitrary<WorkerId>;
const byId =
  <T>(keyOf: (item: T) => string) =>
  (items: readonly T[]) =>
    [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const content: fc.Arbitrary<RosterContent> = fc.record({
  firms: fc
    .uniqueArray(fc.record({ firmId, upperFirmIds: fc.array(firmId, { maxLength: 2 }) }), {
      selector: (one) => one.firmId,
    })
    .map(byId((one) => one.firmId)),
  workers: fc
    .uniqueArray(
      fc.record(
        { workerId, firmId, jobType: fc.constantFrom('34-01', '36-01') },
        { requiredKeys: ['workerId', 'firmId'] },
      ),
      { selector: (one) => one.workerId },
    )
    .map(byId((one) => one.workerId)),
});

describe('the versions of a roster', () => {
  it('say what changed, and together make the roster again, whatever it was (PR-063)', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 8 }), (contents) => {
        const versions: RosterVersion[] = [];
        let before = EMPTY_ROSTER;
        for (const after of contents) {
          const next = nextVersion({ siteId, version: versions.length + 1, at }, before, after);
          if (next) versions.push(next);
          before = after;
          expect(contentAfter(versions)).to.deep.equal(after);
        }
        for (const { firms, workers } of versions)
          expect([
            ...firms.added,
            ...firms.left,
            ...firms.changed,
            ...workers.added,
            ...workers.left,
            ...workers.changed,
          ]).not.to.be.empty;
      }),
    );
  });

  it('show whoever sees only some who came into his sight and who went out of it', () => {
    const one = (firm: string) => ({ workerId: 'wrk_0001' as WorkerId, firmId: firm as FirmId });
    const moved = { added: [], left: [], changed: [{ before: one('frm_aaaa'), after: one('frm_bbbb') }] };
    const seenBy = (firm: string) => changesWithin(moved, (member) => member.firmId === firm);
    expect(seenBy('frm_aaaa')).to.deep.equal({ added: [], left: [one('frm_aaaa')], changed: [] });
    expect(seenBy('frm_bbbb')).to.deep.equal({ added: [one('frm_bbbb')], left: [], changed: [] });
    expect(seenBy('frm_cccc')).to.deep.equal({ added: [], left: [], changed: [] });
    expect(changesWithin(moved, () => true)).to.deep.equal(moved);
  });

  it('have no more who left his firm, from the day after', () => {
    const firm = 'frm_aaaa' as FirmId;
    const until = [{ firmId: firm, from: '2026-01-01' as Day, to: '2026-11-24' as Day }];
    expect(hasLeft(until, firm, '2026-11-24' as Day)).to.equal(false);
    expect(hasLeft(until, firm, '2026-11-25' as Day)).to.equal(true);
    expect(hasLeft([...until, { firmId: firm, from: '2026-12-01' as Day }], firm, '2026-12-02' as Day)).to.equal(false);
    expect(hasLeft([], firm, '2026-11-25' as Day)).to.equal(false);
  });

  it('are handed in, accepted or returned in order, each step kept', () => {
    const say = (steps: Parameters<typeof submissionOf>[0], state: 'submitted' | 'accepted' | 'returned', on: string) =>
      nextStep(submissionOf(steps), { siteId, version: 1, state, on: on as Day, by: 'key_1' }, '2026-11-30' as Day);
    expect(submissionOf([]).state).to.equal('not-submitted');
    expect(say([], 'accepted', '2026-11-25')).to.include({ ok: false, code: 'submission-order' });
    const first = say([], 'submitted', '2026-11-25');
    if (!first.ok) throw new Error(first.code);
    expect(say([first.value], 'submitted', '2026-11-26')).to.include({ code: 'submission-order' });
    expect(say([first.value], 'returned', '2026-11-24')).to.include({ code: 'submission-order' });
    expect(say([first.value], 'returned', '2026-12-01')).to.include({ code: 'day-in-future' });
    const second = say([first.value], 'returned', '2026-11-26');
    if (!second.ok) throw new Error(second.code);
    expect(second.value).to.include({ id: 'sit_0001:1:2', step: 2 });
    expect(submissionOf([second.value, first.value]).state).to.equal('returned');
    expect(say([first.value, second.value], 'submitted', '2026-11-26')).to.include({ ok: true });
  });
});
