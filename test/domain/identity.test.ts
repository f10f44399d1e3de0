import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from '../../src/domain/digest.ts';
import type { History } from '../../src/domain/history.ts';
import { historiesOf } from '../../src/domain/identity.ts';
import type { PhoneId, WorkerId } from '../../src/domain/ids.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { Identity } from '../../src/domain/merge.ts';
import { ELSEWHERE, SITE, aPassage } from '../support/builders.ts';

const kept = 'wrk_kept' as WorkerId;
const other = 'wrk_other' as WorkerId;
const phoneOf = { [kept]: 'phn_kept' as PhoneId, [other]: 'phn_other' as PhoneId };
const START = Date.parse('2026-11-24T00:00:00+09:00');

/** One call: of whose telephone, where, how many minutes later than the one before. */
const call = fc.record({
  of: fc.constantFrom(kept, other),
  there: fc.boolean(),
  later: fc.integer({ min: 5, max: 900 }),
});
type Call = { of: WorkerId; there: boolean; later: number };

/** The ledger that these calls leave, each recorded for whom it was taken, and how long both sequences are in the end. */
function ledgerOf(calls: readonly Call[], takenFor: (of: WorkerId, place: number) => WorkerId) {
  const lengths: Record<WorkerId, number> = { [kept]: 0, [other]: 0 };
  let at = START;
  const entries = calls.map(({ of, there, later }, place) => {
    at += later * 60_000;
    const workerId = takenFor(of, place);
    const seq = (lengths[workerId] = (lengths[workerId] ?? 0) + 1);
    const standing = { ...aPassage({ at: new Date(at) }).standing, phoneId: phoneOf[of] ?? ('phn_none' as PhoneId) };
    const siteId = there ? ELSEWHERE : SITE;
    const passage = aPassage({ workerId, siteId, seq, at: new Date(at), by: 'state', standing });
    return { id: `e${String(place)}`, kind: 'turn', workerId, seq, passages: [passage] } as unknown as LedgerEntry;
  });
  return { entries, kept: lengths[kept] ?? 0, other: lengths[other] ?? 0 };
}

/** What a history says, whoever it is filed under. */
function contentOf(histories: readonly History[]): unknown {
  return histories
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ id: _id, workerId: _worker, version: _version, ...content }) => content)
    .sort((a, b) => (a.workDate + a.siteId < b.workDate + b.siteId ? -1 : 1));
}

/** What is handed over of a history. */
function weightOf({ version: _version, flags: _flags, evidence: _evidence, ...weighty }: History): string {
  return canonicalJson(weighty);
}

/** What the registry tells histories of one id apart by. */
function placeOf({ siteId, workDate }: History): string {
  return `${siteId}:${workDate}`;
}

const merged = (part: Partial<Identity> = {}): Identity => ({
  ...{ keptId: kept, otherId: other, epoch: 1, kept: 0, other: 0, phoneIds: [phoneOf[other] as PhoneId] },
  ...part,
});

describe('two registers of one person', () => {
  const histories = (who: WorkerId, entries: readonly LedgerEntry[], ...identities: Identity[]) =>
    historiesOf(who, entries, identities);

  it('are read as one sequence, whichever of the two is kept', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 14 }), (calls) => {
        const ledger = ledgerOf(calls, (of) => of);
        const one = ledgerOf(calls, () => kept);
        const forth = merged(ledger);
        const back = merged({ keptId: other, otherId: kept, kept: ledger.other, other: ledger.kept });
        const expected = contentOf(histories(kept, one.entries));
        expect(contentOf(histories(kept, ledger.entries, forth))).to.deep.equal(expected);
        expect(contentOf(histories(other, ledger.entries, back))).to.deep.equal(expected);
        expect(contentOf(histories(other, ledger.entries, forth))).to.deep.equal([]);
      }),
    );
  });

  it('have the same histories as before when they are parted, with what was called meanwhile on each telephone', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 10 }), fc.array(call, { maxLength: 6 }), (first, then) => {
        const before = ledgerOf(first, (of) => of);
        const all = [...first, ...then];
        const meanwhile = ledgerOf(all, (of, place) => (place < first.length ? of : kept));
        const apart = ledgerOf(all, (of) => of);
        const { kept: k, other: o } = meanwhile;
        const parted = merged({ ...before, parted: { epoch: 2, kept: k, other: o } });
        for (const who of [kept, other]) {
          expect(contentOf(histories(who, meanwhile.entries, parted))).to.deep.equal(
            contentOf(histories(who, apart.entries)),
          );
        }
      }),
    );
  });

  it('never hand a day over under a version that was used before', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 10 }), (calls) => {
        const ledger = ledgerOf(calls, (of) => of);
        const { entries } = ledger;
        const parted = merged({ ...ledger, parted: { epoch: 2, kept: ledger.kept, other: ledger.other } });
        const again = merged({ ...ledger, epoch: 3 });
        const stages = [[], [merged(ledger)], [parted], [parted, again]];
        for (const who of [kept, other]) {
          let known = new Map<string, History>();
          for (const identities of stages) {
            const now = new Map(histories(who, entries, ...identities).map((one) => [one.id, one]));
            for (const [id, was] of known) {
              const one = now.get(id) ?? expect.fail(`${id} has gone`);
              expect(one.version).to.be.at.least(was.version);
              if (weightOf(one) !== weightOf(was)) expect(one.version).to.be.above(was.version);
            }
            known = now;
          }
        }
      }),
    );
  });

  it('leave each day once at the registry where both have one id there, whichever of the two is handed over first', () => {
    const standing = (those: Iterable<History>) =>
      new Map([...those].filter(({ withdrawn }) => !withdrawn).map((one) => [placeOf(one), weightOf(one)]));
    const order = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 10 }), order, (calls, turns) => {
        const ledger = ledgerOf(calls, (of) => of);
        const parted = (epoch: number) => ({ parted: { epoch, kept: ledger.kept, other: ledger.other } });
        const [one, apart] = [merged(ledger), merged({ ...ledger, ...parted(2) })];
        const again = merged({ ...ledger, epoch: 3 });
        const stages = [[], [one], [apart], [apart, again], [apart, { ...again, ...parted(4) }]];
        const held = new Map<string, History>();
        for (const [place, identities] of stages.entries()) {
          const gains = place % 2 === 0 ? other : kept;
          const both = [gains, gains === kept ? other : kept].map((who) =>
            histories(who, ledger.entries, ...identities),
          );
          for (const history of (turns[place] ? both.toReversed() : both).flat()) {
            const version = held.get(placeOf(history))?.version ?? -1;
            if (history.version > version) held.set(placeOf(history), history);
          }
          const expected = new Map(both.toReversed().flatMap((those) => [...standing(those)]));
          if (place > 0) expect(standing(held.values())).to.deep.equal(expected);
        }
      }),
    );
  });
});
