import { expect } from 'chai';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type RunningSandbox, aHistory, startSandbox } from './sandbox-server.ts';

describe('a fault of the registry', () => {
  let database: FreshDatabase;
  let one: RunningSandbox;
  let drawn = 0;

  const heldTimes = async () => {
    const { body } = await one.control('GET', '/histories?month=2026-11');
    return body.items.map(({ deliveries }) => deliveries);
  };
  const send = () => one.registry.sendHistory(aHistory(), 'h1');

  before(async () => {
    database = await freshDatabase();
    one = await startSandbox(database.uri, { fraction: () => drawn, totalMs: 3_000 });
  });
  afterEach(async () => {
    drawn = 0;
    await one.control('PUT', '/faults', { mode: 'none' });
    await one.control('DELETE', `/histories/${aHistory().workerId}/${aHistory().siteId}/2026-11-24`);
  });
  after(async () => {
    await one.stop();
    await database.drop();
  });

  for (const [mode, state] of [
    ['down', 'unreachable'],
    ['slow', 'unreachable'],
    ['error', 'unreachable'],
  ] as const) {
    it(`"${mode}" leaves the item unsent for us`, async () => {
      await one.control('PUT', '/faults', { mode, ms: 30_000 });
      expect(await send()).to.include({ state });
      expect(await heldTimes()).to.deep.equal([]);
    });
  }

  it('"busy" asks for a second of patience', async () => {
    await one.control('PUT', '/faults', { mode: 'busy' });
    expect(await send()).to.deep.equal({ state: 'busy', retryAfterMs: 1000 });
    expect(await heldTimes()).to.deep.equal([]);
  });

  for (const [mode, state] of [
    ['timeout-after-accept', 'unreachable'],
    ['reset', 'unreachable'],
    ['wrong-body', 'ambiguous'],
  ] as const) {
    it(`"${mode}" proves nothing, though it was taken; sending again makes it one`, async () => {
      await one.control('PUT', '/faults', { mode });
      expect(await send()).to.include({ state });
      expect(await heldTimes()).to.deep.equal([1]);
      await one.control('PUT', '/faults', { mode: 'none' });
      expect(await send()).to.include({ state: 'accepted-incomplete' });
      expect(await heldTimes()).to.deep.equal([2]);
    });
  }

  it('hits the share of requests that was asked for, and never the control itself', async () => {
    await one.control('PUT', '/faults', { mode: 'error', rate: 0.5 });
    drawn = 0.49;
    expect(await send()).to.include({ state: 'unreachable' });
    drawn = 0.5;
    expect(await send()).to.include({ state: 'accepted-incomplete' });
  });

  it('is felt at every instance, and reading back fails as sending does', async () => {
    const two = await startSandbox(database.uri);
    await one.control('PUT', '/faults', { mode: 'wrong-body' });
    expect(await two.registry.digestsOf(aHistory().workDate)).to.equal(undefined);
    expect(await two.registry.historiesOf(aHistory().siteId, aHistory().workDate)).to.equal(undefined);
    await two.stop();
  });

  it('does not hold up the end: what a fault keeps waiting is let go', async () => {
    const two = await startSandbox(database.uri, { totalMs: 600_000 });
    await one.control('PUT', '/faults', { mode: 'timeout-after-accept', ms: 600_000 });
    const pending = two.registry.sendHistory(aHistory(), 'h1');
    while ((await heldTimes()).length === 0);
    // The answer to its write may still be on its way to the instance when others see what was written.
    two.sandbox.close();
    expect(await pending).to.include({ state: 'unreachable' });
    await two.stop();
    expect(two.failures).to.deep.equal([]);
  });
});
