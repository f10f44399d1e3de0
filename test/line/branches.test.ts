import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { phone } from '../support/caller.ts';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { type Builder, type Office, office, registerBuilder, registerWorker } from '../support/office.ts';

interface People {
  readonly items: readonly { readonly workerId: string }[];
}

/** The status and the reasons of a refusal. */
async function reasonsOf(answer: Response): Promise<readonly unknown[]> {
  const { reasons = [] } = (await answer.json()) as { reasons?: readonly { code: string }[] };
  return [answer.status, ...reasons.map(({ code }) => code)];
}

describe('a site with several firms', () => {
  let line: Line;
  let instance: Instance;
  let desk: Office;
  let builder: Builder;
  /** Below the first-tier firm of the builder. */
  let lower: { readonly firmId: string; readonly workerId: string };
  /** Beside it, directly below the prime. */
  let beside: { readonly firmId: string; readonly workerId: string };

  before(async () => {
    line = await openLine();
    instance = await line.instance();
    desk = office(instance.url);
    await line.control('PUT', '/clock', { now: '2026-11-24T07:41:00+09:00' });
    builder = await registerBuilder(line, desk, 1);
    lower = await join(builder.firmId, 2);
    beside = await join(builder.primeId, 3);
    await phone(instance.url).call({ from: builder.people[0]?.number ?? '', to: builder.line });
    await desk.until('three on the roster', async () => {
      const { items } = await desk.ask<People>('GET', `/sites/${builder.siteId}/roster`);
      return items.length === 3;
    });
  });
  after(() => line.close());

  async function join(upperFirmId: string, place: number) {
    const ccusId = buildCcusId('firm', 7_000_000 + place);
    const firm = await desk.ask<{ id: string }>('POST', '/firms', {
      ...{ name: `配下${String(place)}`, kana: 'ハイカ', kind: 'corporation', ccusId },
    });
    const worker = await registerWorker(desk, { firmId: firm.id, upperFirmId, place });
    await phone(instance.url).call({ from: worker.number, to: builder.line });
    return { firmId: firm.id, workerId: worker.id };
  }

  const keyOf = async (fields: object) => {
    const key = { name: 'x', role: 'firm-responsible', scopes: ['read', 'write'], ...fields };
    const { secret } = await desk.ask<{ secret: string }>('POST', '/keys', key);
    const raw = (method: string, path: string, body?: unknown) =>
      fetch(`${instance.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const get = async <T>(path: string) => (await (await raw('GET', path)).json()) as T;
    const idsOf = async (path: string) => {
      const { items } = await get<{ items: Record<string, string>[] }>(path);
      return items.map((one) => one['workerId'] ?? one['id']).sort();
    };
    const firmsOf = async () => {
      const { nodes } = await get<{ nodes: { firmId: string }[] }>(`/sites/${builder.siteId}/tree`);
      return nodes.map(({ firmId }) => firmId).sort();
    };
    return { raw, get, idsOf, firmsOf };
  };
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
    const stranger = await keyOf({ firmId: beside.firmId });
    expect((await stranger.raw('GET', `/workers/${workerId}/profile`)).status).to.equal(404);
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

  it('says why a view is refused, and of what nobody may know nothing but what his own rights are', async () => {
    const firm = (firmId: string) => keyOf({ firmId });
    const [prime, upper, stranger] = [
      await firm(builder.primeId),
      await firm(builder.firmId),
      await firm(beside.firmId),
    ];
    const why = async (asker: typeof prime, path: string) => reasonsOf(await asker.raw('GET', path));
    const person = `/workers/${lower.workerId}`;
    // He stands on a roster of theirs: they know of him, and the basic screen is not for them (A-2, R-138, PR-004).
    expect(await why(prime, person)).to.deep.equal([403, 'employer-and-worker-only']);
    expect(await why(upper, person)).to.deep.equal([403, 'employer-and-worker-only']);
    // To another branch it is the same whether he exists or not (R-152, PR-009).
    const hidden = [404, 'not-your-worker', 'not-in-this-tree', 'no-consent', 'not-disclosed'];
    const shown = (found: readonly unknown[]) => found.filter((one) => hidden.includes(one as string | number));
    const [real, none] = [
      await why(stranger, `${person}/profile`),
      await why(stranger, '/workers/wrk_none0000/profile'),
    ];
    expect(real).to.deep.equal(none);
    expect(shown(real)).to.have.members(hidden);
    expect(await why(stranger, '/sites/sit_none0000/tree')).to.deep.equal([404, 'not-your-site', 'not-in-this-tree']);
    expect(await why(upper, `/sites/${builder.siteId}/plans/2026-11-24`)).to.deep.equal([403, 'prime-only']);
    const worker = await keyOf({ role: 'worker', workerId: lower.workerId });
    expect(await why(worker, '/keys')).to.deep.equal([403, 'role-without-right']);
    const problem = (await (await prime.raw('GET', person)).json()) as { detail: string; detailEn: string };
    expect(problem.detail).to.equal('本人と所属事業者だけが見られます。');
    expect(problem.detailEn).to.match(/^For the worker and the employer only/);
  });

  it('closes sites, trees and forms to a firm that is not registered, which keeps its own people and telephones (R-015)', async () => {
    const state = (registrationState: string | null) =>
      desk.ask('PATCH', `/firms/${builder.firmId}`, { registrationState });
    for (const told of ['applying', 'planned', 'none', 'refused']) {
      await state(told);
      const firm = await keyOf({ firmId: builder.firmId });
      for (const view of ['presence', 'tree', 'roster']) {
        const answer = await firm.raw('GET', `/sites/${builder.siteId}/${view}`);
        expect(await reasonsOf(answer), `${told}: ${view}`).to.deep.equal([403, 'firm-not-registered']);
      }
      expect(await reasonsOf(await firm.raw('GET', '/sites'))).to.deep.equal([403, 'firm-not-registered']);
      expect((await firm.raw('GET', `/workers/${lower.workerId}/profile`)).status).to.equal(404);
      expect(await firm.idsOf('/workers')).to.have.members(builder.people.map(({ id }) => id));
      expect((await firm.raw('GET', '/phones')).status).to.equal(200);
      const more = { name: '自社 一', kana: 'ジシャ イチ', employerId: builder.firmId };
      const added = await firm.raw('POST', '/workers', more);
      expect(added.status).to.equal(201);
      const { id } = (await added.json()) as { id: string };
      expect((await firm.raw('PATCH', `/workers/${id}`, { employerId: null })).status).to.equal(200);
    }
    await state('registered');
    const firm = await keyOf({ firmId: builder.firmId });
    expect((await firm.raw('GET', `/sites/${builder.siteId}/tree`)).status).to.equal(200);
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
