import { expect } from 'chai';
import { createHttpRegistry } from '../../src/registry/http-registry.ts';
import { rebuild } from '../../src/services/rebuild-projections.ts';
import { incomingCall, phone, signedPost } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';
import { isProjected } from '../support/projected.ts';

interface Held {
  readonly workerId: string;
  readonly siteId: string;
  readonly workDate: string;
  readonly exitAt: string | null;
}

describe('the hand-over to the core registry', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  const person = (place: number) => builder.people[place] ?? expect.fail('nobody there');
  const at = (text: string) => line.control('PUT', '/clock', { now: `${text.replace(' ', 'T')}:00+09:00` });
  const call = (place: number) => phone(instance.url).call({ from: person(place).number, to: builder.line });
  const held = async () => ((await line.control('GET', '/histories?month=2026-11')) as { items: Held[] }).items;
  const accepted = (place: number) =>
    desk.until(
      'acceptance',
      async () => {
        const [one] = await desk.all<{ forwarding: { state: string } }>(`/histories?workerId=${person(place).id}`);
        return one?.forwarding.state === 'accepted';
      },
      50_000,
    );
  const reconcile = async (date: string) => {
    const { id } = await desk.ask<{ id: string }>('POST', '/runs', { job: 'reconcile', date });
    return desk.until('the run', async () => {
      const run = await desk.ask<{ state: string; attempt: number; result: Record<string, number> }>(
        'GET',
        `/runs/${id}`,
      );
      return run.state === 'running' ? undefined : run;
    });
  };

  before(async () => {
    line = await openLine();
    // Quicker than the fault below, and slower than a busy machine.
    const quick = { connectMs: 2_000, totalMs: 3_000 };
    instance = await line.instance({
      registry: createHttpRegistry({ url: line.sandboxUrl, token: 'registry-token-for-tests', timeouts: quick }),
    });
    desk = office(instance.url);
    await at('2026-11-24 07:41');
    builder = await registerBuilder(line, desk, 12);
  });
  after(() => line.close());
  afterEach(() => line.control('PUT', '/faults', { mode: 'none', rate: 1 }));

  for (const [place, mode] of ['down', 'error', 'timeout-after-accept', 'reset', 'wrong-body', 'busy'].entries()) {
    it(`survives a registry that is ${mode}: accepted once, by itself, when it answers again (I6) (failure mode 17)`, async () => {
      await line.control('PUT', '/faults', { mode, rate: 1, ms: 4_000 });
      await call(place);
      await desk.until('an attempt', async () => {
        const items = await desk.all<{ key: string; attempts: number; state: string }>('/forwardings?state=pending');
        return items.find(
          ({ key, attempts }) =>
            (key.includes(person(place).id) || key === builder.siteId) && (attempts > 0 || mode === 'busy'),
        );
      });
      await line.control('PUT', '/faults', { mode: 'none', rate: 1 });
      await accepted(place);
      expect((await held()).filter(({ workerId }) => workerId === person(place).ccusId)).to.have.length(1);
    });
  }

  it('lists what was refused as a task, and goes on by itself once the missing id is entered', async () => {
    const { ccusId, id } = person(6);
    await desk.ask('PATCH', `/workers/${id}`, { ccusId: null });
    await call(6);
    const refused = await desk.until('the refusal', async () =>
      (
        await desk.all<{ kind: string; key: string; answer: { code: string; who: string } }>(
          '/forwardings?state=rejected',
        )
      ).find(({ key, kind }) => kind === 'history' && key.startsWith(id)),
    );
    expect(refused.answer).to.include({ code: 'WORKER_UNREGISTERED', who: 'employer' });
    await desk.ask('PATCH', `/workers/${id}`, { ccusId });
    await accepted(6);
  });

  it('is compared day by day: missing there goes out again, what differs is reported, a second run does nothing', async () => {
    await Promise.all([call(7), call(8)]);
    await Promise.all([accepted(7), accepted(8)]);
    const [missing, other] = [person(7).ccusId, person(8).ccusId];
    const where = (ccusId: string) => `/histories/${ccusId}/${builder.siteCcusId}/2026-11-24`;
    await line.control('DELETE', where(missing));
    await line.control('PUT', where(other), { entryAt: '2026-11-24T06:00:00+09:00' });
    await at('2026-11-25 06:00');
    const first = await reconcile('2026-11-24');
    expect(first.result).to.include({ repaired: 1, reported: 1 });
    expect((await held()).some(({ workerId }) => workerId === missing)).to.equal(true);
    const second = await reconcile('2026-11-24');
    expect(second.result).to.include({ repaired: 0, reported: 1 });
    expect(second.attempt).to.equal(first.attempt + 1);
    const [kept] = await desk.all<{ day: string; repaired: number; findings: { finding: string }[] }>(
      '/reconciliations?day=2026-11-24',
    );
    expect(kept?.findings.map(({ finding }) => finding)).to.deep.equal(['differs']);
  });

  it('takes back there what a caller took back, also when the registry forgot that, and shows it again when it stands again', async () => {
    await at('2026-11-25 07:00');
    const { id, number, ccusId } = person(10);
    const form = incomingCall({ from: number, to: builder.line });
    const turn = (place: number, pressed: object = {}) =>
      signedPost(instance.url, `/webhooks/twilio/voice?turn=${String(place)}`, { ...form, ...pressed });
    const there = async () =>
      (await held()).filter(({ workerId, workDate }) => workerId === ccusId && workDate === '2026-11-25').length;
    const lane = `history:${id}:${builder.siteId}:2026-11-25`;
    const handedOver = (version: number, state: string) =>
      desk.until(state, async () =>
        (await desk.all<{ id: string }>(`/forwardings?state=${state}`)).find(
          ({ id: own }) => own === `${lane}:${String(version)}`,
        ),
      );
    await turn(1);
    await handedOver(1, 'accepted');
    expect(await there()).to.equal(1);
    await turn(2, { Digits: '*' });
    await handedOver(2, 'withdrawn');
    expect(await there()).to.equal(0);
    await line.control('PUT', `/histories/${ccusId}/${builder.siteCcusId}/2026-11-25`, { withdrawn: false });
    expect(await there()).to.equal(1);
    expect((await reconcile('2026-11-25')).result).to.include({ repaired: 1, reported: 0 });
    expect(await there()).to.equal(0);
    await at('2026-11-25 07:10');
    await call(10);
    await handedOver(3, 'accepted');
    expect(await there()).to.equal(1);
  });

  it('catches up every missed day once, on its own, also one that was looked at before it was over', async () => {
    await at('2026-11-28 05:30');
    await instance.service.attendance.runJob.runDue('2026-11-25' as never);
    await instance.service.attendance.runJob.runDue('2026-11-25' as never);
    const runs = await desk.all<{ date: string; state: string; attempt: number }>('/runs?job=reconcile');
    const caught = runs.filter(({ date }) => date > '2026-11-24').sort((x, y) => (x.date < y.date ? -1 : 1));
    expect(caught.map(({ date, state, attempt }) => [date, state, attempt])).to.deep.equal([
      ['2026-11-25', 'done', 2],
      ['2026-11-26', 'done', 1],
      ['2026-11-27', 'done', 1],
    ]);
  });

  it('rests on what a rebuild derives again to the same digest (I4, I5)', async () => {
    const { stores, attendance } = instance.service;
    await desk.until('all that follows from the calls', async () => {
      const seen = await Promise.all(builder.people.map(({ id }) => isProjected(stores, id)));
      return seen.every((one) => one);
    });
    const report = await rebuild({ ...stores, project: attendance.project, progress: () => undefined });
    expect(report.after).to.equal(report.before);
    expect(report.entries).to.be.greaterThan(8);
  });

  it('finds by the sweep what a crash left between the answer and the projection (I7)', async () => {
    const { number, id } = person(9);
    const silent = await line.instance();
    await silent.service.attendance.stop();
    await phone(silent.url).call({ from: number, to: builder.line });
    await desk.until('the sweep', async () => {
      await instance.service.attendance.sweep();
      instance.service.attendance.nudgeForwarding();
      return (await desk.all(`/histories?workerId=${id}`))[0];
    });
    await accepted(9);
  });
});
