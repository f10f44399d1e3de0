import { expect } from 'chai';
import { rebuild } from '../../src/services/rebuild-projections.ts';
import { type Asker, type BranchedSite, openBranchedSite } from '../support/branched-site.ts';
import { phone } from '../support/caller.ts';
import { registerWorker } from '../support/office.ts';

interface Person {
  readonly workerId: string;
  readonly name: string;
  readonly firmName: string;
  readonly insurance?: { readonly on: string };
}

interface Changes<T> {
  readonly added: readonly T[];
  readonly left: readonly T[];
  readonly changed: readonly { readonly before: T; readonly after: T }[];
}

interface Version {
  readonly version: number;
  readonly day: string;
  readonly firms: Changes<{ readonly firmId: string }>;
  readonly workers: Changes<Person>;
  readonly submission: { readonly state: string; readonly steps: readonly object[] } | null;
  readonly roster: { readonly firms: readonly { firmId: string }[]; readonly workers: readonly Person[] };
}

describe('the versions of a roster', () => {
  let site: BranchedSite;
  let prime: Asker;
  let base: string;
  before(async () => {
    site = await openBranchedSite();
    base = `/sites/${site.builder.siteId}/roster/versions`;
    prime = await site.keyOf({ firmId: site.builder.primeId });
    await versionWith(3);
  });
  after(() => site.line.close());

  /** The latest first. */
  const versions = async (asker: Asker = prime) => (await asker.get<{ items: Version[] }>(base)).items;
  const whole = (version: number, asker: Asker = prime) => asker.get<Version>(`${base}/${String(version)}`);
  const peopleOf = ({ roster }: Version) => roster.workers.map(({ workerId }) => workerId).sort();
  /** The latest version, once it has so many people. */
  const versionWith = (people: number) =>
    site.desk.until(`a version with ${String(people)} people`, async () => {
      const [latest] = await versions();
      const shown = latest && (await whole(latest.version));
      return shown?.roster.workers.length === people ? shown : undefined;
    });
  const all = () => [site.builder.people[0]?.id ?? '', site.lower.workerId, site.beside.workerId].sort();

  it('are one per change of firm or worker, each with who was added (PR-063)', async () => {
    const known = await versions();
    expect(known.map(({ version }) => version)).to.deep.equal(known.map((_one, place) => known.length - place));
    const added = known.flatMap(({ workers }) => workers.added.map(({ workerId }) => workerId)).sort();
    expect(added).to.deep.equal(all());
    const firms = known.flatMap(({ firms: { added: some } }) => some.map(({ firmId }) => firmId));
    expect(firms).to.have.members([site.builder.primeId, site.builder.firmId, site.lower.firmId, site.beside.firmId]);
    const latest = await whole(known.length);
    expect(peopleOf(latest)).to.deep.equal(all());
    const line = latest.roster.workers.find(({ workerId }) => workerId === site.lower.workerId);
    expect(line).to.include({ firmName: '配下2' });
    expect(line?.insurance).to.include({ on: '2026-11-24' });
    expect((await prime.raw('GET', `${base}/${String(known.length + 1)}`)).status).to.equal(404);
    expect((await prime.raw('GET', `${base}/0`)).status).to.equal(404);
  });

  it('are shown to a branch as far as it reaches (R-152, R-154)', async () => {
    const beside = await site.keyOf({ firmId: site.beside.firmId });
    const seen = await versions(beside);
    const ids = seen.flatMap(({ workers }) => workers.added.map(({ workerId }) => workerId));
    expect(ids).to.deep.equal([site.beside.workerId]);
    expect(JSON.stringify(seen)).not.to.include(site.lower.workerId).and.not.to.include(site.lower.firmId);
    const [latest] = await versions();
    const shown = await whole(latest?.version ?? 0, beside);
    expect(peopleOf(shown)).to.deep.equal([site.beside.workerId]);
    const worker = await site.keyOf({ role: 'worker', workerId: site.lower.workerId });
    expect(peopleOf(await whole(latest?.version ?? 0, worker))).to.deep.equal([site.lower.workerId]);
  });

  it('do not come of calls that change nobody, and stay as they were when more come', async () => {
    const before = await versions();
    const { url } = site.instance;
    await site.line.control('PUT', '/clock', { now: '2026-11-24T17:05:00+09:00' });
    await phone(url).call({ from: site.builder.people[0]?.number ?? '', to: site.builder.line });
    await site.desk.until('the exit', async () => {
      const histories = await site.desk.all<{ workerId: string; exitAt: string | null }>('/histories');
      return histories.some(({ workerId, exitAt }) => workerId === site.builder.people[0]?.id && exitAt !== null);
    });
    expect(await versions()).to.deep.equal(before);
    await site.line.control('PUT', '/clock', { now: '2026-11-25T07:41:00+09:00' });
    const joined = await registerWorker(site.desk, {
      ...{ firmId: site.lower.firmId, upperFirmId: site.builder.firmId, place: 7 },
    });
    await phone(url).call({ from: joined.number, to: site.builder.line });
    const latest = await versionWith(4);
    expect(latest.version).to.equal(before.length + 1);
    expect(latest.day).to.equal('2026-11-25');
    expect(latest.workers.added.map(({ workerId }) => workerId)).to.deep.equal([joined.id]);
    expect((await versions()).slice(1)).to.deep.equal(before);
  });

  it('say who has left, from the day after his last one', async () => {
    const { lower } = site;
    await site.desk.ask('POST', `/workers/${lower.workerId}/leave`, { lastDay: '2026-11-25' });
    const before = (await versions()).length;
    await site.line.control('PUT', '/clock', { now: '2026-11-26T06:00:00+09:00' });
    await site.desk.ask('POST', '/runs', { job: 'rosters', date: '2026-11-25' });
    const latest = await versionWith(3);
    expect(latest.version).to.equal(before + 1);
    expect(latest.workers.left.map(({ workerId }) => workerId)).to.deep.equal([lower.workerId]);
    expect(peopleOf(await whole(before))).to.include(lower.workerId);
  });

  it('are handed in where works are public, accepted or returned, each step with its day and who said so', async () => {
    const [{ version } = { version: 0 }] = await versions();
    const address = `${base}/${String(version)}/submissions`;
    const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code];
    const submit = (state: string, on?: string, asker: Asker = prime) =>
      asker.raw('POST', address, { state, ...(on ? { on } : {}) });
    expect((await whole(version)).submission).to.equal(null);
    expect(await codeOf(await submit('submitted'))).to.deep.equal([409, 'not-public-works']);
    await site.desk.ask('PATCH', `/sites/${site.builder.siteId}`, { orderCategory: 'PUBLIC_NATIONAL' });
    expect((await whole(version)).submission).to.deep.equal({ state: 'not-submitted', steps: [] });
    expect(await codeOf(await submit('accepted'))).to.deep.equal([409, 'submission-order']);
    expect(await codeOf(await submit('submitted', '2026-12-24'))).to.deep.equal([422, 'day-in-future']);
    const upper = await site.keyOf({ firmId: site.builder.firmId });
    expect((await submit('submitted', undefined, upper)).status).to.equal(403);
    for (const state of ['submitted', 'returned', 'submitted', 'accepted'])
      expect((await submit(state)).status, state).to.equal(201);
    const { submission } = await whole(version);
    expect(submission?.state).to.equal('accepted');
    expect(submission?.steps).to.have.length(4);
    expect(submission?.steps[0]).to.include({ state: 'submitted', on: '2026-11-26' }).and.include.keys('by');
    expect((await whole(1)).submission).to.include({ state: 'not-submitted' });
    expect((await whole(version, upper)).submission).to.equal(null);
  });

  it('stay the same when everything derived is derived anew', async () => {
    const before = await versions();
    const { stores, attendance } = site.instance.service;
    await rebuild({ ...stores, ...attendance, progress: () => undefined });
    const run = await site.desk.ask<{ id: string }>('POST', '/runs', { job: 'rosters', date: '2026-11-25' });
    await site.desk.until('the run', async () => {
      const found = await site.desk.all<{ id: string; state: string }>('/runs?job=rosters');
      return found.find(({ id }) => id === run.id)?.state === 'done';
    });
    expect(await versions()).to.deep.equal(before);
  });
});
