import { expect } from 'chai';
import { CARRIER, heardIn, incomingCall, newCallId, phone, signedPost } from '../support/caller.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const VOICE = '/webhooks/twilio/voice';
const KEYPAD_WORDS = ['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253'];
const WORDS = ['anonymous', 'Anonymous', 'Restricted', 'unavailable', 'unknown', 'private', ''];

describe('numbers, and who calls with them', () => {
  let morning: Morning;
  const phoneOf = async (place: number) =>
    (await morning.desk.all<{ id: string; workerIds: string[] }>('/phones')).find((one) =>
      one.workerIds.includes(morning.person(place).id),
    )?.id ?? expect.fail('no telephone');
  const from = (number: string, extra = {}) =>
    phone(morning.instance.url).call({ from: number, to: morning.builder.line, extra });

  before(async () => {
    morning = await openMorning(10);
  });
  after(() => morning.line.close());

  it('failure mode 10: every way of hiding a number is one prompt: 186, or code and PIN', async () => {
    const numbers = [...KEYPAD_WORDS, ...WORDS];
    const played = await Promise.all(numbers.map((number) => from(number)));
    for (const [place, call] of played.entries()) {
      expect(call.turns[0]?.say.join(''), numbers[place]).to.include('186').and.include('技能者番号');
      expect(heardIn(call), numbers[place]).to.not.include('記録しました');
    }
    await Promise.all(played.map(({ callId }) => morning.raised(`callId=${callId}`, 'withheld')));
  });

  it('failure mode 11: a word for a hidden number is refused in a register, so nobody is found by it', async () => {
    for (const number of [...KEYPAD_WORDS, ...WORDS, '+811045000', 'client:somebody', 'sip:100@example.jp']) {
      const body = { number, workerIds: [morning.person(0).id], validFrom: '2026-01-01' };
      const refused = await morning.desk.ask('POST', '/phones', body).then(
        () => 'taken',
        (error: Error) => error.message,
      );
      expect(refused, number).to.match(/: 4(00|22) /);
    }
    await from('+266696687');
    expect(await morning.standing(0)).to.deep.equal([]);
  });

  it('failure mode 12: a forged number records for its holder; he hears it at his own call and turns it round', async () => {
    const { at, call, standing, person } = morning;
    await at('2026-11-24 03:10');
    const forged = await from(person(1).number, { ForwardedFrom: '+14155550100' });
    await morning.raised('kind=forwarded&state=open', 'forwarded');
    await at('2026-11-24 07:45');
    const own = await call(1, { press: ['9'] });
    expect(heardIn(own)).to.match(/退場、7時45分.*在場は、4時間3[45]分.*入場、7時45分/);
    expect((await standing(1)).map(({ direction }) => direction)).to.deep.equal(['entry', 'entry']);
    const shown = await morning.desk.ask('GET', `/calls/${forged.callId}`);
    expect(shown['flags']).to.include('forwarded');
  });

  it('failure mode 12: a number that cannot be is nobody, whatever it looks like', async () => {
    const { number } = morning.person(2);
    for (const odd of [`${number}0`, number.replace('+81', '+810'), number.replace('+81', '+1')]) {
      const played = await from(odd);
      if (odd !== number.replace('+81', '+810')) expect(heardIn(played), odd).to.not.include('記録しました');
    }
    // A trunk zero that was kept is the same number.
    expect(await morning.standing(2)).to.have.length(1);
  });

  it('failure mode 13: a number that went to somebody else is his from that day, and the days before stay', async () => {
    const { desk, at, call, person, dayWhere, days } = morning;
    await at('2026-11-23 08:00');
    await call(3);
    await dayWhere(3, (one) => one.workDate === '2026-11-23');
    await at('2026-11-24 07:30');
    await desk.ask('PATCH', `/phones/${await phoneOf(3)}`, { validTo: '2026-11-23' });
    await desk.ask('POST', '/phones', {
      ...{ number: person(3).number, workerIds: [person(4).id], validFrom: '2026-11-24' },
    });
    await at('2026-11-24 08:00');
    expect(heardIn(await call(3))).to.include(`${person(4).kana}さん`);
    await dayWhere(4, (one) => one.workDate === '2026-11-24');
    expect((await days(3)).map(({ workDate }) => workDate)).to.deep.equal(['2026-11-23']);
  });

  it('failure mode 13: a lost telephone is taken away at once, at every instance', async () => {
    const { line, desk, person } = morning;
    const other = await line.instance();
    await desk.ask('DELETE', `/phones/${await phoneOf(5)}`);
    expect(heardIn(await from(person(5).number))).to.include('登録のない電話番号');
    await desk.until('the other instance', async () => {
      const played = await phone(other.url).call({ from: person(5).number, to: morning.builder.line });
      return heardIn(played).includes('登録のない電話番号');
    });
    await other.stop();
  });

  it('failure mode 21: during a rotation both tokens are taken, and a sub-account is refused without a word', async () => {
    const { instance, person, builder, standing } = morning;
    const form = incomingCall({ from: person(6).number, to: builder.line });
    const older = await signedPost(instance.url, VOICE, form, { token: 'an-older-token' });
    expect(older.text).to.include('入場');
    for (const refused of [
      await signedPost(instance.url, VOICE, { ...form, AccountSid: `AC${'2'.repeat(32)}` }),
      await signedPost(instance.url, VOICE, form, { token: `${CARRIER.token}x` }),
    ]) {
      expect(refused).to.include({ status: 403, text: '' });
    }
    expect(await standing(6)).to.have.length(1);
  });

  it('failure mode 22: a proxy may rewrite host, port and scheme: only the configured address is signed', async () => {
    const { instance, person, builder } = morning;
    const form = (place: number) => incomingCall({ from: person(place).number, to: builder.line, callId: newCallId() });
    const through = (place: number, publicBaseUrl: string) =>
      signedPost(instance.url, VOICE, form(place), { publicBaseUrl });
    expect((await through(7, CARRIER.publicBaseUrl)).text).to.include('入場');
    for (const rewritten of [instance.url, 'http://calls.example.jp', `${CARRIER.publicBaseUrl}:8443`]) {
      expect((await through(8, rewritten)).status, rewritten).to.equal(403);
    }
    expect(await morning.standing(8)).to.deep.equal([]);
  });
});
