import { expect } from 'chai';
import type { Day } from '../../src/domain/ids.ts';
import { digestBySite } from '../../src/domain/registry-digest.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { type RunningSandbox, aHistory, aLine, aTree, ids, startSandbox } from './sandbox-server.ts';

const day = '2026-11-24' as Day;

describe('the sandbox registry', () => {
  let database: FreshDatabase;
  let one: RunningSandbox;

  before(async () => {
    database = await freshDatabase();
    one = await startSandbox(database.uri);
  });
  after(async () => {
    await one.stop();
    await database.drop();
  });

  const heldOf = async (workerId: string) => {
    const { body } = await one.control('GET', '/histories?month=2026-11');
    return body.items.filter((item) => item['workerId'] === workerId);
  };

  it('takes a history before its tree without job type and position, and wholly when it comes again after them', async () => {
    const early = await one.registry.sendHistory(aHistory(), 'h1');
    expect(early).to.include({ state: 'accepted-incomplete', code: 'EMPLOYER_ROW_MISSING' });
    expect((await heldOf(ids.worker))[0]).to.include({ jobType: null, position: null, deliveries: 1 });

    expect(await one.registry.sendTree(aTree(), 't1')).to.deep.equal({ state: 'accepted' });
    expect(await one.registry.sendRosterLine(aLine(), 'r1')).to.deep.equal({ state: 'accepted' });
    expect(await one.registry.sendHistory(aHistory(), 'h1')).to.deep.equal({ state: 'accepted' });
    const held = await heldOf(ids.worker);
    expect(held).to.have.length(1);
    expect(held[0]).to.include({ jobType: '34-01', position: 'FOREMAN', deliveries: 2, version: 1 });
  });

  it('replaces a history by its newer version and keeps it against an older one', async () => {
    const exitAt = '2026-11-24T17:12:00+09:00';
    expect(await one.registry.sendHistory(aHistory({ version: 2, exitAt }), 'h2')).to.deep.equal({ state: 'accepted' });
    expect(await one.registry.sendHistory(aHistory(), 'h1')).to.deep.equal({ state: 'superseded' });
    expect((await heldOf(ids.worker))[0]).to.include({ exitAt, version: 2, deliveries: 3 });
  });

  it('tells what it holds of a day, and its digest is the one we compute', async () => {
    const held = await one.registry.historiesOf(ids.site, day);
    expect(held).to.have.length(1);
    expect(await one.registry.digestsOf(day)).to.deep.equal(digestBySite(held ?? []));
    expect(await one.registry.digestsOf('2026-11-23' as Day)).to.deep.equal([]);
  });

  it('shows tree and roster of a site as it holds them', async () => {
    const { body } = await one.control('GET', `/trees/${ids.site}`);
    expect(body.nodes).to.deep.include({
      firmId: ids.carpenters,
      name: '例示工務店有限会社',
      tier: 1,
      upperFirmId: ids.prime,
      status: 'REGISTERED',
    });
    expect(body.roster[0]).to.include({ workerId: ids.worker, firmId: ids.carpenters, jobType: '34-01' });
  });

  it('refuses readably: a code, a sentence in two languages, and who must act', async () => {
    const answer = await one.registry.sendRosterLine(aLine({ firmId: ids.prime }), 'r2');
    expect(answer).to.deep.equal({
      state: 'rejected',
      code: 'NOT_AFFILIATED',
      who: 'employer',
      sentence: '技能者がこの事業者に所属していません。 Only the employer can add the worker (R-070, R-071).',
    });
  });

  it('refuses an item whose path and body differ, or that is not in the agreed form', async () => {
    const wrong = await one.registry.sendTree(aTree({ rows: [] }), 't9');
    expect(wrong).to.include({ state: 'rejected', code: 'MALFORMED', who: 'operator' });
  });

  it('asks for its token', async () => {
    const response = await fetch(`${one.url}/v1/digests?day=2026-11-24`);
    expect(response.status).to.equal(401);
  });

  it('knows more people after it was told, as often as one likes', async () => {
    const stranger = {
      ccusId: '70000000000121',
      name: '検証 一太',
      employerCcusId: ids.carpenters,
      jobTypes: ['34-01'],
    };
    const line = aLine({ workerId: stranger.ccusId });
    expect(await one.registry.sendRosterLine(line, 'k1')).to.include({ state: 'rejected', code: 'WORKER_UNKNOWN' });
    for (const _again of [1, 2]) await one.control('PUT', '/known', { workers: [stranger] });
    expect(await one.registry.sendRosterLine(line, 'k1')).to.deep.equal({ state: 'accepted' });
  });

  it('holds one history when two instances take the same one twenty times at once', async () => {
    const two = await startSandbox(database.uri);
    const history = aHistory({ workerId: ids.otherWorker, jobType: '34-03' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : two).registry.sendHistory(history, 'twice')),
    );
    await two.stop();
    expect(new Set(answers.map(({ state }) => state))).to.deep.equal(new Set(['accepted-incomplete']));
    const held = await heldOf(ids.otherWorker);
    expect(held).to.have.length(1);
    expect(held[0]).to.include({ deliveries: 20 });
  });

  it('still has everything after a restart, and what was put over the sample stays', async () => {
    const [firm] = [{ ccusId: ids.carpenters, name: '改名工務店' }];
    await one.control('PUT', '/known', { firms: [firm] });
    const again = await startSandbox(database.uri);
    expect(await again.registry.historiesOf(ids.site, day)).to.have.length(2);
    const { body } = await again.control('GET', `/trees/${ids.site}`);
    expect(body.version).to.equal(1);
    await again.stop();
    expect(one.failures).to.deep.equal([]);
  });
});
