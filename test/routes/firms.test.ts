import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { type AdminApi, expectProblem, openAdminApi } from '../support/admin-api.ts';

describe('the firms of the admin API', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  it('answer a created firm whole, with its kana in full-width katakana', async () => {
    const ccusId = buildCcusId('firm', 7);
    const firm = await api.firm({ kana: 'みほん ｹﾝｾﾂ', ccusId, capitalYen: 10_000_000 });
    expect(firm).to.deep.include({ kana: 'ミホン ケンセツ', kind: 'corporation', ccusId, capitalYen: 10_000_000 });
    expect(firm.id).to.match(/^frm_/);
    expect(firm.warnings).to.deep.equal([]);
    expect((await api.get(`/firms/${firm.id}`)).body).to.deep.equal(firm);
    expect(api.changes).to.deep.include({ kind: 'firm', id: firm.id });
  });

  it('warn about an id of another kind and about a wrong check digit, and take it (R-002, R-003)', async () => {
    const firm = await api.firm({ ccusId: '12345678901221' });
    expect(firm.warnings.map(({ code }) => code)).to.deep.equal(['ccus-id-other-kind', 'ccus-id-check-digit']);
  });

  it('refuse what is missing, unknown or broken, naming each place', async () => {
    const answer = await api.post('/firms', {
      name: 'a\u0007b',
      kana: '見本',
      kind: 'x',
      ccusId: '123',
      colour: 'red',
    });
    const { errors } = expectProblem(answer, 400, 'input-invalid');
    expect(errors?.map(({ pointer, code }) => `${pointer} ${code}`)).to.have.members([
      '/name text-unsafe',
      '/kana kana-only',
      '/kind not-one-of',
      '/ccusId ccus-id',
      '/colour unknown-field',
    ]);
    const empty = expectProblem(await api.post('/firms', {}), 400, 'input-invalid');
    expect(empty.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).to.have.members([
      '/name required',
      '/kana required',
      '/kind required',
    ]);
  });

  it('refuse a lone surrogate in a name', async () => {
    const answer = await api
      .send('post', '/firms')
      .type('application/json')
      .send('{"name":"a\\ud800b","kana":"ア","kind":"corporation"}');
    expectProblem(answer, 400, 'input-invalid');
  });

  it('change what is given and clear what is null', async () => {
    const firm = await api.firm({ address: '見本県見本市', capitalYen: 1 });
    const changed = await api.patch(`/firms/${firm.id}`, { name: '新見本建設', capitalYen: null });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.deep.include({ name: '新見本建設', address: '見本県見本市' });
    expect(changed.body).not.to.have.property('capitalYen');
  });

  it('refuse an unknown usual upper firm, and a firm above itself', async () => {
    const firm = await api.firm();
    expectProblem(await api.patch(`/firms/${firm.id}`, { usualUpperId: 'frm_0000' }), 422, 'unknown-firm');
    expectProblem(await api.patch(`/firms/${firm.id}`, { usualUpperId: firm.id }), 422, 'unknown-firm');
    const name = { name: '別の見本', kana: 'ベツ', kind: 'sole-proprietor' };
    expectProblem(await api.post('/firms', { ...name, usualUpperId: 'frm_0000' }), 422, 'unknown-firm');
  });

  it('are not found under an unknown or malformed id', async () => {
    expectProblem(await api.get('/firms/frm_doesnotexist'), 404, 'not-found');
    expectProblem(await api.get('/firms/1'), 404, 'not-found');
    expectProblem(await api.patch('/firms/frm_doesnotexist', { name: 'x' }), 404, 'not-found');
  });

  it('refuse a change over a state that the asker has not seen', async () => {
    const firm = await api.firm();
    const read = await api.get(`/firms/${firm.id}`);
    const etag = String(read.headers['etag']);
    const first = await api.patch(`/firms/${firm.id}`, { name: '一番' }).set('If-Match', etag);
    expect(first.status).to.equal(200);
    expectProblem(await api.patch(`/firms/${firm.id}`, { name: '二番' }).set('If-Match', etag), 412, 'stale');
    const second = await api
      .patch(`/firms/${firm.id}`, { name: '二番' })
      .set('If-Match', String(first.headers['etag']));
    expect(second.status).to.equal(200);
    expect((await api.get(`/firms/${firm.id}`)).headers['etag']).to.equal(second.headers['etag']);
  });

  it('let one of two changes with the same ETag win', async () => {
    const firm = await api.firm();
    const etag = String((await api.get(`/firms/${firm.id}`)).headers['etag']);
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((name) => api.patch(`/firms/${firm.id}`, { name }).set('If-Match', etag)),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412, 412]);
  });

  it('answer 304 to who has the current state', async () => {
    const firm = await api.firm();
    const etag = String((await api.get(`/firms/${firm.id}`)).headers['etag']);
    expect((await api.get(`/firms/${firm.id}`).set('If-None-Match', etag)).status).to.equal(304);
  });
});
