import { expect } from 'chai';
import { createCatalogs, type Catalogs } from '../../src/services/read-catalogs.ts';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

interface Preview {
  readonly id: string;
  readonly counts: object;
  readonly added: readonly { readonly code: string }[];
  readonly ended: readonly { readonly code: string }[];
  readonly changed: readonly { readonly before: { readonly ja: string }; readonly after: { readonly ja: string } }[];
  readonly errors: readonly object[];
  readonly revision: number | null;
}

describe('newer versions of the code lists', () => {
  let api: AdminApi;
  let elsewhere: Catalogs;
  before(async () => {
    api = await openAdminApi();
    elsewhere = createCatalogs({ store: api.stores.catalogVersions, clock: { now: () => api.time.now } });
  });
  after(() => api.close());

  const upload = async (name: string, text: string | Buffer, fields: Record<string, string> = {}) =>
    api
      .send('post', `/catalogs/${name}/imports`)
      .field(fields)
      .attach('file', Buffer.from(text as string), 'list');
  const preview = async (...given: Parameters<typeof upload>) => created(await upload(...given)) as unknown as Preview;
  const commit = async (name: string, id: string) => api.post(`/catalogs/${name}/imports/${id}/commit`, {});
  const exported = async (name: string, query = '') => (await api.get(`/catalogs/${name}/export${query}`)).text;
  const codes = async (name: string, query = '') =>
    ((await api.get(`/catalogs/${name}${query}`)).body as { items: { code: string }[] }).items.map(({ code }) => code);
  const without = (text: string, code: string) =>
    text
      .split('\r\n')
      .filter((line) => !line.startsWith(`${code},`))
      .join('\r\n');

  it('show what they would add, change and end, and count only when they are committed', async () => {
    const text = `${without(await exported('positions'), 'NONE').replace('班長', '組長')}CRANE,,玉掛け,Slinger,inferred,見本,,,false\r\n`;
    const { id, counts, added, ended, changed, revision } = await preview('positions', text);
    expect(counts).to.deep.equal({ codes: 6, added: 1, changed: 1, ended: 1, unchanged: 4 });
    expect([added[0]?.code, ended[0]?.code]).to.deep.equal(['CRANE', 'NONE']);
    expect([changed[0]?.before.ja, changed[0]?.after.ja]).to.deep.equal(['班長', '組長']);
    expect(revision).to.equal(null);
    expect(await codes('positions')).not.to.include('CRANE');

    const done = await commit('positions', id);
    expect([done.status, (done.body as Preview).revision]).to.deep.equal([200, 1]);
    expect((await commit('positions', id)).body).to.deep.equal(done.body);
    expect(await codes('positions'))
      .to.include('CRANE')
      .and.not.include('NONE');
    expect((await api.get(`/catalogs/positions/imports/${id}`)).body).to.deep.equal(done.body);
    expect(await codes('positions', '?on=2026-11-19'))
      .to.include('NONE')
      .and.not.include('CRANE');
  });

  it('are what warnings go by, at once here and on every other instance that looks', async () => {
    const firm = await api.firm();
    const worker = await api.worker(firm.id);
    const phone = await api.phone(worker.id, '090-1111-0001', { position: 'CRANE' });
    expect(phone.warnings).to.deep.equal([]);
    const other = await api.phone(worker.id, '090-1111-0002', { position: 'NONE' });
    expect(other.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).to.deep.equal(['/position code-unknown']);
    expect(elsewhere.find('positions', 'CRANE')).to.equal(undefined);
    await elsewhere.refresh();
    expect(elsewhere.find('positions', 'CRANE')?.ja).to.equal('玉掛け');
  });

  it('are undone by importing the version before', async () => {
    const former = await exported('positions', '?revision=0&format=json');
    const { id } = await preview('positions', former);
    expect((await commit('positions', id)).status).to.equal(200);
    expect(await exported('positions', '?format=json')).to.equal(former);
    const { items } = (await api.get('/catalogs/positions/versions')).body as { items: { revision: number }[] };
    expect(items.map(({ revision }) => revision)).to.deep.equal([0, 1, 2]);
  });

  it('change nothing when they are what was exported, in either form', async () => {
    for (const format of ['csv', 'json']) {
      const { id, counts } = await preview('job-types', await exported('job-types', `?format=${format}`));
      expect(counts).to.include({ added: 0, changed: 0, ended: 0 });
      expect((await commit('job-types', id)).body).to.include({ revision: 0 });
    }
    expect((await api.get('/catalogs/job-types')).body).to.include({ revision: 0 });
  });

  it('may begin on a later day', async () => {
    const text = without(await exported('order-categories'), 'PRIVATE');
    const { id } = await preview('order-categories', text, { from: '2027-04-01', version: 'FY2027' });
    await commit('order-categories', id);
    expect(await codes('order-categories')).to.include('PRIVATE');
    expect(await codes('order-categories', '?on=2027-03-31')).to.include('PRIVATE');
    expect(await codes('order-categories', '?on=2027-04-01')).not.to.include('PRIVATE');
    expect((await api.get('/catalogs/order-categories?on=2027-04-01')).body).to.include({
      version: 'FY2027',
      revision: 1,
    });
  });

  it('hold single codes to the days that the list says', async () => {
    const text = `${await exported('permit-kinds')}OLD,,旧許可,Old permit,inferred,見本,2000-01-01,2010-03-31,false\r\n`;
    const { id } = await preview('permit-kinds', text, { from: '2000-01-01' });
    await commit('permit-kinds', id);
    expect(await codes('permit-kinds')).not.to.include('OLD');
    expect(await codes('permit-kinds', '?on=2010-03-31')).to.include('OLD');
    expect(await codes('permit-kinds', '?on=2010-04-01')).not.to.include('OLD');
  });

  it('are refused with rows and columns while they have errors', async () => {
    const { id, errors } = await preview(
      'positions',
      'code,ja,en,status,source\r\nA B,甲,A,confirmed,x\r\n,乙,B,sure,x\r\n',
    );
    expect(errors).to.deep.equal([
      { row: 1, column: 'code', code: 'format' },
      { row: 2, column: 'code', code: 'required' },
      { row: 2, column: 'status', code: 'format' },
    ]);
    expectProblem(await commit('positions', id), 422, 'catalog-invalid');
    expectProblem(await upload('positions', await exported('prefectures', '?format=json')), 422, 'catalog-other-kind');
    expectProblem(await upload('positions', '{"items": 3}'), 422, 'import-unreadable');
    expectProblem(await upload('positions', 'code\r\n'), 422, 'import-empty');
    expectProblem(await api.send('post', '/catalogs/positions/imports').field('version', 'x'), 400, 'file-missing');
  });

  it('let one of two that were held against the same version win', async () => {
    const text = await exported('hazardous-work');
    const drafts = await Promise.all(
      ['甲', '乙', '丙'].map((ja) => preview('hazardous-work', `${text}NEW,,${ja},New,inferred,見本,,,false\r\n`)),
    );
    const answers = await Promise.all(drafts.map(({ id }) => commit('hazardous-work', id)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
    const late = answers.findIndex(({ status }) => status === 409);
    expectProblem(await commit('hazardous-work', drafts[late]?.id ?? ''), 409, 'catalog-moved');
  });

  it('are the operator’s alone; everybody reads', async () => {
    const firm = await api.firm();
    const key = created(
      await api.post('/keys', { name: 'x', role: 'firm-responsible', firmId: firm.id, scopes: ['read', 'write'] }),
    ).secret;
    const answer = await api
      .send('post', '/catalogs/positions/imports', key)
      .attach('file', Buffer.from('code\r\n'), 'list.csv');
    expectProblem(answer, 403, 'not-allowed');
    expectProblem(await api.get('/catalogs/positions/versions', key), 403, 'not-allowed');
    expect((await api.get('/catalogs/positions/export', key)).status).to.equal(200);
    expect((await api.get('/catalogs', key)).status).to.equal(200);
  });
});
