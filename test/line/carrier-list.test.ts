import { expect } from 'chai';
import { newCallId, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

interface Shown {
  readonly source: string;
  readonly answered: boolean;
  readonly flags: readonly string[];
  readonly passages: readonly { readonly direction: string; readonly at: string }[];
}

describe("the carrier's list of calls", () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  /** A call that no webhook told us of. */
  const missed = async (from: string, time: string, more: object = {}) => {
    const sid = newCallId();
    const startTime = `${time.replace(' ', 'T')}:00+09:00`;
    await line.control('POST', '/carrier/calls', {
      ...{ sid, from, to: builder.line, startTime, status: 'completed', duration: 5 },
      ...more,
    });
    return sid;
  };
  const readList = async (date?: string) => {
    const { id } = await desk.ask<{ id: string }>('POST', '/runs', { job: 'carrier-list', ...(date ? { date } : {}) });
    return desk.until('the run', async () => {
      const run = await desk.ask<{ state: string; result: Record<string, number> }>('GET', `/runs/${id}`);
      return run.state === 'running' ? undefined : run;
    });
  };
  const shown = (callId: string) =>
    desk.until('the call', () => desk.ask<Shown>('GET', `/calls/${callId}`).catch(() => undefined));
  const history = async (place: number, day: string) => {
    const all = await desk.all<{ workDate: string; entryAt: string | null; exitAt: string | null; flags: string[] }>(
      `/histories?workerId=${person(place).id}`,
    );
    return all.find(({ workDate }) => workDate === day);
  };

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 12:00');
    builder = await registerBuilder(line, desk, 8);
  });
  after(() => line.close());

  it('gives a missed call its own time, and once: a second run does nothing (failure mode 19)', async () => {
    const sid = await missed(person(0).number, '2026-11-24 07:41');
    expect((await readList()).result).to.deep.equal({ listed: 1, known: 0, rebuilt: 1 });
    const call = await shown(sid);
    expect(call).to.deep.include({ source: 'carrier-list', answered: false, flags: ['carrier-list'] });
    expect(call.passages).to.have.length(1);
    expect(await desk.until('the day', () => history(0, '2026-11-24'))).to.deep.include({
      entryAt: '2026-11-24T07:41:00+09:00',
      flags: ['carrier-list'],
    });
    const raised = await desk.until('the exception', async () => {
      const all = await desk.all<{ kind: string; severity: string }>(`/exceptions?callId=${sid}`);
      return all.length > 0 && all;
    });
    expect(raised.map(({ kind, severity }) => [kind, severity])).to.deep.equal([['carrier-list', 'acknowledge']]);
    expect((await readList()).result).to.deep.equal({ listed: 1, known: 1, rebuilt: 0 });
    expect((await shown(sid)).passages).to.have.length(1);
  });

  it('leaves a call alone of which the webhook told us', async () => {
    const played = await phone(instance.url).call({ from: person(1).number, to: builder.line });
    await line.control('POST', '/carrier/calls', {
      ...{ sid: played.callId, from: person(1).number, to: builder.line, status: 'completed', duration: 9 },
      startTime: '2026-11-24T12:00:00+09:00',
    });
    const { result } = await readList();
    expect(result).to.deep.equal({ listed: 2, known: 2, rebuilt: 0 });
    expect((await shown(played.callId)).source).to.equal('webhook');
  });

  it('takes calls again and again after no receipt for one arrival, before and after one that was heard', async () => {
    const [before, heard, after] = [newCallId(), newCallId(), '2026-11-24 12:20'];
    await missed(person(2).number, '2026-11-24 11:45', { sid: before });
    await phone(instance.url).call({ from: person(2).number, to: builder.line, callId: heard });
    await missed(person(2).number, after);
    await at('2026-11-24 13:00');
    await readList();
    const day = await desk.until('the day', () => history(2, '2026-11-24'));
    expect(day.entryAt).to.match(/^2026-11-24T12:00/);
    expect(day.exitAt).to.equal(null);
    expect((await shown(before)).passages).to.deep.equal([]);
  });

  it('keeps what nobody can be named for as an exception that can be linked', async () => {
    const sid = await missed('+819000000077', '2026-11-24 07:30');
    await readList();
    const raised = await desk.until('the exceptions', async () => {
      const all = await desk.all<{ id: string; kind: string }>(`/exceptions?callId=${sid}`);
      return all.length === 2 && all;
    });
    const unknown = raised.find(({ kind }) => kind === 'unknown-phone') ?? expect.fail('no exception');
    await desk.ask('POST', `/exceptions/${unknown.id}/link`, {
      ...{ reasonCode: 'phone-not-registered', actionCode: 'confirmed-with-worker', workerId: person(3).id },
    });
    expect(await desk.until('the day', () => history(3, '2026-11-24'))).to.include({
      entryAt: '2026-11-24T07:30:00+09:00',
    });
  });

  it("reads a Tokyo day out of the carrier's UTC days: just after midnight is today, just before is yesterday", async () => {
    await missed(person(4).number, '2026-11-25 00:01');
    await missed(person(5).number, '2026-11-25 23:59');
    await missed(person(6).number, '2026-11-26 00:00');
    await at('2026-11-26 09:00');
    expect((await readList('2026-11-25')).result).to.deep.equal({ listed: 2, known: 0, rebuilt: 2 });
    expect(await desk.until('the day', () => history(4, '2026-11-25'))).to.include({
      entryAt: '2026-11-25T00:01:00+09:00',
    });
    expect(await history(6, '2026-11-26')).to.equal(undefined);
  });

  it('waits with a call that still rings, and reads every day again by itself once it is over', async () => {
    const sid = await missed(person(7).number, '2026-11-26 08:59', { status: 'ringing' });
    expect((await readList()).result).to.deep.equal({ listed: 1, known: 0, rebuilt: 1 });
    expect(await desk.all(`/histories?workerId=${person(7).id}`)).to.deep.equal([]);
    await at('2026-11-27 06:00');
    await instance.service.attendance.runJob.runDue('2026-11-26' as never);
    expect((await shown(sid)).passages).to.have.length(1);
    const runs = await desk.all<{ date: string; state: string }>('/runs?job=carrier-list');
    expect(runs.find(({ date }) => date === '2026-11-26')).to.include({ state: 'done' });
  });
});
