import { expect } from 'chai';
import { heardIn, phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder } from '../support/office.ts';

describe('the first call', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    builder = await registerBuilder(line, desk, 2);
  });
  after(() => line.close());

  it('becomes an entry that is spoken, kept, derived and handed over', async () => {
    const [worker] = builder.people;
    if (!worker) throw new Error('nobody is registered');
    const played = await phone(instance.url).call({ from: worker.number, to: builder.line });
    expect(played.turns).to.have.length(1);
    expect(heardIn(played)).to.include(worker.kana).and.include('シケンマチ、入場、7時41分');
    const history = await desk.until('history', async () =>
      (await desk.all(`/histories?workerId=${worker.id}`)).find((one) => one['evaluable']),
    );
    expect(history).to.include({
      workDate: '2026-11-24',
      siteId: builder.siteId,
      employerId: builder.firmId,
      exitAt: null,
    });
    expect(history).to.include({ evaluable: true, version: 1 });
    const tree = await desk.ask<{ nodes: Record<string, unknown>[] }>('GET', `/sites/${builder.siteId}/tree`);
    expect(tree.nodes.map(({ firmId, tier, status }) => ({ firmId, tier, status }))).to.deep.equal([
      { firmId: builder.primeId, tier: 0, status: 'registered' },
      { firmId: builder.firmId, tier: 1, status: 'registered' },
    ]);
    await desk.until('acceptance', async () => {
      const [one] = await desk.all<{ forwarding: { state: string } }>(`/histories?workerId=${worker.id}`);
      return one?.forwarding.state === 'accepted';
    });
    const held = (await line.control('GET', '/histories?month=2026-11')) as {
      items: { workerId: string; jobType: string }[];
    };
    expect(held.items.map(({ workerId, jobType }) => ({ workerId, jobType }))).to.deep.equal([
      { workerId: worker.ccusId, jobType: '34-01' },
    ]);
  });
});
