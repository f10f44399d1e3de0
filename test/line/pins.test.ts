import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

const ANY_SITE = '+815031000811';
const PIN = '48217359';

describe('a PIN by telephone', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const days = (place: number) => desk.all<{ flags: string[] }>(`/histories?workerId=${person(place).id}`);
  const dial = (from: string, press: string[], to = builder.line) => phone(instance.url).call({ from, to, press });
  const code = (place: number) => `${person(place).workerCode}#`;
  const kinds = async (callId: string) =>
    (await desk.all<{ kind: string; state: string }>(`/exceptions?callId=${callId}`)).map(
      ({ kind, state }) => `${kind} ${state}`,
    );

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:41');
    builder = await registerBuilder(line, desk, 10);
    await desk.ask('PATCH', `/sites/${builder.siteId}`, { companionDailyLimit: 2 });
    for (const place of [0, 1, 2, 3, 4, 5]) await desk.ask('PUT', `/workers/${person(place).id}/pin`, { pin: PIN });
  });
  after(() => line.close());

  it('is on file and never shown', async () => {
    const worker = await desk.ask('GET', `/workers/${person(0).id}`);
    expect(worker['hasPin']).to.equal(true);
    expect(JSON.stringify(worker)).to.not.include(PIN);
  });

  it('records a caller without a number, by code and PIN (failure mode 10)', async () => {
    const played = await dial('anonymous', [code(0), `${PIN}#`]);
    expect(heardIn(played)).to.match(/186.*暗証番号.*入場、7時41分、記録しました/);
    await desk.until('the day', async () => (await days(0))[0]?.flags.includes('by-code'));
    await desk.until('the call', async () => {
      const call = await desk.ask('GET', `/calls/${played.callId}`).catch(() => undefined);
      return call?.['outcome'] === 'entry-recorded';
    });
    await desk.until('no open exception', async () =>
      (await kinds(played.callId)).every((one) => !one.endsWith('open')),
    );
  });

  it('records a companion up to the daily limit of the site, and shows him to the office (R-102)', async () => {
    for (const place of [1, 2]) {
      const played = await dial(person(9).number, ['*', code(place), `${PIN}#`]);
      expect(heardIn(played)).to.include(`${person(place).kana}さん`);
      await desk.until('the day', async () => (await days(place))[0]?.flags.includes('companion'));
    }
    const third = await dial(person(9).number, ['*', code(3), `${PIN}#`]);
    expect(third.turns.at(-1)?.say.join('')).to.include('承りました').and.not.include('入場');
    expect(await days(3)).to.deep.equal([]);
    expect(await days(9)).to.deep.equal([]);
    await desk.until('all three shown', async () => {
      const shown = await desk.all<{ workerId: string; state: string }>('/exceptions?kind=companion');
      const open = new Set(shown.filter(({ state }) => state === 'open').map(({ workerId }) => workerId));
      return [1, 2, 3].every((place) => open.has(person(place).id));
    });
  });

  it('locks after five wrong ones, for code and PIN only, until the office unlocks it', async () => {
    const wrong = () => dial('+819033332222', [code(4), '0000#', '1111#', '2222#']);
    expect((await wrong()).turns.length).to.equal(5);
    await wrong();
    const locked = await dial('anonymous', [code(4), `${PIN}#`]);
    expect(heardIn(locked)).to.include('承りました').and.not.include('記録しました');
    await desk.until('wrong-pin', async () => (await kinds(locked.callId)).includes('wrong-pin open'));
    expect(heardIn(await dial(person(4).number, []))).to.include('入場');
    await desk.ask('POST', `/workers/${person(4).id}/pin/unlock`, {});
    await at('2026-11-24 17:00');
    expect(heardIn(await dial('anonymous', [code(4), `${PIN}#`]))).to.include('退場、17時0分');
  });

  it('is kept nowhere in a form that could be read', async () => {
    const calls = await desk.all(`/calls?siteId=${builder.siteId}`);
    const ledger = [];
    for await (const entry of instance.service.stores.ledger.all()) ledger.push(entry);
    expect(JSON.stringify([calls, ledger])).to.not.include(PIN);
    expect(line.logged.join('\n')).to.not.include(PIN);
  });

  it('is not needed where a plan says where somebody is today', async () => {
    await desk.ask('POST', '/lines', { number: ANY_SITE });
    await desk.ask('PUT', `/sites/${builder.siteId}/plans/2026-11-24`, {
      workerIds: [person(6).id],
      expectedAt: '07:50',
    });
    expect(heardIn(await dial(person(6).number, [], ANY_SITE))).to.include('シケンマチ、入場');
    expect(heardIn(await dial(person(7).number, [], ANY_SITE))).to.include('現場番号');
    const plan = await desk.ask('GET', `/sites/${builder.siteId}/plans/2026-11-24`);
    expect(plan).to.deep.include({ workerIds: [person(6).id], expectedAt: '07:50' });
  });

  it('counts companions at the site that they key in, on a line of many sites (R-102)', async () => {
    const period = { from: '2026-01-01', to: '2027-12-31' };
    const next = { name: '次の町の家', kana: 'ツギノマチノイエ', primeId: builder.primeId, historyPeriod: period };
    const { siteCode: nextCode } = await desk.ask<{ siteCode: string }>('POST', '/sites', next);
    const { siteCode } = await desk.ask<{ siteCode: string }>('GET', `/sites/${builder.siteId}`);
    const accompany = (site: string) =>
      dial(person(9).number, [`${site}#`, '*', code(3), `${PIN}#`, `${site}#`], ANY_SITE);
    const beyond = await accompany(siteCode);
    expect(beyond.turns.at(-1)?.say.join('')).to.include('承りました').and.not.include('入場');
    expect(await days(3)).to.deep.equal([]);
    expect(heardIn(await accompany(nextCode))).to.include(`${person(3).kana}さん`);
    await desk.until('the day', async () => (await days(3))[0]?.flags.includes('companion'));
  });

  it('ends when its owner leaves his firm', async () => {
    await desk.ask('POST', `/workers/${person(5).id}/leave`, {});
    expect((await desk.ask('GET', `/workers/${person(5).id}`))['hasPin']).to.equal(false);
    await at('2026-11-25 08:00');
    expect(heardIn(await dial('anonymous', [code(5), `${PIN}#`]))).to.not.include('記録しました');
  });
});
