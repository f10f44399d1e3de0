import { expect } from 'chai';
import fc from 'fast-check';
import { digestOf } from '../../src/domain/digest.ts';
import { deriveHistories } from '../../src/domain/history.ts';
import type { FirmId } from '../../src/domain/ids.ts';
import type { Passage } from '../../src/domain/passage.ts';
import { deriveRoster } from '../../src/domain/roster.ts';
import { advance, decide, newHead } from '../../src/domain/sequence.ts';
import { type TreeFirm, buildTree } from '../../src/domain/tree.ts';
import { ELSEWHERE, EMPLOYER, PRIME, SITE, WORKER, aPassage, anEvidence, tokyo } from '../support/builders.ts';

const asked = { siteId: SITE, repeatWindowSec: 180 };
const headOf = (...passages: Passage[]) =>
  passages.reduce(
    (head, passage, place) => advance(head, { seq: place + 1, passages: [{ ...passage, seq: place + 1 }] }),
    newHead(WORKER),
  );
/** Each passage as an entry of its own. */
const recorded = (...passages: readonly Passage[]) =>
  passages.map((passage) => ({ seq: passage.seq, passages: [passage] }));

describe('which way a call goes', () => {
  const morning = aPassage({ at: tokyo('2026-11-24 07:41') });

  it('is an entry where nobody is on site', () => {
    expect(decide(newHead(WORKER), { ...asked, at: tokyo('2026-11-24 07:41') })).to.deep.include({ kind: 'record' });
  });

  it('is an exit after an entry no older than the longest shift', () => {
    const decision = decide(headOf(morning), { ...asked, at: tokyo('2026-11-24 17:12') });
    expect(decision).to.deep.equal({
      kind: 'record',
      steps: [{ siteId: SITE, direction: 'exit', by: 'state', at: tokyo('2026-11-24 17:12') }],
      since: morning.at,
    });
  });

  it('is an entry again when the exit was forgotten', () => {
    const decision = decide(headOf(morning), { ...asked, at: tokyo('2026-11-25 07:40') });
    expect(decision.kind === 'record' && decision.steps.map((step) => step.direction)).to.deep.equal(['entry']);
  });

  it('repeats the receipt inside the window, also when two clocks differ a little', () => {
    expect(decide(headOf(morning), { ...asked, at: tokyo('2026-11-24 07:43') }).kind).to.equal('repeat');
    expect(decide(headOf(morning), { ...asked, at: tokyo('2026-11-24 07:40') }).kind).to.equal('repeat');
  });

  it('is a move, out there and in here, when the worker is at another site', () => {
    const decision = decide(headOf(morning), { ...asked, siteId: ELSEWHERE, at: tokyo('2026-11-24 13:00') });
    expect(decision.kind === 'record' && decision.steps.map((s) => [s.siteId, s.direction])).to.deep.equal([
      [SITE, 'exit'],
      [ELSEWHERE, 'entry'],
    ]);
  });

  it('is what a line of fixed meaning says', () => {
    const said = { direction: 'exit', by: 'line' } as const;
    const decision = decide(newHead(WORKER), { ...asked, at: tokyo('2026-11-24 07:41'), said });
    expect(decision.kind === 'record' && decision.steps[0]).to.include(said);
  });
});

