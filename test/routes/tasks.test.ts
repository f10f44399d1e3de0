import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { taskKinds } from '../../src/domain/task.ts';
import { taskWords } from '../../src/domain/task-words.ts';
import { type AdminApi, created, openAdminApi } from '../support/admin-api.ts';

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly due?: string;
  readonly todo: string;
  readonly todoEn: string;
  readonly workerId?: string;
}

const CCUS = { joined: true, evidence: 'ccus' };
const INSURED = { health: CCUS, pension: CCUS, employment: CCUS };

describe('what an office has to do', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const firm = async (fields: object = {}) => (await api.firm({ kind: 'sole-proprietor', ...fields })).id;
  const tasks = async (query: string, key?: string) =>
    ((await api.get(`/tasks?limit=200${query}`, key)).body as { items: readonly Shown[] }).items;
  const kinds = async (firmId: string) => (await tasks(`&firmId=${firmId}`)).map(({ kind }) => kind).sort();

  it('is said in Japanese and English, with what to do about it', async () => {
    for (const kind of taskKinds)
      for (const words of Object.values(taskWords[kind])) expect(words, kind).to.be.a('string').and.not.be.empty;
    const firmId = await firm();
    const [task] = await tasks(`&firmId=${firmId}`);
    expect(task).to.include({ kind: 'firm-insurance-missing', name: '見本建設株式会社' });
    expect(task?.todo).to.match(/[ぁ-ん]/);
    expect(task?.todoEn).to.match(/^[\x20-\x7e]+$/);
  });

  it('is a manager for a site without one, until somebody who exists is named (R-014)', async () => {
    const insurance = { health: { status: 'joined' }, pension: { status: 'joined' }, employment: { status: 'joined' } };
    const primeId = await firm({ insurance });
    const whole = { ccusId: buildCcusId('site', 9), kentaikyoMethod: 'stamp' };
    const site = await api.site(primeId, { ...whole, siteManagerIds: ['key_nobody'] });
    expect(await kinds(primeId)).to.deep.equal(['site-without-manager']);
    const manager = created(
      await api.post('/keys', { name: 'm', role: 'site-manager', firmId: primeId, scopes: ['read'] }),
    );
    await api.patch(`/sites/${site.id}`, { siteManagerIds: [manager.id] });
    expect(await kinds(primeId)).to.deep.equal([]);
    await api.patch(`/sites/${site.id}`, { ccusId: null, kentaikyoMethod: null });
    expect(await kinds(primeId)).to.deep.equal(['site-without-id', 'site-without-kentaikyo-method']);
    await api.site(primeId, { historyPeriod: { from: '2025-01-01', to: '2026-11-19' } });
    expect(await kinds(primeId), 'a site that is over').to.have.length(2);
  });

  it('is what has ended, or ends soon, and a planned day that has passed (F-01)', async () => {
    const firmId = await firm({
      ...{
        permitNumber: '1',
        permitFrom: '2021-12-01',
        permitTo: '2026-11-30',
        validUntil: '2026-11-19',
        kind: 'corporation',
      },
      ...{ registrationState: 'planned', registrationPlannedOn: '2026-11-01' },
    });
    const found = await tasks(`&firmId=${firmId}`);
    expect(found.map(({ kind, due }) => `${kind} ${due ?? ''}`.trim())).to.have.members([
      'capital-missing',
      'firm-insurance-missing',
      'permit-expires 2026-11-30',
      'registration-expired 2026-11-19',
      'registration-planned-passed 2026-11-01',
    ]);
    await api.patch(`/firms/${firmId}`, { permitNumber: '1', permitFrom: '2026-12-01', permitTo: '2031-11-30' });
    expect(await kinds(firmId), 'renewed').not.to.include('permit-expires');
  });

  it('is what is missing about people: dates, job type, insurances, a call from the number', async () => {
    const firmId = await firm();
    const worker = await api.worker(firmId);
    const phone = await api.phone(worker.id, '090-1111-0101');
    const ofWorker = async () => (await tasks(`&workerId=${worker.id}`)).map(({ kind }) => kind);
    expect(await ofWorker()).to.have.members([
      'employment-undated',
      'insurance-unconfirmed',
      'job-type-missing',
      'number-unconfirmed',
    ]);
    const done = { hiredOn: '2020-04-01', jobTypes: ['34-01'], insurance: INSURED };
    await api.patch(`/workers/${worker.id}`, { ...done, cardValidUntil: '2026-12-31' });
    expect(await ofWorker()).to.have.members(['card-expires', 'number-unconfirmed']);
    await api.patch(`/phones/${phone.id}`, { validTo: '2026-11-19' });
    expect(await ofWorker()).to.deep.equal(['card-expires']);
    await api.post(`/workers/${worker.id}/leave`, {});
    expect(await ofWorker(), 'nobody’s').to.deep.equal([]);
  });

  it('is listed page by page, each once, and by kind', async () => {
    const firmId = await firm();
    for (let i = 0; i < 3; i += 1) await api.worker(firmId);
    const all = await tasks('');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await api.get(`/tasks?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`);
      const page = answer.body as { items: Shown[]; nextCursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).to.deep.equal(all.map(({ id }) => id));
    expect(new Set(seen).size).to.equal(seen.length);
    const some = await tasks(`&firmId=${firmId}&kind=employment-undated`);
    expect(some).to.have.length(3);
  });

  it('is the firm’s own alone; a site manager’s are those of his sites, a worker has none (R-014)', async () => {
    const ours = await firm();
    await firm();
    const key = async (role: string) =>
      created(await api.post('/keys', { name: role, role, firmId: ours, scopes: ['read'] })).secret;
    const own = (await api.get('/tasks?limit=200', await key('firm-responsible'))).body as {
      items: { firmId: string }[];
    };
    expect(new Set(own.items.map(({ firmId }) => firmId))).to.deep.equal(new Set([ours]));
    const manages = async (siteIds: readonly string[]) => {
      const fields = { name: 'x', role: 'site-manager', firmId: ours, siteIds, scopes: ['read'] };
      const { secret } = created(await api.post('/keys', fields));
      const answer = await api.get('/tasks?limit=200', secret);
      expect(answer.status).to.equal(200);
      return (answer.body as { items: { siteId?: string; kind: string }[] }).items;
    };
    // Views of sites are those of registered firms (R-015).
    await api.patch(`/firms/${ours}`, { ccusId: buildCcusId('firm', 77) });
    const [his, another] = [await api.site(ours), await api.site(ours)];
    const items = await manages([his.id]);
    expect(items.map(({ kind }) => kind)).to.include('site-without-manager');
    expect(new Set(items.map(({ siteId }) => siteId))).to.deep.equal(new Set([his.id]));
    expect(await manages([])).to.deep.equal([]);
    expect((await manages([his.id, another.id])).length).to.equal(2 * items.length);
    const worker = await api.worker(ours);
    const himself = await api.post('/keys', { name: 'x', role: 'worker', workerId: worker.id, scopes: ['read'] });
    expect((await api.get('/tasks', created(himself).secret)).status).to.equal(403);
  });
});
