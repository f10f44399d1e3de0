import { expect } from 'chai';
import { type BranchedSite, openBranchedSite, reasonsOf } from '../support/branched-site.ts';

describe('a site with several firms', () => {
  let site: BranchedSite;
  let desk: BranchedSite['desk'];
  let builder: BranchedSite['builder'];
  let lower: BranchedSite['lower'];
  let beside: BranchedSite['beside'];
  let keyOf: BranchedSite['keyOf'];
  before(async () => {
    site = await openBranchedSite();
    ({ desk, builder, lower, beside, keyOf } = site);
  });
  after(() => site.line.close());

  const first = () => builder.people[0]?.id ?? '';
  const all = () => [first(), lower.workerId, beside.workerId].sort();

  it('is seen whole by the prime, down to the roster and no further (A-1, A-2, PR-004)', async () => {
    const prime = await keyOf({ firmId: builder.primeId });
    expect(await prime.idsOf(`/sites/${builder.siteId}/roster`)).to.deep.equal(all());
    expect(await prime.idsOf('/histories')).to.deep.equal(all());
    expect(await prime.firmsOf()).to.have.length(4);
    expect(await prime.idsOf('/workers')).to.deep.equal([]);
    expect((await prime.raw('GET', `/workers/${first()}`)).status).to.equal(403);
    expect((await prime.raw('GET', `/firms/${lower.firmId}`)).status).to.equal(200);
    expect(await prime.get(`/sites/${builder.siteId}`)).to.have.property('siteCode');
  });

  it('is seen by an upper firm as its own branch (A-1, PR-009, R-152)', async () => {
    const upper = await keyOf({ firmId: builder.firmId });
    const branch = [first(), lower.workerId].sort();
    expect(await upper.idsOf(`/sites/${builder.siteId}/roster`)).to.deep.equal(branch);
    expect(await upper.idsOf('/histories')).to.deep.equal(branch);
    expect(await upper.firmsOf()).to.deep.equal([builder.firmId, lower.firmId].sort());
    expect(await upper.idsOf('/workers')).to.deep.equal([first()]);
    expect((await upper.raw('GET', `/firms/${beside.firmId}`)).status).to.equal(404);
    expect((await upper.raw('GET', `/workers/${beside.workerId}`)).status).to.equal(404);
  });

  it('shows its public items to who stands in its tree (R-025)', async () => {
    const member = await keyOf({ firmId: beside.firmId });
    expect(await member.get(`/sites/${builder.siteId}`))
      .to.include({ id: builder.siteId })
      .and.not.have.property('siteCode');
    expect(await member.idsOf(`/sites/${builder.siteId}/roster`)).to.deep.equal([beside.workerId]);
    expect((await member.raw('PATCH', `/sites/${builder.siteId}`, { name: '乙' })).status).to.equal(403);
  });

  it('shows a worker himself alone (R-154)', async () => {
    const worker = await keyOf({ role: 'worker', workerId: lower.workerId });
    expect(await worker.idsOf(`/sites/${builder.siteId}/roster`)).to.deep.equal([lower.workerId]);
    expect(await worker.idsOf('/histories')).to.deep.equal([lower.workerId]);
    expect(await worker.idsOf('/workers')).to.deep.equal([lower.workerId]);
    expect(await worker.firmsOf()).to.deep.equal([]);
  });

  it('is the site manager’s only where a key or the site names him', async () => {
    const fields = { role: 'site-manager', firmId: builder.primeId };
    const nowhere = await keyOf(fields);
    const here = await keyOf({ ...fields, siteIds: [builder.siteId] });
    expect((await nowhere.raw('GET', `/sites/${builder.siteId}/roster`)).status).to.equal(404);
    expect(await here.idsOf(`/sites/${builder.siteId}/roster`)).to.deep.equal(all());
    expect((await here.raw('PATCH', `/sites/${builder.siteId}`, { name: '乙' })).status).to.equal(403);
  });

  it('has its days put right by the employer, and approved by the prime alone (R-121, R-122)', async () => {
    const [employer, prime] = [await keyOf({ firmId: lower.firmId }), await keyOf({ firmId: builder.primeId })];
    const { workerId } = lower;
    const wanted = {
      siteId: builder.siteId,
      workerId,
      workDate: '2026-11-24',
      position: 'OTHER',
      reasonCode: 'wrong-key',
    };
    expect(await reasonsOf(await prime.raw('POST', '/corrections', wanted))).to.deep.equal([
      403,
      'employer-and-worker-only',
    ]);
    const asked = await employer.raw('POST', '/corrections', wanted);
    expect(asked.status).to.equal(201);
    const { id } = (await asked.json()) as { id: string };
    const path = `/corrections/${encodeURIComponent(id)}/approve`;
    expect((await employer.raw('POST', path, {})).status).to.equal(403);
    expect((await prime.raw('POST', path, {})).status).to.equal(200);
  });

  it('shows others what worker and employer both disclose, item by item (R-134, R-135, PR-002)', async () => {
    const { workerId } = lower;
    const path = `/workers/${workerId}/disclosure`;
    const [employer, prime] = [await keyOf({ firmId: lower.firmId }), await keyOf({ firmId: builder.primeId })];
    const worker = await keyOf({ role: 'worker', workerId });
    const seen = async () => {
      const { disclosed } = await prime.get<{ disclosed: string[] }>(`/workers/${workerId}/profile`);
      return disclosed;
    };
    expect(await seen()).to.deep.equal([]);
    expect((await employer.raw('PATCH', path, { employer: { jobTypes: true, level: true } })).status).to.equal(200);
    expect(await seen()).to.deep.equal([]);
    expect((await employer.raw('PATCH', path, { worker: { jobTypes: true } })).status).to.equal(403);
    expect((await worker.raw('PATCH', path, { employer: { jobTypes: true } })).status).to.equal(403);
    expect((await worker.raw('PATCH', path, { worker: { jobTypes: true } })).status).to.equal(200);
    expect(await seen()).to.deep.equal(['jobTypes']);
    expect(await prime.get(`/workers/${workerId}/profile`))
      .to.deep.include({ jobTypes: ['34-01'] })
      .and.not.have.property('ccusId');
    expect((await prime.raw('PATCH', path, { employer: { level: false } })).status).to.equal(403);
    expect((await prime.raw('GET', path)).status).to.equal(403);
  });

  it('shows every registered firm what both disclose, though it works nowhere with him, and nothing more (A-4, R-135)', async () => {
    const { workerId } = lower;
    const path = `/workers/${workerId}/disclosure`;
    const [employer, worker] = [await keyOf({ firmId: lower.firmId }), await keyOf({ role: 'worker', workerId })];
    const profile = `/workers/${workerId}/profile`;
    const firm = { name: '他社', kana: 'タシャ', kind: 'corporation' };
    const registered = await desk.ask<{ id: string }>('POST', '/firms', { ...firm, ccusId: '07000099900022' });
    const unregistered = await desk.ask<{ id: string }>('POST', '/firms', firm);
    const strangers = [await keyOf({ firmId: beside.firmId }), await keyOf({ firmId: registered.id })];
    await worker.raw('PATCH', path, { worker: { level: false, jobTypes: false } });
    for (const stranger of strangers) expect((await stranger.raw('GET', profile)).status).to.equal(404);
    await employer.raw('PATCH', path, { employer: { jobTypes: true, level: true } });
    for (const stranger of strangers) expect((await stranger.raw('GET', profile)).status).to.equal(404);
    await worker.raw('PATCH', path, { worker: { jobTypes: true } });
    for (const stranger of strangers) {
      expect(await stranger.get<object>(profile)).to.have.all.keys(
        ...['id', 'name', 'kana', 'employerId', 'disclosed', 'jobTypes'],
      );
      expect((await stranger.raw('GET', `/workers/${workerId}`)).status).to.be.oneOf([403, 404]);
    }
    const closed = await (await keyOf({ firmId: unregistered.id })).raw('GET', profile);
    expect(closed.status).to.equal(404);
  });

  it('shows others the qualifications that his work needs, without their numbers, and no other (R-140, PR-008)', async () => {
    const { workerId, firmId } = lower;
    const [employer, prime] = [await keyOf({ firmId }), await keyOf({ firmId: builder.primeId })];
    const worker = await keyOf({ role: 'worker', workerId });
    const needed = { kind: 'licence', name: 'クレーン', obtainedOn: '2015-04-01' };
    const qualifications = [
      { ...needed, number: '第12号', neededForWork: true },
      { kind: 'licence', name: '普通自動車' },
      { kind: 'skill-training', name: '玉掛け', expiresOn: '2020-01-01', neededForWork: true },
    ];
    expect((await employer.raw('PATCH', `/workers/${workerId}`, { qualifications })).status).to.equal(200);
    const read = await employer.get<{ qualifications: unknown }>(`/workers/${workerId}`);
    expect(read.qualifications).to.deep.equal(qualifications);
    const roster = async (asker: typeof prime) =>
      (await asker.get<{ items: { workerId: string; qualifications?: unknown }[] }>(`/sites/${builder.siteId}/roster`))
        .items;
    const line = (await roster(prime)).find((one) => one.workerId === workerId);
    expect(line?.qualifications).to.deep.equal([needed]);
    await employer.raw('PATCH', `/workers/${workerId}/disclosure`, { employer: { qualifications: true } });
    await worker.raw('PATCH', `/workers/${workerId}/disclosure`, { worker: { qualifications: true } });
    const stranger = await keyOf({ firmId: beside.firmId });
    expect(await stranger.get(`/workers/${workerId}/profile`)).to.deep.include({ qualifications: [needed] });
  });

  it('lets a firm above register people only with the employer’s consent (R-130…R-133)', async () => {
    const [employer, upper] = [await keyOf({ firmId: lower.firmId }), await keyOf({ firmId: builder.firmId })];
    const person = { name: '代理 一', kana: 'ダイリ イチ', employerId: lower.firmId };
    const say = (proxyFirmId: string, status: string) =>
      employer.raw('PUT', '/proxy-consents', { employerId: lower.firmId, proxyFirmId, status });
    expect(await reasonsOf(await upper.raw('POST', '/workers', person))).to.deep.equal([403, 'no-consent']);
    expect((await say(beside.firmId, 'consented')).status).to.equal(422);
    expect((await say(builder.firmId, 'consented')).status).to.equal(200);
    expect((await upper.raw('POST', '/workers', person)).status).to.equal(201);
    expect(await upper.get(`/workers/${lower.workerId}/profile`)).to.have.property('ccusId');
    expect(
      (
        await upper.raw('PUT', '/proxy-consents', {
          employerId: lower.firmId,
          proxyFirmId: builder.firmId,
          status: 'consented',
        })
      ).status,
    ).to.equal(403);
    expect((await say(builder.firmId, 'refused')).status).to.equal(200);
    expect((await upper.raw('POST', '/workers', { ...person, name: '代理 二' })).status).to.equal(403);
    const { items } = await upper.get<{ items: { status: string }[] }>('/proxy-consents');
    expect(items.map(({ status }) => status)).to.deep.equal(['refused']);
  });

  it('gives a worker everything on file about himself, and nobody else', async () => {
    const { workerId } = lower;
    const worker = await keyOf({ role: 'worker', workerId });
    const data = await worker.get<Record<string, object[]>>(`/workers/${workerId}/data`);
    expect(data['histories']).to.have.length(1);
    expect(data['phones']).to.have.length(1);
    expect(data['calls']).to.have.length(1);
    expect(data['looks']).to.not.have.length(0);
    const employer = await keyOf({ firmId: lower.firmId });
    expect((await employer.raw('GET', `/workers/${workerId}/data`)).status).to.equal(403);
    expect((await worker.raw('GET', `/workers/${beside.workerId}/data`)).status).to.equal(404);
  });

  it('keeps the days under a former employer from the present one (A-3, R-136)', async () => {
    await desk.ask('PATCH', `/workers/${beside.workerId}`, { employerId: lower.firmId });
    const present = await keyOf({ firmId: lower.firmId });
    const former = await keyOf({ firmId: beside.firmId });
    expect(await present.idsOf('/workers')).to.include(beside.workerId);
    expect(await present.idsOf('/histories')).to.not.include(beside.workerId);
    expect(await former.idsOf('/histories')).to.deep.equal([beside.workerId]);
    const { employments } = await present.get<{ employments: object[] }>(`/workers/${beside.workerId}`);
    expect(employments).to.have.length(1);
    expect(await reasonsOf(await former.raw('GET', `/workers/${beside.workerId}`))).to.deep.equal([
      403,
      'former-employer',
    ]);
  });
});
