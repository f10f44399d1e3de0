import { expect } from 'chai';
import type { Response } from 'supertest';
import { type AdminApi, FIRST_KEY, created, expectProblem, openAdminApi } from '../support/admin-api.ts';
import { type SignedIn, signInAs } from '../support/signed-in.ts';

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

const ids = ({ body }: Response) => (body as Listed).items.map(({ id }) => id);
const reasons = ({ body }: Response) =>
  (body as { reasons?: readonly { code: string }[] }).reasons?.map(({ code }) => code) ?? [];

describe('the operator’s look into a firm', () => {
  let api: AdminApi;
  let operator: SignedIn;
  let firm: { id: string };
  let other: { id: string };
  let worker: { id: string };
  let stranger: { id: string };
  before(async () => {
    api = await openAdminApi();
    [firm, other] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    [worker, stranger] = [await api.worker(firm.id), await api.worker(other.id)];
    operator = await signInAs(api, [{ role: 'operator' }]);
  });
  after(() => api.close());

  const look = (fields: object = {}) =>
    operator.send('post', '/looks', { firmId: firm.id, reason: '問い合わせ 17 番', minutes: 30, ...fields });
  const personal = () => ['/workers', `/workers/${worker.id}`, '/phones', `/workers?employerId=${firm.id}`, '/audit'];

  it('is needed by a person for personal data, and how it is opened is said; registers need none', async () => {
    for (const path of personal()) {
      const answer = await operator.get(path);
      expectProblem(answer, 403, 'not-allowed');
      expect(reasons(answer), path).to.deep.equal(['no-open-look']);
      expect((answer.body as { detail: string }).detail).to.contain('POST /looks');
    }
    for (const path of ['/firms', '/sites', '/lines', '/accounts', '/keys', '/looks']) {
      expect((await operator.get(path)).status, path).to.equal(200);
    }
  });

  it('is not needed by a key of the service', async () => {
    for (const path of personal()) expect((await api.get(path, FIRST_KEY)).status, path).to.equal(200);
  });

  it('shows that firm’s people alone, and not for longer than was said', async () => {
    const opened = await look();
    expect(opened.status, opened.text).to.equal(201);
    expect(opened.body).to.include({ by: operator.accountId, firmId: firm.id, open: true, closedAt: null });
    expect(ids(await operator.get('/workers'))).to.deep.equal([worker.id]);
    expect((await operator.get(`/workers/${worker.id}`)).status).to.equal(200);
    const hidden = await operator.get(`/workers/${stranger.id}`);
    expectProblem(hidden, 403, 'not-allowed');
    expect(reasons(hidden)).to.deep.equal(['no-open-look']);
    expectProblem(await operator.get('/workers/wrk_none0000'), 404, 'not-found');
    expectProblem(await operator.get(`/workers?employerId=${other.id}`), 403, 'not-allowed');
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 29 * 60_000);
    expect((await operator.get('/workers')).status).to.equal(200);
    api.time.real = new Date(began.getTime() + 31 * 60_000);
    // Idle for so long would end the sign-in; a fresh one has no look of its own either.
    const later = await signInAs(api, [{ role: 'operator' }]);
    expectProblem(await later.get('/workers'), 403, 'not-allowed');
    api.time.real = began;
  });

  it('is read by the firm with its reason, with every question asked meanwhile, and by no other firm', async () => {
    const responsible = await signInAs(api, [{ role: 'firm-responsible', firmId: firm.id }]);
    const theirs = await signInAs(api, [{ role: 'firm-responsible', firmId: other.id }]);
    const shown = (await responsible.get('/looks')).body as { items: readonly { reason: string; by: string }[] };
    expect(shown.items.map(({ reason, by }) => [reason, by])).to.deep.equal([['問い合わせ 17 番', operator.accountId]]);
    expect(ids(await theirs.get('/looks'))).to.deep.equal([]);
    const audit = (await responsible.get(`/audit?by=${operator.accountId}`)).body as {
      items: readonly { what: string }[];
    };
    const asked = audit.items.map(({ what }) => what);
    expect(asked).to.include.members(['post /looks', 'get /workers', 'get /workers/{id}']);
    expectProblem(
      await responsible.send('post', '/looks', { firmId: other.id, reason: 'x', minutes: 5 }),
      403,
      'not-allowed',
    );
  });

  it('is closed early by whoever opened it, and opened only with a reason, an end and a firm that exists', async () => {
    const { id } = created(await look());
    const others = (await operator.get('/looks')).body as { items: readonly { id: string; open: boolean }[] };
    for (const one of others.items.filter(({ open }) => open)) {
      expect((await operator.send('delete', `/looks/${one.id}`)).body).to.include({ id: one.id, open: false });
    }
    expect(ids(await operator.get('/looks'))).to.include(id);
    expectProblem(await operator.get('/workers'), 403, 'not-allowed');
    expectProblem(await operator.send('delete', '/looks/lok_none'), 404, 'not-found');
    expectProblem(await look({ minutes: 481 }), 400, 'input-invalid');
    expectProblem(await look({ reason: '' }), 400, 'input-invalid');
    expectProblem(await look({ firmId: 'frm_none0000' }), 422, 'unknown-firm');
  });

  it('is needed for the names of people in what offices have to do, and for nothing else there', async () => {
    const { items } = (await operator.get('/tasks?limit=100')).body as { items: readonly { workerId?: string }[] };
    expect(items.map(({ workerId }) => workerId).filter((id) => id !== undefined)).to.deep.equal([]);
    expect(items).not.to.be.empty;
    const opened = (await look()).body as { id: string };
    const seen = (await operator.get('/tasks?limit=100')).body as { items: readonly { workerId?: string }[] };
    const people = new Set(seen.items.flatMap(({ workerId }) => (workerId === undefined ? [] : [workerId])));
    expect([...people]).to.deep.equal([worker.id]);
    await operator.send('delete', `/looks/${opened.id}`);
  });
});
