import { expect } from 'chai';
import { type AdminApi, openAdminApi } from '../support/admin-api.ts';

describe('codes that firms and workers carry', () => {
  let api: AdminApi;
  let firm: string;
  before(async () => {
    api = await openAdminApi();
    firm = (await api.firm()).id;
  });
  after(() => api.close());

  const unknown = ({ warnings }: { warnings: readonly { pointer: string; code: string }[] }) =>
    warnings.filter(({ code }) => code === 'code-unknown').map(({ pointer }) => pointer);

  it('have a list of qualifications of their own, one for every block of the roster (D-26)', async () => {
    const { items } = (await api.get('/catalogs/qualifications')).body as {
      items: { code: string; group: string; ja: string; en: string; status: string; source: string }[];
    };
    expect(new Set(items.map(({ group }) => group))).to.include.keys(
      ...['core-technician', 'skilled-worker', 'licence', 'skill-training', 'special-education', 'safety-training'],
    );
    const slinging = items.find(({ code }) => code === 'TRAINING_SLINGING');
    expect(slinging).to.include({ ja: '玉掛け技能講習', en: 'Slinging', status: 'inferred' });
  });

  it('are kept with a warning where no list has them: of workers', async () => {
    const qualifications = [
      { kind: 'skill-training', code: 'TRAINING_SLINGING', name: '玉掛け技能講習' },
      { kind: 'licence', code: 'LICENCE_OF_TOMORROW', name: '見本免許' },
      { kind: 'licence', name: '番号のない免許' },
    ];
    const insuranceHistory = [
      { from: '2025-01-01', to: '2025-12-31', value: { health: { joined: true, kind: 'HEALTH_OF_OLD' } } },
      { from: '2026-01-01', value: { pension: { joined: true, kind: 'PENSION_OF_NOW' } } },
    ];
    const worker = await api.worker(firm, { qualifications, insuranceHistory, hazardousWork: ['DUST', 'MAGIC'] });
    expect(worker).to.deep.include({ qualifications, hazardousWork: ['DUST', 'MAGIC'] });
    expect(unknown(worker)).to.have.members([
      '/qualifications/1/code',
      '/hazardousWork/1',
      '/insuranceHistory/0/value/health/kind',
      '/insurance/pension/kind',
    ]);
    const changed = (await api.patch(`/workers/${worker.id}`, { hazardousWork: null, qualifications: null })).body as {
      warnings: { pointer: string; code: string }[];
    };
    expect(unknown(changed)).not.to.include.members(['/qualifications/1/code', '/hazardousWork/1']);
  });

  it('are kept with a warning where no list has them: of firms', async () => {
    const made = await api.firm({
      ...{ name: '見本工業', kana: 'ミホンコウギョウ' },
      permits: [
        { from: '2016-10-01', to: '2021-09-30', value: { number: '第1号', type: 'KIND_OF_OLD' } },
        { from: '2021-10-01', to: '2031-09-30', value: { number: '第2号', type: 'GOVERNOR_GENERAL' } },
      ],
      insuranceHistory: [
        { from: '2025-01-01', to: '2025-12-31', value: { health: { status: 'joined', proof: 'PROOF_OF_OLD' } } },
        { from: '2026-01-01', value: { health: { status: 'joined', proof: 'HP_RECEIPT' } } },
      ],
    });
    expect(unknown(made)).to.have.members(['/permits/0/value/type', '/insuranceHistory/0/value/health/proof']);
  });

  it('are kept with a warning where no list has them: of sites, one by one, in bulk and copied', async () => {
    const devices = [{ method: 'CARD_READER' }, { method: 'CRYSTAL_BALL' }];
    const site = await api.site(firm, { methods: ['PHONE_CALL', 'TELEPATHY'], devices, orderCategory: 'PRIVATE' });
    const odd = ['/methods/1', '/devices/1/method'];
    expect(unknown(site)).to.have.members(odd);
    const own = { name: '次の現場', kana: 'ツギノゲンバ', historyPeriod: { from: '2026-01-01', to: '2026-12-31' } };
    expect(unknown((await api.post(`/sites/${site.id}/copy`, own)).body as never)).to.have.members(odd);
    const house = { name: '一号棟', kana: 'イチゴウトウ', address: '見本市', from: '2026-01-01', to: '2026-12-31' };
    const bulk = { primeId: firm, rows: [house], common: { methods: ['TELEPATHY'], orderCategory: 'UNHEARD_OF' } };
    const { rows } = (await api.post('/sites/bulk', bulk)).body as { rows: { warnings: never[] }[] };
    expect(rows.map((row) => unknown(row))).to.deep.equal([['/orderCategory', '/methods/0']]);
    expect((await api.get('/catalogs/entry-methods')).body).to.have.property('items').that.is.not.empty;
  });

  it('say in words what is meant by other, or are warned of (R-076)', async () => {
    const mute = await api.worker(firm, { hazardousWork: ['OTHER'] });
    expect(mute.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).to.deep.equal([
      '/hazardousWorkNote note-missing',
    ]);
    const said = await api.patch(`/workers/${mute.id}`, { hazardousWorkNote: '見本物質の取扱い' });
    expect(said.body).to.deep.include({ hazardousWorkNote: '見本物質の取扱い', warnings: [] });
  });

  it('name people who exist, or are warned of (R-014)', async () => {
    const key = await api.post('/keys', { name: 'x', role: 'site-manager', firmId: firm, scopes: ['read'] });
    const { id: manager } = key.body as { id: string };
    const site = await api.site(firm, { siteManagerIds: [manager, 'acc_nobody'] });
    const odd = ({ warnings }: { warnings: readonly { pointer: string; code: string }[] }) =>
      warnings.map(({ pointer, code }) => `${pointer} ${code}`);
    expect(odd(site)).to.deep.equal(['/siteManagerIds/1 manager-unknown']);
    expect((await api.get(`/sites/${site.id}`)).body).to.deep.equal(site);
    const path = `/sites/${site.id}`;
    const etag = (await api.get(path)).headers['etag'] as string;
    const mended = await api
      .send('patch', path)
      .set('If-Match', etag)
      .send({ siteManagerIds: [manager] });
    expect(mended.status, mended.text).to.equal(200);
    expect(odd(mended.body as never)).to.deep.equal([]);
    const named = await api.firm({ registrationOfficerId: 'acc_nobody' });
    expect(odd(named)).to.deep.equal(['/registrationOfficerId manager-unknown']);
    const officer = await api.patch(`/firms/${named.id}`, { registrationOfficerId: null });
    expect(odd(officer.body as never)).to.deep.equal([]);
  });
});
