import { expect } from 'chai';
import { heardIn, newCallId, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface HistoryView {
  readonly workDate: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly version: number;
  readonly flags: readonly string[];
  readonly forwarding: { readonly state: string };
}

describe('a day by telephone', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const call = (place: number, callId = newCallId()) =>
    phone(instance.url).call({ from: person(place).number, to: builder.line, callId });
  const days = (place: number) => desk.all<HistoryView>(`/histories?workerId=${person(place).id}`);
  const dayWhere = (place: number, fits: (one: HistoryView) => boolean) =>
    desk.until(
      'the history',
      async () => (await isProjected(instance.service.stores, person(place).id)) && (await days(place)).find(fits),
    );

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:30');
    builder = await registerBuilder(line, desk, 5);
  });
  after(() => line.close());

  it('is one history: entry in the morning, exit in the evening, each version handed over', async () => {
    const morning = newCallId();
    await at('2026-11-24 07:41');
    const first = await call(0, morning);
    await dayWhere(0, (one) => one.version === 1 && one.forwarding.state === 'accepted');
    await at('2026-11-24 17:12');
    expect(heardIn(await call(0))).to.include('退場、17時12分');
    const history = await dayWhere(0, (one) => one.version === 2 && one.forwarding.state === 'accepted');
    expect(history).to.include({ entryAt: history.entryAt, workDate: '2026-11-24' });
    expect(history.exitAt).to.match(/^2026-11-24T17:12/);
    const held = (await line.control('GET', '/histories?month=2026-11')) as {
      items: { workerId: string; version: number; exitAt: string }[];
    };
    const mine = held.items.filter((one) => one.workerId === person(0).ccusId);
    expect(mine.map(({ version }) => version)).to.deep.equal([2]);
    expect(heardIn(await call(0, morning))).to.equal(heardIn(first));
    expect(await days(0)).to.have.length(1);
  });

  it('repeats the receipt inside three minutes and changes nothing (failure mode 6)', async () => {
    await at('2026-11-24 08:00');
    const first = await call(1);
    await at('2026-11-24 08:02');
    expect(heardIn(await call(1))).to.equal(heardIn(first));
    const history = await dayWhere(1, () => true);
    expect(history).to.include({ version: 1, exitAt: null });
  });

  it('leaves a forgotten exit to a person and begins anew the next morning (failure mode 7)', async () => {
    await at('2026-11-24 07:50');
    await call(2);
    await at('2026-11-25 07:40');
    expect(heardIn(await call(2))).to.include('入場、7時40分');
    await dayWhere(2, (one) => one.workDate === '2026-11-25' && one.exitAt === null);
    await dayWhere(2, (one) => one.workDate === '2026-11-24' && one.flags.includes('entry-without-exit'));
    const open = await desk.all<{ workerId: string; kind: string }>('/exceptions?kind=entry-without-exit&state=open');
    expect(open.map(({ workerId }) => workerId)).to.deep.equal([person(2).id]);
  });

  it('shows who is there and finds a call by its receipt number', async () => {
    await at('2026-11-26 07:55');
    const played = await call(3);
    const receipt = [...heardIn(played).matchAll(/(\d)、(\d)、(\d)、(\d)です/g)][0]?.slice(1).join('');
    const found = await desk.until('the call', async () =>
      (await desk.all<{ callId: string; turns: unknown[]; from: string }>(`/calls?receipt=${receipt ?? ''}`)).find(
        (one) => one.callId === played.callId,
      ),
    );
    expect(found.turns).to.have.length(1);
    expect(found.from).to.not.include(person(3).number.slice(3, -2));
    const present = await desk.until('somebody there', async () => {
      const { people } = await desk.ask<{ people: { workerId: string }[] }>('GET', `/sites/${builder.siteId}/presence`);
      return people.length > 0 && people;
    });
    expect(present.map(({ workerId }) => workerId)).to.deep.equal([person(3).id]);
  });

  it('gives the month as a file', async () => {
    const answer = await fetch(`${instance.url}/api/v1/histories?month=2026-11`, {
      headers: { authorization: 'Bearer a-key-for-tests-0123456789', accept: 'text/csv' },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().split('\r\n').length).to.be.greaterThan(4);
  });

  it('logs no number and no name of anybody', () => {
    const text = line.logged.join('\n');
    for (const { number, kana } of builder.people) {
      expect(text).to.not.include(number.slice(3));
      expect(text).to.not.include(kana);
    }
  });
});
