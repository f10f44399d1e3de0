import { expect } from 'chai';
import { type Dated, changedFrom, endedBefore, historyFaults, valueOn } from '../../src/domain/dated.ts';
import type { Day } from '../../src/domain/ids.ts';
import { registrationOn, registrationStateOf, withRegistration } from '../../src/domain/registration.ts';

const day = (text: string) => text as Day;
const from = (text: string, value: string, to?: string): Dated<string> => ({
  from: day(text),
  ...(to === undefined ? {} : { to: day(to) }),
  value,
});

describe('a dated fact', () => {
  const history = [from('2020-01-01', 'a', '2022-12-31'), from('2023-01-01', 'b')];

  it('holds from its first day to its last', () => {
    expect(
      ['2019-12-31', '2020-01-01', '2022-12-31', '2023-01-01', '2099-01-01'].map((at) => valueOn(history, day(at))),
    ).to.deep.equal([undefined, 'a', 'a', 'b', 'b']);
  });

  it('gives way from the day of a change on', () => {
    expect(changedFrom(history, 'c', day('2026-04-01'))).to.deep.equal([
      history[0],
      from('2023-01-01', 'b', '2026-03-31'),
      from('2026-04-01', 'c'),
    ]);
    expect(changedFrom(history, 'c', day('2023-01-01'))).to.deep.equal([history[0], from('2023-01-01', 'c')]);
  });

  it('lets what begins later keep its time', () => {
    expect(changedFrom(history, 'c', day('2021-06-01'))).to.deep.equal([
      from('2020-01-01', 'a', '2021-05-31'),
      from('2021-06-01', 'c', '2022-12-31'),
      history[1],
    ]);
  });

  it('ends the day before', () => {
    expect(endedBefore(history, day('2026-04-01'))[1]).to.deep.equal(from('2023-01-01', 'b', '2026-03-31'));
  });

  it('neither runs backwards nor over another of its key', () => {
    expect(historyFaults([from('2026-02-01', 'a', '2026-01-01')])).to.deep.equal([
      { place: 0, code: 'period-reversed' },
    ]);
    expect(historyFaults([...history, from('2022-12-31', 'c', '2022-12-31')])).to.deep.equal([
      { place: 2, code: 'overlaps' },
    ]);
    expect(historyFaults([...history, from('2022-12-31', 'c')], (value) => value)).to.deep.equal([]);
  });
});

describe('a registration with the core registry (F-01)', () => {
  const today = day('2026-11-20');
  const note = (before: object | undefined, after: object, stated: object = {}) =>
    withRegistration({ before, after }, stated, today) as Record<string, unknown>;

  it('is what the id says as long as nobody says anything', () => {
    expect(registrationStateOf({})).to.equal('none');
    expect(registrationStateOf({ ccusId: '38809523422822' })).to.equal('registered');
  });

  it('follows an id that comes or goes, dated', () => {
    const got = note({}, { ccusId: '38809523422822' });
    expect(got).to.deep.include({ registrationState: 'registered' });
    expect(got['registrations']).to.deep.equal([{ on: today, state: 'registered', source: 'ccus-id' }]);
    expect(note(got, { ...got, ccusId: undefined })).to.deep.include({ registrationState: 'none' });
  });

  it('is what the id says again once nothing is stated any more', () => {
    const refused = note({}, {}, { registrationState: 'refused' });
    expect(note(refused, refused, { registrationState: null })).to.include({ registrationState: 'none' });
  });

  it('keeps each change with its day and source, and the same one once', () => {
    const planned = note(
      {},
      {},
      { registrationState: 'planned', registrationPlannedOn: '2027-01-15', registrationSource: 'survey' },
    );
    expect(planned).to.deep.include({ registrationState: 'planned', registrationPlannedOn: '2027-01-15' });
    const again = note(planned, planned, { registrationState: 'planned', registrationPlannedOn: '2027-01-15' });
    expect(again['registrations']).to.have.length(1);
    const applying = note(planned, planned, { registrationState: 'applying' });
    expect(applying).not.to.have.property('registrationPlannedOn');
    expect(applying['registrations']).to.have.length(2);
    expect(registrationOn(applying, day('2026-11-19'))).to.equal(undefined);
  });
});
