import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

interface Correction {
  readonly id: string;
  readonly state: string;
  readonly source: string;
  readonly workDate: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly reasonCode: string;
}

describe('a forgotten day, reported by telephone', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const call = (place: number, press: readonly string[] = []) =>
    phone(instance.url).call({ from: person(place).number, to: builder.line, press });
  const filed = (place: number) => desk.all<Correction>(`/corrections?workerId=${person(place).id}`);
  const days = (place: number) =>
    desk.all<{ workDate: string; entryAt: string | null; exitAt: string | null }>(
      `/histories?workerId=${person(place).id}`,
    );

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:41');
    builder = await registerBuilder(line, desk, 5);
  });
  after(() => line.close());

  it('is read back, waits for the office and counts once it is approved', async () => {
    const played = await call(0, ['0', '3', '1#', '0755#', '1710#', '1#']);
    expect(heardIn(played)).to.include('11月23日、7時55分入場、17時10分退場');
    expect(heardIn(played)).to.include('届けを承りました');
    const [request] = await desk.until('the request', async () => {
      const all = await filed(0);
      return all.length > 0 && all;
    });
    expect(request).to.include({
      state: 'requested',
      source: 'phone',
      workDate: '2026-11-23',
      reasonCode: 'forgot-both',
    });
    expect(await days(0)).to.deep.equal([]);
    await desk.ask('POST', `/corrections/${request?.id ?? ''}/approve`);
    expect((await days(0))[0]).to.include({
      ...{ workDate: '2026-11-23', entryAt: '2026-11-23T07:55:00+09:00', exitAt: '2026-11-23T17:10:00+09:00' },
    });
  });

  it('may be any day of the last weeks, a half of it, and a night', async () => {
    await call(1, ['0', '3', '1119#', '#', '2130#', '1#']);
    await call(1, ['0', '3', '1118#', '2000#', '0500#', '1#']);
    const all = await desk.until('the requests', async () => {
      const found = await filed(1);
      return found.length === 2 && found;
    });
    const by = (day: string) => all.find(({ workDate }) => workDate === day);
    expect(by('2026-11-19')).to.include({
      entryAt: null,
      exitAt: '2026-11-19T21:30:00+09:00',
      reasonCode: 'forgot-exit',
    });
    expect(by('2026-11-18')).to.include({ entryAt: '2026-11-18T20:00:00+09:00', exitAt: '2026-11-19T05:00:00+09:00' });
  });

  it('asks again for what is no day or no time, begins anew with 2, and files nothing unless it is confirmed', async () => {
    const played = await call(2, ['0', '3', '1331#', '1#', '2575#', '0800#', '1700#', '2#', '1#', '0810#', '#', '1#']);
    expect(heardIn(played)).to.include('届けを承りました');
    const [only] = await desk.until('the request', async () => {
      const all = await filed(2);
      return all.length > 0 && all;
    });
    expect(only).to.include({ entryAt: '2026-11-23T08:10:00+09:00', exitAt: null, reasonCode: 'forgot-entry' });
    await call(3, ['0', '3', '1#', '0800#', '1700#']);
    await call(4, ['0', '3', '9999#', '9999#', '9999#']);
    await desk.until('the calls', async () => (await desk.all(`/calls?siteId=${builder.siteId}`)).length >= 6);
    expect([...(await filed(3)), ...(await filed(4))]).to.deep.equal([]);
    expect((await desk.all<{ kind: string }>('/exceptions')).map(({ kind }) => kind)).to.not.include('unknown-phone');
  });
});
