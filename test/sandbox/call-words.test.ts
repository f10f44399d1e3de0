import { expect } from 'chai';
import { type CallWords, planScene } from '../../sandbox/call-plan.ts';
import { readMoment } from '../../sandbox/read-words.ts';
import { layOutMarkup, sideBySide, widthOf } from '../../sandbox/side-by-side.ts';
import { CARRIER, newCallId } from '../support/caller.ts';

const secrets = JSON.stringify({ twilioAccountSid: CARRIER.accountSid, twilioAuthTokens: [CARRIER.token] });
const plan = (more: Partial<CallWords>) =>
  planScene({ from: '090-1111-2222', to: '050-3100-0001', ...more }, { env: {}, secrets, newCallId: newCallId() });
const refusal = (more: Partial<CallWords>): string => {
  const outcome = plan(more);
  return outcome.ok ? 'played' : (outcome.detail ?? '');
};
const planned = (more: Partial<CallWords>) => {
  const outcome = plan(more);
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.value;
};

describe('what surrounds a simulated call, as typed', () => {
  it('takes the time of Tokyo unless an offset is given, and now for setting the clock right', () => {
    expect(planned({ at: '2026-11-24T07:41' }).at).to.equal('2026-11-24T07:41:00+09:00');
    expect(readMoment('2026-11-24T07:41:05Z')).to.equal('2026-11-24T07:41:05Z');
    expect(planned({ at: 'now' }).at).to.equal('now');
    expect(planned({})).to.not.have.property('at');
    for (const at of ['07:41', '2026-02-30T07:41', '2026-11-24', 'noon', '2026-11-24T25:00'])
      expect(refusal({ at }), at).to.match(/is not a time: --at takes/);
  });

  it('adds up the faults of the network', () => {
    const { call, databaseAway } = planned({ fault: ['duplicate', 'delay=500ms', 'no-status', 'database-away'] });
    expect(call.faults).to.deep.equal({ everyTurnTwice: true, delayMs: 500, statusLost: true });
    expect(databaseAway).to.equal(true);
    expect(planned({ fault: ['delay'] }).call.faults).to.deep.equal({ delayMs: 2000 });
    expect(planned({}).call).to.not.have.property('faults');
  });

  it('refuses in a sentence what is no fault, no delay and no number of turns', () => {
    expect(refusal({ fault: ['thunder'] })).to.match(/"thunder" is not a fault; there are: duplicate, delay/);
    expect(refusal({ fault: ['delay=soon'] })).to.match(/"soon" is not a delay/);
    expect(refusal({ fault: ['delay=3600s'] })).to.match(/a minute at most/);
    expect(refusal({ fault: ['duplicate=2'] })).to.match(/takes no amount/);
    for (const hangupAfterTurns of ['0', 'two', '21'])
      expect(refusal({ hangupAfterTurns })).to.match(/is not a number of turns/);
    expect(planned({ hangupAfterTurns: '2' }).call.hangupAfterTurns).to.equal(2);
  });
});

describe('a transcript with its documents', () => {
  it('lays a document out, one element a line', () => {
    const markup = '<?xml version="1.0"?><Response><Gather><Say>ドウゾ</Say></Gather><Hangup/></Response>';
    expect(layOutMarkup(markup)).to.deep.equal([
      '<?xml version="1.0"?>',
      '<Response>',
      '  <Gather>',
      '    <Say>ドウゾ</Say>',
      '  </Gather>',
      '  <Hangup/>',
      '</Response>',
    ]);
  });

  it('keeps the columns straight under wide letters, and folds what is too long', () => {
    const rows = sideBySide(['hears  ハイ', 'x'], [`<Say>${'ア'.repeat(40)}</Say>`], 63);
    expect(rows.length).to.be.greaterThan(2);
    for (const row of rows) {
      expect(widthOf(row.slice(0, row.indexOf('│')))).to.equal(31);
      expect(widthOf(row)).to.be.at.most(63);
    }
  });
});
