import { expect } from 'chai';
import { phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface Day {
  readonly workDate: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly jobType: string | null;
  readonly version: number;
  readonly flags: readonly string[];
  readonly forwarding: { readonly state: string };
}
interface Correction {
  readonly id: string;
  readonly state: string;
  readonly decision: { readonly reasonCode: string | null } | null;
}

describe('a correction', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: tokyo(text) });
  const tokyo = (text: string) => `${text.replace(' ', 'T')}:00+09:00`;
  const call = (place: number) => phone(instance.url).call({ from: person(place).number, to: builder.line });
  const day = async (place: number, workDate: string) =>
    (await desk.all<Day>(`/histories?workerId=${person(place).id}`)).find((one) => one.workDate === workDate);
  const projected = (place: number, workDate: string) =>
    desk.until(
      'the day',
      async () => (await isProjected(instance.service.stores, person(place).id)) && day(place, workDate),
    );
  const ask = (place: number, workDate: string, wanted: object) =>
    desk.ask<Correction>('POST', '/corrections', {
      ...{ siteId: builder.siteId, workerId: person(place).id, workDate, reasonCode: 'forgot-exit' },
      ...wanted,
    });
  const decide = (id: string, what: string, body?: object) =>
    desk.ask<Correction>('POST', `/corrections/${id}/${what}`, body);
  const refusal = async (asked: Promise<unknown>) =>
    asked.then(
      () => 'taken',
      (error: Error) => /"code":"([a-z-]+)"/.exec(error.message)?.[1],
    );

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-23 12:00');
    builder = await registerBuilder(line, desk, 9);
  });
  after(() => line.close());

  it('R-123: counts once it is approved; then the exception is fixed, and the registry has the new version', async () => {
    await at('2026-11-23 07:50');
    await call(0);
    await at('2026-11-24 07:50');
    await call(0);
    await projected(0, '2026-11-24');
    expect(await day(0, '2026-11-23')).to.deep.include({ exitAt: null, flags: ['entry-without-exit'] });
    const { id, state } = await ask(0, '2026-11-23', { exitAt: tokyo('2026-11-23 17:05') });
    expect(state).to.equal('requested');
    expect(await day(0, '2026-11-23')).to.include({ exitAt: null, version: 1 });
    const approved = await decide(id, 'approve', { reasonCode: 'forgot-exit', actionCode: 'confirmed-with-foreman' });
    expect(approved).to.deep.include({ state: 'approved' });
    expect(await day(0, '2026-11-23')).to.deep.include({
      ...{ entryAt: tokyo('2026-11-23 07:50'), exitAt: tokyo('2026-11-23 17:05'), version: 2, flags: ['corrected'] },
    });
    expect(await day(0, '2026-11-24')).to.include({ entryAt: tokyo('2026-11-24 07:50'), version: 1 });
    const raised = await desk.all<{ kind: string; state: string; workerId: string }>(
      '/exceptions?kind=entry-without-exit',
    );
    expect(raised.find(({ workerId }) => workerId === person(0).id)?.state).to.equal('fixed');
    await desk.until('the hand-over', async () => (await day(0, '2026-11-23'))?.forwarding.state === 'accepted');
    const held = (await line.control('GET', '/histories?month=2026-11')) as {
      items: { workerId: string; workDate: string; exitAt: string; version: number; afterTheFact: boolean }[];
    };
    expect(held.items.find((one) => one.workerId === person(0).ccusId && one.workDate === '2026-11-23')).to.include({
      ...{ exitAt: tokyo('2026-11-23 17:05'), version: 2, afterTheFact: true },
    });
  });

  it('keeps what was received, with the adjusted time beside it', async () => {
    await at('2026-11-24 09:20');
    const { callId } = await call(1);
    await projected(1, '2026-11-24');
    const { id } = await ask(1, '2026-11-24', { entryAt: tokyo('2026-11-24 07:55'), reasonCode: 'late-call' });
    await decide(id, 'approve');
    const { passages } = await desk.ask<{ passages: object[] }>('GET', `/calls/${callId}`);
    expect(passages).to.have.length(1);
    expect(passages[0]).to.include({ at: tokyo('2026-11-24 09:20'), adjustedAt: tokyo('2026-11-24 07:55') });
    await at('2026-11-24 17:00');
    await call(1);
    expect(await desk.until('the exit', async () => (await day(1, '2026-11-24'))?.exitAt)).to.equal(
      tokyo('2026-11-24 17:00'),
    );
  });

  it('makes a day out of none, and turns an evening heard as an entry into the exit it was', async () => {
    await at('2026-11-24 17:10');
    await call(2);
    expect(await projected(2, '2026-11-24')).to.include({ entryAt: tokyo('2026-11-24 17:10') });
    const times = { entryAt: tokyo('2026-11-24 08:00'), exitAt: tokyo('2026-11-24 17:10'), reasonCode: 'forgot-entry' };
    await decide((await ask(2, '2026-11-24', times)).id, 'approve');
    expect(await day(2, '2026-11-24')).to.include({ entryAt: times.entryAt, exitAt: times.exitAt });
    await decide((await ask(3, '2026-11-24', times)).id, 'approve');
    expect(await day(3, '2026-11-24')).to.include({ entryAt: times.entryAt, exitAt: times.exitAt, jobType: '34-01' });
    await at('2026-11-25 08:00');
    await call(2);
    expect(await projected(2, '2026-11-25')).to.include({ entryAt: tokyo('2026-11-25 08:00'), exitAt: null });
  });

  it('changes the job type alone, as a version of its own', async () => {
    await at('2026-11-25 08:10');
    await call(4);
    await projected(4, '2026-11-25');
    await decide((await ask(4, '2026-11-25', { jobType: '36-01', reasonCode: 'registration-wrong' })).id, 'approve');
    expect(await day(4, '2026-11-25')).to.include({ jobType: '36-01', version: 2, entryAt: tokyo('2026-11-25 08:10') });
  });

  it('R-124: waits alone for its day, and leaves the day as it is when it is rejected', async () => {
    await at('2026-11-25 08:20');
    await call(5);
    await projected(5, '2026-11-25');
    const wanted = { entryAt: tokyo('2026-11-25 07:00') };
    const { id } = await ask(5, '2026-11-25', wanted);
    expect(await refusal(ask(5, '2026-11-25', wanted))).to.equal('correction-waiting');
    expect(await decide(id, 'reject', { note: '本人は8時20分に着いた' })).to.include({ state: 'rejected' });
    expect(await refusal(decide(id, 'approve'))).to.equal('already-decided');
    expect(await day(5, '2026-11-25')).to.include({ entryAt: tokyo('2026-11-25 08:20'), version: 1 });
    const again = await ask(5, '2026-11-25', wanted);
    const both = await Promise.allSettled([decide(again.id, 'approve'), decide(again.id, 'approve')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length.greaterThan(0);
    expect(await day(5, '2026-11-25')).to.include({ entryAt: wanted.entryAt, version: 2 });
  });

  it('R-120: is refused with a sentence for what cannot be: another day, the future, backwards, too long, too late, nothing', async () => {
    await at('2026-11-25 12:00');
    const flaws: readonly [object, string][] = [
      [{ entryAt: tokyo('2026-11-24 08:00') }, 'day-mismatch'],
      [{ entryAt: tokyo('2026-11-25 13:00') }, 'time-in-future'],
      [{ entryAt: tokyo('2026-11-25 08:00'), exitAt: tokyo('2026-11-25 07:00') }, 'period-reversed'],
      [{}, 'nothing-to-correct'],
      [{ entryAt: tokyo('2026-11-25 08:00'), reasonCode: 'other' }, 'note-needed'],
    ];
    for (const [wanted, code] of flaws) expect(await refusal(ask(6, '2026-11-25', wanted))).to.equal(code);
    const long = { entryAt: tokyo('2026-11-23 00:10'), exitAt: tokyo('2026-11-23 23:00') };
    expect(await refusal(ask(6, '2026-11-23', long))).to.equal('stay-too-long');
    const late = { entryAt: tokyo('2026-09-30 08:00') };
    expect(await refusal(ask(6, '2026-09-30', late))).to.equal('deadline-passed');
    expect(await desk.all(`/corrections?workerId=${person(6).id}`)).to.deep.equal([]);
  });

  it('is refused where the worker has another stay at that time', async () => {
    const site = await desk.ask<{ id: string }>('POST', '/sites', {
      ...{ name: '第二試験現場', kana: 'ダイニシケン', primeId: builder.primeId },
      historyPeriod: { from: '2026-01-01', to: '2027-12-31' },
    });
    await at('2026-11-26 08:00');
    await call(7);
    await at('2026-11-26 17:00');
    await call(7);
    await desk.until('the exit', async () => (await day(7, '2026-11-26'))?.exitAt);
    const wanted = { siteId: site.id, entryAt: tokyo('2026-11-26 10:00'), exitAt: tokyo('2026-11-26 11:00') };
    expect(await refusal(ask(7, '2026-11-26', wanted))).to.equal('overlaps-another-stay');
  });
});