describe('a history', () => {
  it('of a night shift belongs to the day of its entry (D-32, R-095)', () => {
    const night = [
      aPassage({ seq: 1, at: tokyo('2026-12-31 20:00') }),
      aPassage({ seq: 2, at: tokyo('2027-01-01 05:00'), direction: 'exit' }),
    ];
    expect(
      deriveHistories(recorded(...night)).map(({ workDate, version, exitAt }) => ({ workDate, version, exitAt })),
    ).to.deep.equal([{ workDate: '2026-12-31', version: 2, exitAt: '2027-01-01T05:00:00+09:00' }]);
  });

  it('reads an evening call as the exit once the morning call becomes known (R-096)', () => {
    const evening = aPassage({ seq: 1, at: tokyo('2026-11-24 17:00') });
    const linked = aPassage({ seq: 2, at: tokyo('2026-11-24 07:41'), source: 'link' });
    const [history] = deriveHistories(recorded(evening, linked));
    expect(history).to.include({
      entryAt: '2026-11-24T07:41:00+09:00',
      exitAt: '2026-11-24T17:00:00+09:00',
      afterTheFact: true,
    });
  });

  it('names a forgotten exit and never makes one up (D-09)', () => {
    const days = [
      aPassage({ seq: 1, at: tokyo('2026-11-24 07:41') }),
      aPassage({ seq: 2, at: tokyo('2026-11-25 07:40') }),
    ];
    const [first, second] = deriveHistories(recorded(...days));
    expect(first?.flags).to.deep.equal(['entry-without-exit']);
    expect(first).to.not.have.property('exitAt');
    expect(second?.flags).to.deep.equal([]);
  });

  it('keeps what was on file when the call came (R-091)', () => {
    const before = aPassage({ seq: 1, at: tokyo('2026-11-24 07:41') });
    const standing = { employerId: 'frm_other' as FirmId, standingConsent: false };
    const after = aPassage({ seq: 2, at: tokyo('2026-11-25 23:00'), standing });
    expect(deriveHistories(recorded(before, after)).map((history) => history.employerId)).to.deep.equal([
      EMPLOYER,
      'frm_other',
    ]);
  });

  it('names two sites at once, closes the first one late, and asks about a stay beyond twelve hours', () => {
    const flagsOf = (...passages: readonly Passage[]) =>
      deriveHistories(recorded(...passages)).map(({ siteId, exitAt, flags }) => [siteId, exitAt?.slice(11, 16), flags]);
    const here = aPassage({ seq: 1, at: tokyo('2026-11-24 08:00') });
    const there = aPassage({ seq: 2, at: tokyo('2026-11-24 10:00'), siteId: ELSEWHERE, by: 'line' });
    const left = aPassage({ seq: 3, at: tokyo('2026-11-24 11:00'), siteId: ELSEWHERE, direction: 'exit', by: 'line' });
    const home = aPassage({ seq: 4, at: tokyo('2026-11-24 20:30') });
    expect(flagsOf(here, there, left)).to.deep.equal([
      [SITE, undefined, ['entry-without-exit']],
      [ELSEWHERE, '11:00', ['two-sites']],
    ]);
    expect(flagsOf(here, there, left, home)).to.deep.equal([
      [SITE, '20:30', ['long-stay', 'overlapping-stays']],
      [ELSEWHERE, '11:00', ['two-sites']],
    ]);
    expect(flagsOf(here, { ...home, seq: 2, at: tokyo('2026-11-24 20:00') })).to.deep.equal([[SITE, '20:00', []]]);
  });

  it('loses what was taken back, with a version of its own, and gets it back by a later call', () => {
    const entry = aPassage({ seq: 1, at: tokyo('2026-11-24 07:41') });
    const again = aPassage({ seq: 3, at: tokyo('2026-11-24 08:10') });
    const takenBack = [...recorded(entry), { seq: 2, passages: [], withdraws: [1] }];
    expect(deriveHistories(takenBack)).to.have.length(1);
    expect(deriveHistories(takenBack)[0]).to.include({ withdrawn: true, version: 2 });
    expect(deriveHistories([...takenBack, ...recorded(again)])[0]).to.include({
      withdrawn: false,
      version: 3,
      entryAt: '2026-11-24T08:10:00+09:00',
    });
  });

  it('takes the other direction in place of one that was put right', () => {
    const said = aPassage({ seq: 1, at: tokyo('2026-11-24 17:02') });
    const meant = aPassage({ seq: 2, at: tokyo('2026-11-24 17:02'), direction: 'exit', by: 'key' });
    const [history] = deriveHistories([...recorded(said), { seq: 2, passages: [meant], withdraws: [1] }]);
    expect(history).to.include({ exitAt: '2026-11-24T17:02:00+09:00', version: 2 });
    expect(history?.flags).to.deep.equal(['exit-without-entry']);
  });

  it('is the same for any order in which the passages are given, and so is the roster (I4)', () => {
    fc.assert(
      fc.property(aSequence(), fc.infiniteStream(fc.nat()), (passages, salt) => {
        const shuffled = [...passages]
          .map((p) => [salt.next().value ?? 0, p] as const)
          .sort(([a], [b]) => a - b)
          .map(([, p]) => p);
        expect(digestOf(byId(deriveHistories(recorded(...shuffled))))).to.equal(
          digestOf(byId(deriveHistories(recorded(...passages)))),
        );
        expect(digestOf(deriveRoster(byId(deriveHistories(recorded(...shuffled))), 1))).to.equal(
          digestOf(deriveRoster(byId(deriveHistories(recorded(...passages))), 1)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('never gets a lower version by what is recorded later (I9)', () => {
    fc.assert(
      fc.property(aSequence(), (passages) => {
        const before = deriveHistories(recorded(...passages.slice(0, -1)));
        const after = new Map(deriveHistories(recorded(...passages)).map((history) => [history.id, history.version]));
        for (const { id, version } of before) expect(after.get(id) ?? 0).to.be.at.least(version);
      }),
      { numRuns: 150 },
    );
  });
});

function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Passages of one worker in the order of recording; some become known late. */
function aSequence() {
  const one = fc.record({
    minutes: fc.integer({ min: 0, max: 6 * 24 * 60 }),
    siteId: fc.constantFrom(SITE, ELSEWHERE),
    by: fc.constantFrom('state' as const, 'line' as const, 'person' as const),
    direction: fc.constantFrom('entry' as const, 'exit' as const),
  });
  return fc
    .array(one, { minLength: 1, maxLength: 12 })
    .map((items) =>
      items.map(({ minutes, ...rest }, place) =>
        aPassage({ ...rest, seq: place + 1, at: new Date(tokyo('2026-11-24 00:00').getTime() + minutes * 60_000) }),
      ),
    );
}

describe('a tree', () => {
  const [A, B, C] = ['frm_a', 'frm_b', 'frm_c'] as FirmId[] as [FirmId, FirmId, FirmId];
  const firms = new Map<FirmId, TreeFirm>([PRIME, A, B, C].map((id) => [id, { ccusId: `id-${id}` }]));
  const ground = { primeId: PRIME, firms };
  const shape = (evidence: Parameters<typeof buildTree>[2], known = ground) =>
    buildTree(SITE, known, evidence).nodes.map(({ firmId, upperFirmId, tier, status }) => [
      firmId,
      upperFirmId,
      tier,
      status,
    ]);

  it('hangs a firm below its declared upper firm, registered by standing consent (R-103, D-04)', () => {
    expect(
      shape([
        anEvidence({ firmId: A, upperFirmId: PRIME }),
        anEvidence({ firmId: B, upperFirmId: A, standingConsent: false }),
      ]),
    ).to.deep.equal([
      [PRIME, null, 0, 'registered'],
      [A, PRIME, 1, 'registered'],
      [B, A, 2, 'unapproved'],
    ]);
  });

  it('adds a declared upper firm that has no people of its own here', () => {
    expect(shape([anEvidence({ firmId: B, upperFirmId: A })]).map(([id, , tier]) => [id, tier])).to.deep.equal([
      [PRIME, 0],
      [A, 1],
      [B, 2],
    ]);
  });

  it('places a firm of which nobody said more provisionally below the prime', () => {
    expect(shape([anEvidence({ firmId: A })])[1]).to.deep.equal([A, PRIME, 1, 'provisional']);
  });

  it('keeps a firm without id by name only (R-050, R-109)', () => {
    const known = { primeId: PRIME, firms: new Map<FirmId, TreeFirm>([[A, {}]]) };
    expect(shape([anEvidence({ firmId: A, upperFirmId: PRIME })], known)[1]?.[3]).to.equal('name-only');
  });

  it('is the same for any order of the calls, without circles, and every row reaches the prime (I5)', () => {
    const piece = fc.record({
      firmId: fc.constantFrom(PRIME, A, B, C),
      upperFirmId: fc.option(fc.constantFrom(PRIME, A, B, C), { nil: undefined }),
      standingConsent: fc.boolean(),
      hour: fc.integer({ min: 10, max: 23 }),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const evidence = pieces.map(({ hour, upperFirmId, ...rest }) => {
          const time = `2026-11-24T${String(hour)}:00:00+09:00`;
          return anEvidence({ ...rest, first: time, last: time, ...(upperFirmId ? { upperFirmId } : {}) });
        });
        const tree = buildTree(SITE, ground, evidence);
        expect(buildTree(SITE, ground, [...evidence].reverse()).digest).to.equal(tree.digest);
        const present = new Set(tree.nodes.map((node) => node.firmId));
        for (const { firmId } of evidence) expect(present.has(firmId)).to.equal(true);
        for (const node of tree.nodes) {
          const upper = tree.nodes.filter((other) => other.firmId === node.upperFirmId).map((other) => other.tier);
          if (node.tier > 0) expect(Math.min(...upper)).to.equal(node.tier - 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
