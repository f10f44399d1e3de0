import { expect } from 'chai';
import { heardIn, incomingCall, phone, signedPost } from '../support/caller.ts';
import { type Morning, openMorning } from '../support/morning.ts';

const ANY_SITE = '+815031000831';
const SHARED = '+819055551111';
const FOREMAN = '+819055552222';
const OFFICE = '+81312340001';

describe('keys that are missing, wrong, doubled or early', () => {
  let morning: Morning;
  let otherSite: string;
  const code = (place: number) => `${morning.person(place).workerCode}#`;
  const from = (number: string, press: (string | undefined)[], to = morning.builder.line) =>
    phone(morning.instance.url).call({ from: number, to, press });
  const register = (number: string, places: number[], about: object) =>
    morning.desk.ask('POST', '/phones', {
      ...{ number, workerIds: places.map((place) => morning.person(place).id), validFrom: '2026-01-01' },
      ...about,
    });

  before(async () => {
    morning = await openMorning(12);
    const { desk, builder } = morning;
    const site = await desk.ask<{ id: string }>('POST', '/sites', {
      ...{ name: '検査町倉庫', kana: 'ケンサマチ', primeId: builder.primeId },
      historyPeriod: { from: '2026-01-01', to: '2027-12-31' },
    });
    otherSite = site.id;
    await desk.ask('POST', '/lines', { number: ANY_SITE });
    await desk.ask('POST', '/lines', { number: '+815031000832', siteId: otherSite });
    await register(SHARED, [0, 1], { shared: true });
    await register(FOREMAN, [2], { shared: true, groupCall: true });
  });
  after(() => morning.line.close());

  const unusable: [string, (string | undefined)[]][] = [
    ['nothing at all', [undefined, undefined, undefined]],
    ['the finish key alone', ['#', '#', '#']],
    ['the star', ['*#', '*', '*#']],
    ['far too many keys', ['1'.repeat(33), `${'20'.repeat(100)}#`, '9'.repeat(400)]],
    ['a code that nobody has', ['000000#', '999999', '1#']],
  ];
  for (const [what, press] of unusable) {
    it(`failure mode 5: ${what} is asked about three times in other words, then the call is kept and that is said`, async () => {
      const played = await from(SHARED, press);
      expect(played.turns).to.have.length(4);
      expect(played.ended).to.equal('hangup');
      const [first, second, , last] = played.turns.map(({ say }) => say.join(''));
      expect(second).to.not.equal(first);
      expect(last).to.include('承りました').and.not.include('記録しました');
      await morning.raised(`callId=${played.callId}`, 'unknown-phone');
      expect(await morning.standing(0)).to.deep.equal([]);
      expect(await morning.standing(1)).to.deep.equal([]);
    });
  }

  it('failure mode 5: a right code at the third question is as good as at the first', async () => {
    expect(heardIn(await from(SHARED, [undefined, '*', code(0)]))).to.include('入場、7時');
  });

  it('failure mode 5: a site that nobody knows, three times, keeps the call of a known worker', async () => {
    const sites = await morning.desk.all<{ siteCode: string }>('/sites');
    const nobodys = ['0000', '0001', '0002'].find((one) => sites.every(({ siteCode }) => siteCode !== one)) ?? '';
    const played = await morning.call(3, { to: ANY_SITE, press: [`${nobodys}#`, '*', undefined] });
    expect(played.turns.at(-1)?.say.join('')).to.include('承りました').and.not.include('記録しました');
    await morning.raised(`callId=${played.callId}`, 'unknown-site');
    expect(await morning.days(3)).to.deep.equal([]);
  });

  it('failure mode 16: a doubled key names nobody, and the next answer puts it right', async () => {
    const doubled = code(1).replace(/^(.)/, '$1$1');
    const played = await from(SHARED, [doubled, code(1)]);
    expect(heardIn(played))
      .to.include('確認できませんでした')
      .and.include(`${morning.person(1).kana}さん`);
    expect(await morning.standing(1)).to.have.length(1);
  });

  it('failure mode 16: a finish key that is missing is no obstacle, and keys pressed before the prompt ends count', async () => {
    const played = await from(SHARED, [morning.person(1).workerCode]);
    expect(heardIn(played)).to.include('入場');
    for (const { markup } of played.turns) expect(markup).to.match(/<Gather [^>]*><Say /);
  });

  it('failure mode 16: one key after a receipt is enough, and more than one are not read as two', async () => {
    const played = await morning.call(4, { press: ['99'] });
    expect(played.turns[0]?.markup).to.include('numDigits="1"');
    expect((await morning.standing(4)).map(({ direction }) => direction)).to.deep.equal(['exit']);
  });

  it('failure mode 16: what a foreman keys is counted back; nobody is recorded twice or by half a code', async () => {
    const keys = [code(5), code(5), code(6).slice(2), code(6), '#'];
    const played = await from(FOREMAN, keys);
    expect(heardIn(played)).to.include('2人を記録しました');
    for (const place of [5, 6]) expect(await morning.standing(place)).to.have.length(1);
  });

  it('failure mode 9: the fifty-second turn of a foreman is a turn like any other', async () => {
    const form = incomingCall({ from: FOREMAN, to: morning.builder.line });
    const key = (turn: number, Digits: string) =>
      signedPost(morning.instance.url, `/webhooks/twilio/voice?turn=${String(turn)}`, { ...form, Digits });
    await signedPost(morning.instance.url, '/webhooks/twilio/voice', form);
    for (let turn = 2; turn <= 51; turn++) await key(turn, morning.person(5).workerCode);
    expect((await key(52, morning.person(10).workerCode)).text).to.include('2人目、記録しました');
    expect((await key(53, '')).text).to.include('2人を記録しました');
    expect(await morning.standing(10)).to.have.length(1);
  });

  it('failure mode 14: whoever is known at several sites is asked, and 1 stands for the last one', async () => {
    const { at, call, dayWhere, days, builder } = morning;
    for (const [day, to] of [
      ['2026-11-20', builder.line],
      ['2026-11-21', '+815031000832'],
    ] as const) {
      for (const hour of ['08', '17']) {
        await at(`${day} ${hour}:00`);
        await call(7, { to });
      }
    }
    await dayWhere(7, (one) => one.siteId === otherSite && one.exitAt !== null);
    await at('2026-11-24 08:00');
    const played = await call(7, { to: ANY_SITE, press: ['1#'] });
    expect(heardIn(played)).to.match(/前回と同じ、ケンサマチ.*ケンサマチ、入場、8時0分/);
    expect(await dayWhere(7, (one) => one.workDate === '2026-11-24')).to.include({ siteId: otherSite });
    expect(await days(7)).to.have.length(3);
  });

  it('failure mode 14: a number known at two companies is never guessed: it is asked who', async () => {
    const { desk, builder, person } = morning;
    const worker = await desk.ask<{ id: string; workerCode: string }>('POST', '/workers', {
      ...{ name: '試験 外子', kana: 'シケン ソトコ', employerId: builder.primeId },
    });
    const about = { number: '+819055553333', validFrom: '2026-01-01', shared: true };
    await desk.ask('POST', '/phones', { ...about, workerIds: [person(8).id] });
    await desk.ask('POST', '/phones', { ...about, workerIds: [worker.id] });
    const played = await from('+819055553333', [`${worker.workerCode}#`]);
    expect(played.turns[0]?.say.join('')).to.include('技能者番号');
    expect(heardIn(played)).to.include('シケン ソトコさん');
    expect(await morning.standing(8)).to.deep.equal([]);
  });

  it('failure mode 15: the telephone of an office belongs to the site: it is asked who, also when it has one holder', async () => {
    await register(OFFICE, [9], { shared: true });
    const silent = await from(OFFICE, []);
    expect(heardIn(silent)).to.not.include('記録しました');
    expect(await morning.standing(9)).to.deep.equal([]);
    expect(heardIn(await from(OFFICE, [code(9)]))).to.include(`${morning.person(9).kana}さん`);
    expect(await morning.standing(9)).to.have.length(1);
  });
});
