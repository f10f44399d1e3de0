import { expect } from 'chai';
import type { Day, PhoneId, WorkerId } from '../../src/domain/ids.ts';
import { admitRegistration, dropHolder, endRegistration } from '../../src/domain/phone-holding.ts';
import type { PhoneRegistration } from '../../src/domain/phone.ts';

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
    expect(dropped).to.deep.equal([{ ...own, validTo: lastDay }, { ...shared, workerIds: [mate] }, others]);
    expect(dropHolder(dropped, me, lastDay)).to.deep.equal(dropped);
  });
});
