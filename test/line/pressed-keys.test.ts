import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface HistoryView {
  readonly workDate: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly flags: readonly string[];
}

const SILENT_LINE = '+815031000801';
const ANY_SITE = '+815031000802';

describe('keys and silent lines', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const call = (place: number, press: string[] = [], to = builder.line) =>
    phone(instance.url).call({ from: person(place).number, to, press });
  const days = (place: number) => desk.all<HistoryView>(`/histories?workerId=${person(place).id}`);
  const dayWhere = (place: number, fits: (one: HistoryView) => boolean) =>
    desk.until(
      'the history',
      async () => (await isProjected(instance.service.stores, person(place).id)) && (await days(place)).find(fits),
    );
  const phoneOf = async (place: number) =>
    (await desk.all<{ id: string; workerIds: string[] }>('/phones')).find((one) =>
      one.workerIds.includes(person(place).id),
    )?.id ?? expect.fail('no telephone');

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:30');
    builder = await registerBuilder(line, desk, 14);
    await desk.ask('POST', '/lines', { number: SILENT_LINE, siteId: builder.siteId, answer: 'when-needed' });
    await desk.ask('POST', '/lines', { number: ANY_SITE });
  });
  after(() => line.close());

  it('9 turns the record of the same call round, at its own time (failure mode 7)', async () => {
    await at('2026-11-24 17:02');
    const played = await call(0, ['9']);
    expect(heardIn(played)).to.match(/入場、17時2分.*退場、17時2分/);
    const history = await dayWhere(0, (one) => one.exitAt !== null);
    expect(history.entryAt).to.equal(null);
    expect(history.flags).to.deep.equal(['exit-without-entry']);
  });

  it('9 after a repeated receipt records the opposite at the time of the redial (failure mode 6)', async () => {
    await at('2026-11-24 08:00');
    await call(1);
    await at('2026-11-24 08:02');
    expect(heardIn(await call(1, ['9']))).to.match(
      /入場、8時0分.*退場、8時2分、記録しました。在場は、0時間[12]分です。/,
    );
    const history = await dayWhere(1, (one) => one.exitAt !== null);
    expect(history.entryAt).to.match(/T08:00/);
    expect(history.exitAt).to.match(/T08:02/);
  });

  it('9 at the first entry leaves a lone exit, of which registry and office say the same (R-103, NOT_ON_ROSTER)', async () => {
    await at('2026-11-24 08:10');
    await call(11, ['9']);
    interface Judged {
      readonly entryAt: string | null;
      readonly evaluable: boolean;
      readonly notEvaluableReasons: readonly string[];
      readonly forwarding: { readonly state: string };
    }
    const day = await desk.until('an answer of the registry', async () => {
      const [found] = await desk.all<Judged>(`/histories?workerId=${person(11).id}`);
      return found?.entryAt === null && found.forwarding.state.startsWith('accepted') && found;
    });
    expect(day.evaluable, JSON.stringify(day)).to.equal(day.forwarding.state === 'accepted');
    expect(day.notEvaluableReasons.includes('NOT_ON_ROSTER')).to.equal(!day.evaluable);
    const { items } = await desk.ask<{ items: { workerId: string }[] }>('GET', `/sites/${builder.siteId}/roster`);
    expect(items.map(({ workerId }) => workerId)).to.not.include(person(11).id);
  });

  it('9 twice after a repeated receipt leaves what was repeated as it stood', async () => {
    await at('2026-11-24 08:00');
    await call(12);
    await at('2026-11-24 08:02');
    expect(heardIn(await call(12, ['9', '9']))).to.match(/入場、8時0分.*退場、8時2分.*入場、8時0分/);
    await at('2026-11-24 17:00');
    expect(heardIn(await call(12))).to.match(/退場、17時0分、記録しました。在場は、(9時間0|8時間59)分です。/);
    const history = await dayWhere(12, (one) => one.exitAt !== null);
    expect(history.entryAt).to.match(/T08:00/);
    expect(history.exitAt).to.match(/T17:00/);
    expect(history.flags).to.deep.equal([]);
  });

  it('0 takes the record of the call back and reads out what is on file', async () => {
    await at('2026-11-24 07:50');
    const played = await call(2, ['0', '1']);
    expect(heardIn(played)).to.include('今日は、まだ記録がありません');
    await desk.until('no day', async () => {
      const seen = await isProjected(instance.service.stores, person(2).id);
      return seen && (await days(2)).length === 0;
    });
  });

  it('* takes the record back for somebody else, who has to have a PIN on a telephone that is not his (R-102)', async () => {
    await at('2026-11-24 07:50');
    const played = await call(3, ['*', `${person(4).workerCode}#`]);
    expect(heardIn(played)).to.include('取り消しました');
    await desk.until('the exception', async () =>
      (await desk.all<{ kind: string; workerId: string }>(`/exceptions?callId=${played.callId}`)).some(
        ({ kind, workerId }) => kind === 'companion' && workerId === person(4).id,
      ),
    );
    expect(await days(3)).to.deep.equal([]);
    expect(await days(4)).to.deep.equal([]);
  });

  it('a line that answers when needed rejects clear calls as busy from the fourth on, and records them all the same (failure mode 35)', async () => {
    const shown: string[] = [];
    for (const day of ['10', '11', '12']) {
      for (const hour of ['08', '17']) {
        await at(`2026-11-${day} ${hour}:00`);
        const played = await call(5, [], SILENT_LINE);
        shown.push(played.ended);
        await desk.until('the call', async () => {
          const record = await desk.ask<{ answered: boolean }>('GET', `/calls/${played.callId}`).catch(() => undefined);
          return record?.answered === (played.ended !== 'rejected') && record;
        });
      }
    }
    expect(shown).to.deep.equal(['hangup', 'hangup', 'hangup', 'rejected', 'rejected', 'rejected']);
    await at('2026-11-12 17:01');
    expect(heardIn(await call(5, [], SILENT_LINE))).to.include('退場、17時0分');
    expect(await days(5)).to.have.length(3);
  });

  it('a line without a site records where the worker usually is, once he has been there', async () => {
    for (const day of ['10', '11']) {
      for (const hour of ['08', '17']) {
        await at(`2026-11-${day} ${hour}:00`);
        await call(6);
      }
    }
    await dayWhere(6, (one) => one.workDate === '2026-11-11' && one.exitAt !== null);
    await at('2026-11-12 08:00');
    expect(heardIn(await call(6, [], ANY_SITE))).to.include('シケンマチ、入場、8時0分');
  });

  it('a number that was silent for 90 days says once who it is (failure mode 13)', async () => {
    await at('2026-05-11 08:00');
    await call(7);
    await dayWhere(7, (one) => one.workDate === '2026-05-11');
    await at('2026-11-12 08:00');
    const played = await call(7, [`${person(7).workerCode}#`]);
    expect(heardIn(played)).to.match(/技能者番号.*入場、8時0分/);
    await dayWhere(7, (one) => one.workDate === '2026-11-12');
    await at('2026-11-12 17:00');
    expect(heardIn(await call(7))).to.match(/^シケン.*退場/);
  });

  it('an exit tells the days of the month, where the firm wants it said', async () => {
    await desk.ask('PATCH', `/firms/${builder.firmId}`, { speakProgress: true });
    const place = builder.people.length - 1;
    await at('2027-03-01 07:30');
    await call(place);
    await at('2027-03-01 17:00');
    await call(place);
    await at('2027-03-02 07:30');
    await call(place);
    await dayWhere(place, (one) => one.workDate === '2027-03-02');
    await at('2027-03-02 17:00');
    expect(heardIn(await call(place))).to.match(/在場は、9時間(29|30)分です。今月は、2日目です。/);
  });

  it('an exit tells the days to the next level, where they are set and the days before are known (D-22)', async () => {
    const place = builder.people.length - 1;
    const [jobType] = (await desk.ask<{ jobTypes: string[] }>('GET', `/workers/${person(place).id}`)).jobTypes;
    const levelDays = [{ jobType, level: 2, days: 645 }];
    await desk.ask('PATCH', `/firms/${builder.firmId}`, { speakProgress: true, levelDays });
    const twice = async (day: string) => {
      await at(`${day} 07:30`);
      await call(place);
      await dayWhere(place, (one) => one.workDate === day);
      await at(`${day} 17:00`);
      return heardIn(await call(place));
    };
    expect(await twice('2027-04-01'))
      .to.include('今月は、1日目です。')
      .and.not.include('レベル');
    await desk.ask('PATCH', `/workers/${person(place).id}`, { level: 1, earlierDays: 600 });
    expect(await twice('2027-04-02')).to.match(/今月は、2日。次のレベルまで、あと\d+日。/);
    await desk.ask('PATCH', `/firms/${builder.firmId}`, { speakProgress: false });
  });

  it('a foreman records his people one after the other and hears how many (failure mode 9)', async () => {
    await desk.ask('PATCH', `/phones/${await phoneOf(8)}`, { groupCall: true });
    await at('2026-11-24 07:45');
    const codes = [8, 9, 10].map((place) => `${person(place).workerCode}#`);
    const played = await call(8, [...codes, '#']);
    expect(heardIn(played)).to.include('3人を記録しました');
    for (const place of [8, 9, 10]) {
      const history = await dayWhere(place, (one) => one.entryAt !== null);
      expect(history.flags).to.deep.equal(['group']);
    }
    await at('2026-11-24 07:50');
    const { siteCode } = await desk.ask<{ siteCode: string }>('GET', `/sites/${builder.siteId}`);
    const elsewhere = [3, 4].map((place) => `${person(place).workerCode}#`);
    await desk.ask('PATCH', `/workers/${person(3).id}`, { language: 'en' });
    const asked = await call(8, [elsewhere[0] ?? '', `${siteCode}#`, elsewhere[1] ?? '', '#'], ANY_SITE);
    expect(heardIn(asked)).to.include('現場番号').and.include('2人を記録しました').and.not.include('recorded');
  });
});
