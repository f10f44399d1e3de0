import { expect } from 'chai';
import { rebuild } from '../../src/services/rebuild-projections.ts';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder, registerWorker } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface Day {
  readonly workerId: string;
  readonly workDate: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly version: number;
  readonly forwarding: { readonly state: string } | null;
}
interface Worker {
  readonly id: string;
  readonly mergedInto?: string;
  readonly ccusId?: string;
}

describe('two registers of one person', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const call = (from: string) => phone(instance.url).call({ from, to: builder.line });
  const days = (id: string) => desk.all<Day>(`/histories?workerId=${id}`);
  const merge = (id: string, otherId: string, one = desk) =>
    one.ask<Worker>('POST', `/workers/${id}/merge`, { otherId, reason: '二重登録' });
  const part = (id: string) => desk.ask<Worker>('POST', `/workers/${id}/part`, {});
  const without = ({ version: _version, forwarding: _forwarding, ...day }: Day) => day;
  const refusal = async (asked: Promise<unknown>) =>
    asked.then(
      () => 'taken',
      (error: Error) => /"code":"([a-z-]+)"/.exec(error.message)?.[1],
    );
  /** A second register of the person, without an id of the registry. */
  const double = async () => {
    const made = await registerWorker(desk, { firmId: builder.firmId, upperFirmId: builder.primeId, place: 11 });
    await desk.ask('PATCH', `/workers/${made.id}`, { ccusId: null });
    return made;
  };

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await at('2026-11-24 07:40');
    builder = await registerBuilder(line, desk, 10);
  });
  after(() => line.close());

  it('are one sequence once they are merged: in by the one telephone, out by the other, asked for under either id', async () => {
    const other = await double();
    await call(other.number);
    await desk.until('the entry', async () => (await days(other.id))[0]);
    const preview = await desk.ask('GET', `/workers/${person(0).id}/merge?otherId=${other.id}`);
    expect(preview).to.deep.include({ phones: 1, entries: 1, refused: null, merged: false, overlaps: [] });
    expect(await merge(person(0).id, other.id)).to.include({ id: person(0).id });
    expect((await days(person(0).id)).map(({ workDate, exitAt }) => [workDate, exitAt])).to.deep.equal([
      ['2026-11-24', null],
    ]);
    await at('2026-11-24 17:00');
    expect(heardIn(await call(person(0).number))).to.include('退場');
    await desk.until('the exit', async () => (await days(other.id))[0]?.exitAt);
    // A hand-over goes on meanwhile; it is no part of what is derived.
    const derived = async (id: string) => (await days(id)).map((day) => ({ ...day, forwarding: null }));
    expect(await derived(other.id)).to.deep.equal(await derived(person(0).id));
    await at('2026-11-25 07:30');
    expect(heardIn(await call(other.number)))
      .to.include('入場')
      .and.include(person(0).kana);
    await desk.until(
      'the second day',
      async () => (await isProjected(instance.service.stores, person(0).id)) && (await days(person(0).id))[1],
    );
    expect(await desk.ask<Worker>('GET', `/workers/${other.id}`)).to.include({
      ...{ id: person(0).id, mergedInto: person(0).id },
    });
    expect((await desk.all<Worker>('/workers')).map(({ id }) => id)).to.not.include(other.id);
    expect(await desk.all(`/phones?workerId=${other.id}`)).to.have.length(2);
    const { stores, attendance } = instance.service;
    const known = await derived(person(0).id);
    const { before, after } = await rebuild({ ...stores, ...attendance, progress: () => undefined });
    expect(after).to.equal(before);
    expect(await derived(person(0).id)).to.deep.equal(known);
  });

  it('go apart again, each with its own days and telephones, also what was called meanwhile', async () => {
    const other = await double();
    await at('2026-11-26 07:30');
    await call(person(1).number);
    await call(other.number);
    await desk.until('the entries', async () => {
      const seen = await Promise.all([person(1), other].map(({ id }) => isProjected(instance.service.stores, id)));
      return seen.every((one) => one) && (await days(person(1).id))[0] && (await days(other.id))[0];
    });
    const mine = (await days(person(1).id)).map(without);
    const his = (await days(other.id)).map(without);
    const phones = await desk.all(`/phones?workerId=${other.id}`);
    await merge(person(1).id, other.id);
    await part(other.id);
    expect((await days(person(1).id)).map(without)).to.deep.equal(mine);
    expect((await days(other.id)).map(without)).to.deep.equal(his);
    expect(await desk.all(`/phones?workerId=${other.id}`)).to.deep.equal(phones);
    await merge(person(1).id, other.id);
    await at('2026-11-27 07:30');
    await call(other.number);
    await desk.until('the next day', async () =>
      (await days(person(1).id)).find((one) => one.workDate === '2026-11-27'),
    );
    await part(person(1).id);
    expect((await days(person(1).id)).map(without)).to.deep.equal(mine);
    expect((await days(other.id)).map(({ workDate }) => workDate)).to.deep.equal(['2026-11-26', '2026-11-27']);
    expect(await part(person(1).id)).to.include({ id: person(1).id });
    expect(heardIn(await call(other.number))).to.include(other.kana);
  });

  it('hand the days over under the id that counts: withdrawn under the other one, or taken over with it', async () => {
    await at('2026-11-28 07:30');
    const other = person(2);
    await call(other.number);
    await desk.until('the hand-over', async () => (await days(other.id))[0]?.forwarding?.state === 'accepted');
    const nameless = await double();
    await merge(nameless.id, other.id);
    expect(await desk.ask<Worker>('GET', `/workers/${nameless.id}`)).to.include({ ccusId: other.ccusId });
    await desk.until('the hand-over', async () => (await days(nameless.id))[0]?.forwarding?.state === 'accepted');
    const held = async () =>
      (
        (await line.control('GET', '/histories?month=2026-11')) as { items: { workerId: string; workDate: string }[] }
      ).items.filter(({ workerId, workDate }) => workerId === other.ccusId && workDate === '2026-11-28');
    expect(await held()).to.have.length(1);
    await part(nameless.id);
    await desk.until('the hand-over', async () => (await days(other.id))[0]?.forwarding?.state === 'accepted');
    expect(await held()).to.have.length(1);
    expect(await desk.ask<Worker>('GET', `/workers/${nameless.id}`)).to.not.have.property('ccusId');
  });

  it('have the plans and the decided corrections of both under the kept one, and each its own after they are parted', async () => {
    const other = await double();
    const { id } = person(8);
    const plan = `/sites/${builder.siteId}/plans/2026-12-24`;
    await desk.ask('PUT', plan, { workerIds: [other.id] });
    const asked = { siteId: builder.siteId, workerId: other.id, reasonCode: 'forgot-both', note: '試験' };
    const times = { entryAt: '2026-11-24T07:30:00+09:00', exitAt: '2026-11-24T07:39:00+09:00' };
    await at('2026-11-24 07:45');
    const made = await desk.ask<{ id: string }>('POST', '/corrections', {
      ...{ ...asked, ...times, workDate: '2026-11-24' },
    });
    await desk.ask('POST', `/corrections/${encodeURIComponent(made.id)}/reject`, {});
    const planned = async () => (await desk.ask<{ workerIds: string[] }>('GET', plan)).workerIds;
    const listed = async (of: string) =>
      (await desk.all<{ id: string; workerId: string }>(`/corrections?workerId=${of}`)).map(
        (one) => `${one.id} of ${one.workerId}`,
      );
    expect(await planned()).to.deep.equal([other.id]);
    expect(await listed(id)).to.deep.equal([]);
    await merge(id, other.id);
    expect(await planned()).to.deep.equal([id]);
    expect(await instance.service.stores.plans.sitesOf(id as never, '2026-12-24' as never)).to.deep.equal([
      builder.siteId,
    ]);
    expect(await listed(id)).to.deep.equal([`${made.id} of ${id}`]);
    expect(await listed(other.id)).to.deep.equal([`${made.id} of ${id}`]);
    const one = await desk.ask('GET', `/corrections/${encodeURIComponent(made.id)}`);
    expect(one).to.include({ id: made.id, workerId: id });
    await part(id);
    expect(await planned()).to.deep.equal([other.id]);
    expect(await listed(id)).to.deep.equal([]);
    expect(await listed(other.id)).to.deep.equal([`${made.id} of ${other.id}`]);
  });

  it('are refused where they cannot be one: two ids, itself, a chain, nothing to part', async () => {
    expect(await refusal(merge(person(3).id, person(4).id))).to.equal('ids-differ');
    expect(await refusal(merge(person(3).id, person(3).id))).to.equal('merge-itself');
    expect(await refusal(part(person(3).id))).to.equal('not-merged');
    const [a, b] = [await double(), await double()];
    await merge(person(3).id, a.id);
    expect(await refusal(merge(b.id, a.id))).to.equal('merge-chained');
    expect(await refusal(merge(b.id, person(3).id))).to.equal('merge-chained');
    await merge(person(3).id, b.id);
    expect(await desk.all(`/phones?workerId=${b.id}`)).to.have.length(3);
  });

  it('are merged once, whoever asks at the same moment and in whichever direction', async () => {
    const second = office((await line.instance()).url);
    const [a, b] = [await double(), await double()];
    await Promise.all([merge(a.id, b.id), merge(a.id, b.id, second), merge(a.id, b.id), merge(a.id, b.id, second)]);
    expect(await desk.all(`/phones?workerId=${a.id}`)).to.have.length(2);
    const [c, d] = [await double(), await double()];
    await Promise.allSettled([merge(c.id, d.id), merge(d.id, c.id, second)]);
    const standing = (await instance.service.stores.merges.around([c.id, d.id] as never)).filter(
      ({ parted }) => !parted,
    );
    expect(standing).to.have.length(1);
    const both = await Promise.all([c.id, d.id].map((id) => desk.ask<Worker>('GET', `/workers/${id}`)));
    expect(new Set(both.map(({ id }) => id)).size).to.equal(1);
    await Promise.allSettled([part(c.id), second.ask('POST', `/workers/${d.id}/part`, {})]);
    expect((await desk.all(`/phones?workerId=${c.id}`)).length).to.equal(1);
    expect((await desk.all(`/phones?workerId=${d.id}`)).length).to.equal(1);
  });

  it('hand each day over once under the id that both have, merged and parted again, whichever of the two is kept', async function () {
    this.timeout(180_000);
    const held = async (ccusId: string) => {
      const months = await Promise.all(
        ['2026-11', '2026-12'].map((one) => line.control('GET', `/histories?month=${one}`)),
      );
      const items = months.flatMap((one) => (one as { items: (Day & { workerId: string })[] }).items);
      return items
        .filter(({ workerId }) => workerId === ccusId)
        .map(({ workDate, version }) => `${workDate} ${String(version)}`);
    };
    const own = async (id: string) => (await days(id)).map(({ workDate, version }) => `${workDate} ${String(version)}`);
    const settled = (what: string, ccusId: string, ids: readonly string[]) =>
      desk.until(
        what,
        async () => {
          const expected = (await Promise.all(ids.map(own))).flat().sort();
          return expected.length === 2 && (await held(ccusId)).sort().join() === expected.join();
        },
        60_000,
      );
    const dates = ['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'];
    for (const keepsFirst of [true, false]) {
      const first = person(keepsFirst ? 6 : 7);
      const second = await double();
      await desk.ask('PATCH', `/workers/${second.id}`, { ccusId: first.ccusId });
      for (const one of [first, second]) {
        await at(`${dates.shift() ?? ''} 07:30`);
        await call(one.number);
        await desk.until('the entry', async () => (await days(one.id))[0]);
      }
      await settled('both days at the registry', first.ccusId, [first.id, second.id]);
      const [keeps, goes] = keepsFirst ? [first, second] : [second, first];
      await merge(keeps.id, goes.id);
      await settled('both days of the kept one', first.ccusId, [keeps.id]);
      await part(keeps.id);
      await settled('each day of its own', first.ccusId, [first.id, second.id]);
    }
  });
});
