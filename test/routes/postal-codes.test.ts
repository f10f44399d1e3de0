import { expect } from 'chai';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

describe('postal codes and days as people write them', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  it('suggest an address with its kana, in any way of writing', async () => {
    for (const code of ['105-0001', '1050001', '〒105-0001', '１０５－０００１']) {
      const { body } = await api.get(`/postal-codes/${encodeURIComponent(code)}`);
      expect(body, code).to.include({
        postalCode: '105-0001',
        prefecture: '東京都',
        prefectureCode: '13',
        city: '港区',
        town: '虎ノ門',
      });
      expect(body).to.include({ prefectureKana: 'トウキョウト', cityKana: 'ミナトク', townKana: 'トラノモン' });
    }
    expect((await api.get('/postal-codes/060-0000')).body).to.include({
      prefecture: '北海道',
      town: '',
      townKana: null,
    });
    expectProblem(await api.get('/postal-codes/999-9999'), 404, 'not-found');
    expectProblem(await api.get('/postal-codes/12'), 404, 'not-found');
  });

  it('are kept with firms and sites, and warned of where they do not fit the address', async () => {
    const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
      warnings.map(({ code }) => code);
    const firm = await api.firm({ postalCode: '１０５０００１', address: '東京都 港区 虎ノ門 1-1' });
    expect(firm).to.include({ postalCode: '105-0001' });
    expect(codes(firm)).to.deep.equal([]);
    expect(codes(await api.firm({ postalCode: '105-0001', address: '大阪府大阪市北区梅田1' }))).to.deep.equal([
      'postal-code-elsewhere',
    ]);
    expect(codes(await api.firm({ postalCode: '999-9999' }))).to.deep.equal(['postal-code-unknown']);
    expectProblem(
      await api.post('/firms', { name: '甲', kana: 'コウ', kind: 'corporation', postalCode: '12' }),
      400,
      'input-invalid',
    );
    const site = await api.site(firm.id, { postalCode: '105-0001', address: '北海道札幌市' });
    expect(codes(site)).to.deep.equal(['postal-code-elsewhere']);
    const cleared = await api.patch(`/sites/${site.id}`, { postalCode: null });
    expect(cleared.body).not.to.have.property('postalCode');
  });

  it('take days by the era in bodies and questions, and refuse days that no era had', async () => {
    const firm = await api.firm();
    const worker = await api.worker(firm.id);
    const body = {
      number: '090-1212-3434',
      workerIds: [worker.id],
      validFrom: '令和8年1月1日',
      validTo: 'Ｒ９．３．３１',
    };
    expect(created(await api.post('/phones', body))).to.include({ validFrom: '2026-01-01', validTo: '2027-03-31' });
    expect((await api.get(`/catalogs/positions?on=${encodeURIComponent('令和8年11月24日')}`)).status).to.equal(200);
    const { errors } = expectProblem(
      await api.post('/phones', { ...body, validFrom: '昭和64年1月8日' }),
      400,
      'input-invalid',
    );
    expect(errors?.map(({ pointer, code }) => `${pointer} ${code}`)).to.deep.equal(['/validFrom day-not-in-era']);
  });
});
