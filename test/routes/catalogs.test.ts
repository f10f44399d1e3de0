import { expect } from 'chai';
import { type AdminApi, expectProblem, openAdminApi } from '../support/admin-api.ts';

describe('the catalogues', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const items = async (name: string) =>
    (
      (await api.get(`/catalogs/${name}`)).body as {
        items: { code: string; ja: string; status: string; source: string }[];
      }
    ).items;

  it('name each code once, in both languages, with status and source', async () => {
    for (const name of ['job-types', 'positions', 'order-categories', 'reason-codes', 'action-codes', 'prefectures']) {
      const list = await items(name);
      expect(list, name).not.to.be.empty;
      expect(new Set(list.map(({ code }) => code)).size, name).to.equal(list.length);
      for (const item of list) {
        expect(item).to.include.keys('code', 'ja', 'en', 'status', 'source');
        expect(item.source).not.to.match(/\/|\.md|\.txt/);
      }
    }
  });

  it('hold job types down to the minor class, marked where they are inferred (R-072)', async () => {
    const list = await items('job-types');
    expect(list.filter(({ code }) => /^\d\d$/.test(code))).to.have.length(52);
    expect(list.find(({ code }) => code === '34-01')).to.include({ ja: '大工', status: 'confirmed' });
    expect(list.find(({ code }) => code === '33')?.status).to.equal('inferred');
    for (const { code } of list) expect(code).to.match(/^\d\d(-\d\d)?$/);
  });

  it('hold foreman and group leader (R-074), 47 prefectures, and codes that ask for a note', async () => {
    expect((await items('positions')).map(({ ja }) => ja)).to.include.members(['職長', '班長']);
    expect(await items('prefectures')).to.have.length(47);
    for (const name of ['reason-codes', 'action-codes']) {
      expect((await items(name)).find(({ code }) => code === 'other')).to.include({ noteRequired: true });
    }
  });

  it('hold the 29 trades of a construction permit, and firms are warned of others', async () => {
    const list = await items('permit-trades');
    expect(list).to.have.length(29);
    expect(list.find(({ code }) => code === '29')).to.include({ ja: '解体工事業', status: 'confirmed' });
    const firm = await api.firm({ permitNumber: '123456', permitType: 'GOVERNOR_GENERAL', permitTrades: ['03', '99'] });
    const { warnings } = (await api.get(`/firms/${firm.id}`)).body as { warnings: { pointer: string; code: string }[] };
    const unknown = warnings.filter(({ code }) => code === 'code-unknown').map(({ pointer }) => pointer);
    expect(unknown).to.deep.equal(['/permits/0/value/trades/1']);
  });

  it('are not found under another name', async () => {
    expectProblem(await api.get('/catalogs/colours'), 404, 'not-found');
    expectProblem(await api.get('/catalogs/__proto__'), 404, 'not-found');
  });
});
