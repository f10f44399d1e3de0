import { expect } from 'chai';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

interface Many {
  readonly committed: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly {
    readonly row: number;
    readonly state: string;
    readonly siteId?: string;
    readonly errors: readonly { readonly column: string; readonly code: string; readonly message: string }[];
  }[];
  readonly createdIds: readonly string[];
}

const house = (name: string, more: object = {}) => ({
  ...{ name, kana: 'ケンチク', address: `見本県見本市${name}`, from: '2026-12-01', to: '2027-05-31', ...more },
});

describe('several houses of one builder', () => {
  let api: AdminApi;
  let prime: string;
  beforeEach(async () => {
    prime = (await api.firm()).id;
  });
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const send = async (body: object) => {
    const answer = await api.post('/sites/bulk', { primeId: prime, ...body });
    expect(answer.status, answer.text).to.equal(200);
    return answer.body as Many;
  };
  const onFile = async () =>
    ((await api.get('/sites?limit=200')).body as { items: { id: string; primeId: string }[] }).items.filter(
      ({ primeId }) => primeId === prime,
    );

  it('are shown first, each row with what is wrong, and nothing is made', async () => {
    const rows = [house('甲'), house('乙', { kana: '乙', to: '2026-11-01' }), { name: '丙' }, house('甲')];
    const many = await send({ rows });
    expect(many.counts).to.deep.equal({ rows: 4, valid: 2, invalid: 2, existing: 1, created: 0 });
    expect(many.rows.map(({ state }) => state)).to.deep.equal(['new', 'invalid', 'invalid', 'exists']);
    expect(many.rows[1]?.errors.map(({ column, code }) => `${column} ${code}`)).to.include('kana kana-only');
    expect(many.rows[2]?.errors.map(({ column, code }) => `${column} ${code}`)).to.include.members([
      'address required',
      'from required',
    ]);
    expect(many.rows[2]?.errors[0]?.message).to.match(/[ぁ-ん]/);
    expect(await onFile()).to.deep.equal([]);
  });

  it('are made all or none, each with address, period and manager, and once however often', async () => {
    const rows = [house('一', { siteManagerId: 'acc_1' }), house('二')];
    expectProblem(
      await api.post('/sites/bulk', { primeId: prime, rows: [...rows, {}], commit: true }),
      422,
      'rows-invalid',
    );
    expect(await onFile()).to.deep.equal([]);
    const common = {
      contract: { name: '分譲' },
      kentaikyoMethod: 'stamp',
      publicItems: ['address'],
      treeKeeper: 'ccus',
    };
    const many = await send({ rows, common, commit: true });
    expect(many.counts).to.include({ created: 2, existing: 0 });
    const first = (await api.get(`/sites/${many.rows[0]?.siteId ?? ''}`)).body;
    expect(first).to.deep.include({
      ...{ name: '一', address: '見本県見本市一', historyPeriod: { from: '2026-12-01', to: '2027-05-31' } },
      ...{ ...common, siteManagerIds: ['acc_1'] },
    });
    const again = await send({ rows, common, commit: true });
    expect(again.counts).to.include({ created: 0, existing: 2 });
    expect(again.rows.map(({ siteId }) => siteId)).to.deep.equal(many.rows.map(({ siteId }) => siteId));
    expect(await onFile()).to.have.length(2);
    const codes = (await Promise.all(many.createdIds.map((id) => api.get(`/sites/${id}`)))).map(
      ({ body }) => (body as { siteCode: string }).siteCode,
    );
    expect(new Set(codes).size).to.equal(2);
  });

  it('are made once by two who send them at the same time', async () => {
    const body = { primeId: prime, rows: [house('同')], commit: true };
    const answers = await Promise.all([api.post('/sites/bulk', body), api.post('/sites/bulk', body)]);
    const made = answers.reduce((sum, { body: many }) => sum + (many as Many).createdIds.length, 0);
    expect(made).to.equal(1);
    expect(await onFile()).to.have.length(1);
  });

  it('come as a table too, with days as spreadsheets write them', async () => {
    const csv =
      '\ufeff現場名,現場カナ,住所,開始日,終了日,現場管理者\r\n春の家,はるのいえ,見本市一,2026/4/1,2026年9月30日,\r\n夏の家,ナツノイエ,見本市二,2026-05-01,2026-10-31,acc_2\r\n';
    const many = await send({ csv, commit: true });
    expect(many.counts).to.include({ rows: 2, created: 2 });
    const spring = (await api.get(`/sites/${many.createdIds[0] ?? ''}`)).body;
    expect(spring).to.deep.include({
      kana: 'ハルノイエ',
      historyPeriod: { from: '2026-04-01', to: '2026-09-30' },
      siteManagerIds: [],
    });
    expect(
      (await send({ csv: '現場名,色\n家,赤' })).rows[0]?.errors.map(({ column, code }) => `${column} ${code}`),
    ).to.include('色 unknown-field');
    expectProblem(await api.post('/sites/bulk', { primeId: prime, csv: '現場名' }), 422, 'import-empty');
  });

  it('say their period as a site does too, and their postal code', async () => {
    const { from, to, ...plain } = { ...house('期'), from: '2026-04-01', to: '2026-09-30' };
    const rows = [{ ...plain, historyPeriod: { from, to }, postalCode: '1050001' }];
    const many = await send({ rows, commit: true });
    const site = (await api.get(`/sites/${many.createdIds[0] ?? ''}`)).body;
    expect(site).to.deep.include({ historyPeriod: { from, to }, postalCode: '105-0001' });
    const csv =
      '現場名,現場カナ,郵便番号,住所,就業履歴蓄積期間開始,就業履歴蓄積期間終了\n冬の家,フユノイエ,105-0001,見本市四,令和8年4月1日,R8.9.30\n';
    expect((await send({ csv })).counts).to.include({ rows: 1, valid: 1 });
  });

  it('need rows or a table, a known builder, and a way of paying for a contract', async () => {
    expectProblem(await api.post('/sites/bulk', { primeId: prime }), 400, 'input-invalid');
    expectProblem(
      await api.post('/sites/bulk', { primeId: 'frm_0000', rows: [house('無')], commit: true }),
      422,
      'unknown-firm',
    );
    const common = { contract: {} };
    expectProblem(
      await api.post('/sites/bulk', { primeId: prime, rows: [house('契')], common }),
      422,
      'kentaikyo-method-needed',
    );
  });

  it('are written down one by one', async () => {
    const many = await send({ rows: [house('帳'), house('簿')], commit: true });
    const { items } = (await api.get('/audit?limit=200')).body as { items: { what: string; thing: string }[] };
    const written = items.filter(({ what }) => what === 'post /sites/bulk').map(({ thing }) => thing);
    expect(written).to.include.members([...many.createdIds]);
  });

  it('are copied: contract and rules go with them, place, id and code do not', async () => {
    const rules = {
      ...{
        contract: { name: '分譲', amountYen: 1 },
        kentaikyoMethod: 'electronic',
        publicItems: ['contract'],
        treeKeeper: 'ccus',
      },
      ...{
        orderCategory: 'PRIVATE',
        devices: [{ method: 'CARD_READER' }],
        siteManagerIds: ['acc_1'],
        repeatWindowSec: 60,
      },
    };
    const site = await api.site(prime, {
      ...rules,
      postalCode: '105-0001',
      address: '見本市一',
      officeAddress: '見本市二',
      ccusId: '40324614116771',
    });
    const own = {
      name: '隣の家',
      kana: 'トナリノイエ',
      address: '見本市三',
      historyPeriod: { from: '2027-01-01', to: '2027-06-30' },
    };
    const copy = created(await api.post(`/sites/${site.id}/copy`, own));
    expect(copy).to.deep.include({ ...rules, ...own, primeId: prime });
    expect(copy).not.to.have.any.keys('ccusId', 'officeAddress', 'postalCode');
    const placed = created(await api.post(`/sites/${site.id}/copy`, { ...own, postalCode: '105-0002' }));
    expect(placed).to.include({ postalCode: '105-0002' });
    expect(copy.siteCode).not.to.equal(site.siteCode);
    const { items } = (await api.get('/audit?limit=200')).body as { items: { what: string; thing: string }[] };
    const written = items.filter(({ what }) => what === 'post /sites/{id}/copy').map(({ thing }) => thing);
    expect(written).to.have.members([site.id, copy.id, site.id, placed.id]);
    expectProblem(await api.post('/sites/sit_nowhere/copy', own), 404, 'not-found');
    const reversed = { ...own, historyPeriod: { from: '2027-01-02', to: '2027-01-01' } };
    expectProblem(await api.post(`/sites/${site.id}/copy`, reversed), 422, 'period-reversed');
  });
});
