import { expect } from 'chai';
import { heardIn } from '../support/caller.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const joined = { joined: true, evidence: 'ccus' };

describe('an entry of somebody whose insurances are not confirmed (PR-062)', () => {
  let morning: Morning;
  before(async () => {
    morning = await openMorning(3);
    const change = (place: number, fields: object) =>
      morning.desk.ask('PATCH', `/workers/${morning.person(place).id}`, fields);
    await change(0, { insurance: { health: joined, pension: { joined: false } } });
    await change(1, { insurance: { health: joined, pension: joined, employment: joined } });
  });
  after(() => morning.line.close());

  const flagsAfterCall = async (place: number) => {
    expect(heardIn(await morning.call(place))).to.match(/入場、7時\d+分、記録しました/);
    return (await morning.dayWhere(place, () => true)).flags;
  };

  it('is recorded and answered like every other, and flagged for the office alone', async () => {
    expect(await flagsAfterCall(0)).to.deep.equal(['insurance-unconfirmed']);
  });

  it('is not flagged where they are confirmed, nor where nothing was stated yet', async () => {
    expect(await flagsAfterCall(1)).to.deep.equal([]);
    expect(await flagsAfterCall(2)).to.deep.equal([]);
  });

  it('is not flagged where a special reason is on file', async () => {
    const { id } = morning.person(0);
    await morning.desk.ask('PATCH', `/workers/${id}`, { insuranceReason: '加入手続中' });
    await morning.at('2026-11-25 07:30');
    await morning.call(0);
    expect((await morning.dayWhere(0, ({ workDate }) => workDate === '2026-11-25')).flags).to.deep.equal([]);
  });
});
