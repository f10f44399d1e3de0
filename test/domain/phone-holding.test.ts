import { expect } from 'chai';
import type { Day, PhoneId, WorkerId } from '../../src/domain/ids.ts';
import fc from 'fast-check';
import { admitRegistration, dropHolder, endRegistration, restoreHolder } from '../../src/domain/phone-holding.ts';
import { type PhoneRegistration, lastDayOf, validOn } from '../../src/domain/phone.ts';
import { addDays } from '../../src/domain/work-day.ts';

const me = 'wrk_mine' as WorkerId;
const mate = 'wrk_mate' as WorkerId;

function aRegistration(fields: Partial<PhoneRegistration> = {}): PhoneRegistration {
  return {
    id: `phn_${'0'.repeat(32)}_1` as PhoneId,
    workerIds: [me],
    shared: false,
    groupCall: false,
    upperFirms: [],
    standingConsent: false,
    validFrom: '2026-01-01' as Day,
    ...fields,
  };
}

describe('who holds a number', () => {
  it('is one person at a time (R-102, D-30)', () => {
    const held = aRegistration({ validTo: '2026-06-30' as Day });
    const next = aRegistration({ workerIds: [mate], validFrom: '2026-07-01' as Day });
    expect(admitRegistration([held], next).ok).to.equal(true);
    const early = aRegistration({ workerIds: [mate], validFrom: '2026-06-30' as Day });
    expect(admitRegistration([held], early)).to.deep.equal({ ok: false, code: 'number-taken' });
  });

  it('may be several only when all say so', () => {
    const shared = aRegistration({ shared: true });
    expect(admitRegistration([shared], aRegistration({ workerIds: [mate], shared: true })).ok).to.equal(true);
    expect(admitRegistration([shared], aRegistration({ workerIds: [mate] }))).to.include({ code: 'number-taken' });
    expect(admitRegistration([], aRegistration({ workerIds: [me, mate] }))).to.include({ code: 'shared-needed' });
  });

  it('is nobody twice', () => {
    const shared = aRegistration({ shared: true });
    expect(admitRegistration([shared], shared)).to.include({ code: 'number-registered' });
  });

  it('ends yesterday, and was never when it began today', () => {
    const today = '2026-03-10' as Day;
    const old = aRegistration();
    expect(endRegistration([old], old.id, today)).to.deep.equal([{ ...old, validTo: '2026-03-09' }]);
    const fresh = aRegistration({ validFrom: today });
    expect(endRegistration([fresh], fresh.id, today)).to.deep.equal([]);
    const over = aRegistration({ validTo: '2026-02-01' as Day });
    expect(endRegistration([over], over.id, today)).to.deep.equal([over]);
  });

  it('loses a leaver, and goes on for the others; a second time changes nothing', () => {
    const lastDay = '2026-03-10' as Day;
    const own = aRegistration();
    const shared = aRegistration({ workerIds: [me, mate], shared: true });
    const later = aRegistration({ validFrom: '2026-04-01' as Day });
    const others = aRegistration({ workerIds: [mate] });
    const dropped = dropHolder([own, shared, later, others], me, lastDay);
    const left = [{ workerId: me, lastDay }];
    expect(dropped).to.deep.equal([{ ...own, validTo: lastDay }, { ...shared, left }, others]);
    expect(validOn(dropped, lastDay).flatMap(({ workerIds }) => workerIds)).to.deep.equal([me, me, mate, mate]);
    expect(validOn(dropped, addDays(lastDay, 1)).flatMap(({ workerIds }) => workerIds)).to.deep.equal([mate, mate]);
    expect(dropHolder(dropped, me, lastDay)).to.deep.equal(dropped);
  });
});

describe('a leaving that is taken back', () => {
  const people = [me, mate, 'wrk_more' as WorkerId];
  const day = (n: number) => addDays('2026-03-01' as Day, n);
  it('leaves every registration as it was, whoever else left before or meanwhile', () => {
    const registration = fc.record({
      holders: fc.uniqueArray(fc.nat(2), { minLength: 1 }),
      shared: fc.boolean(),
      from: fc.nat(30),
      length: fc.option(fc.nat(30)),
    });
    const leaving = fc.record({ who: fc.nat(2), day: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(registration, { maxLength: 5 }), fc.array(leaving, { maxLength: 3 }), (wanted, leavings) => {
        let held: readonly PhoneRegistration[] = [];
        for (const [place, { holders, shared, from, length }] of wanted.entries()) {
          const id = `phn_${'0'.repeat(32)}_${String(place + 1)}` as PhoneId;
          const workerIds = holders.map((n) => people[n] ?? me);
          const validTo = length === null ? {} : { validTo: day(from + length) };
          const added = aRegistration({ id, workerIds, shared, validFrom: day(from), ...validTo });
          if (admitRegistration(held, added).ok) held = [...held, added];
        }
        const gone = new Map(leavings.map(({ who, day: n }) => [people[who] ?? me, day(n)]));
        const [first, ...others] = [...gone];
        if (!first) return;
        const [workerId, lastDay] = first;
        const before = held.filter(
          (one) => one.workerIds.includes(workerId) && (lastDayOf(one, workerId) ?? '9999-12-31') > lastDay,
        );
        const drop = (of: readonly PhoneRegistration[], pairs: typeof others) =>
          pairs.reduce((now, [who, last]) => dropHolder(now, who, last), of);
        const restored = restoreHolder(drop(dropHolder(held, workerId, lastDay), others), {
          workerId,
          lastDay,
          before,
        });
        const sorted = (of: readonly PhoneRegistration[]) => [...of].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(restored.ok && sorted(restored.value)).to.deep.equal(sorted(drop(held, others)));
      }),
    );
  });
});
