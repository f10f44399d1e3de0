import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { type AdminApi, expectProblem, openAdminApi } from '../support/admin-api.ts';

const NEW = { name: '見本工業', kana: 'ミホンコウギョウ', kind: 'sole-proprietor' };

describe('what is on file about a firm over time', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const change = async (id: string, body: object) => {
    const answer = await api.patch(`/firms/${id}`, body);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body as Record<string, unknown>;
  };
  const on = async (id: string, day: string) =>
    (await api.get(`/firms/${id}?on=${day}`)).body as Record<string, unknown>;
  const pointers = (answer: Parameters<typeof expectProblem>[0]) =>
    expectProblem(answer, 400, 'input-invalid').errors?.map(({ pointer, code }) => `${pointer} ${code}`);

  it('takes every field of a firm and answers it', async () => {
    const body = {
      ...NEW,
      ...{
        capitalYen: 0,
        address: '見本県見本市一丁目',
        representativeName: '見本 一郎',
        corporateNumber: '1234567890123',
      },
      ...{ kentaikyo: 'joined', chutaikyo: false, specialAccidentInsurance: true },
      ...{
        registeredAt: '2024-04-01',
        validUntil: '2029-03-31',
        finance: '良好',
        tradingPartners: '見本建設\n見本工務店',
      },
      registrationOfficerId: 'acc_0123456789',
    };
    expect(await api.firm(body)).to.deep.include(body);
  });

  it('shows its days by the era too, where that is asked for', async () => {
    const { id } = await api.firm({ ...NEW, registeredAt: '令和元年5月1日', validUntil: 'R6.4.30' });
    const era = { '/registeredAt': '令和元年5月1日', '/validUntil': '令和6年4月30日' };
    const one = (await api.get(`/firms/${id}?calendar=era`)).body as Record<string, unknown>;
    expect(one).to.deep.include({ registeredAt: '2019-05-01' });
    expect(one['daysInEra']).to.deep.include(era);
    const { items } = (await api.get('/firms?calendar=era&limit=200')).body as { items: Record<string, unknown>[] };
    expect(items.find((firm) => firm['id'] === id)?.['daysInEra']).to.deep.include(era);
    const employer = { employerId: id, name: '元 年', kana: 'ハジメ ネン' };
    const worker = await api.worker(id, { ...employer, birthDate: '昭和64年1月7日', hiredOn: 'H31.4.30' });
    const shown = (await api.get(`/workers/${worker.id}?calendar=era`)).body as Record<string, unknown>;
    const days = {
      '/birthDate': '昭和64年1月7日',
      '/hiredOn': '平成31年4月30日',
      '/employments/0/from': '平成31年4月30日',
    };
    expect(shown['daysInEra']).to.deep.include(days);
    expect((await api.get(`/workers/${worker.id}`)).body).not.to.have.property('daysInEra');
    const site = await api.site(id);
    const { daysInEra } = (await api.get(`/sites/${site.id}?calendar=era`)).body as { daysInEra: object };
    expect(daysInEra).to.have.all.keys('/historyPeriod/from', '/historyPeriod/to');
  });

  it('has the kind of then on every day, through its changes', async () => {
    const { id } = await api.firm(NEW);
    expect(await change(id, { kind: 'corporation', changesFrom: '2026-04-01' })).to.include({ kind: 'corporation' });
    expect(await on(id, '2026-03-31')).to.include({ kind: 'sole-proprietor' });
    expect(await on(id, '2026-04-01')).to.include({ kind: 'corporation' });
    const planned = await change(id, { kind: 'solo-contractor', changesFrom: '2027-01-01' });
    expect(planned).to.include({ kind: 'corporation' });
    expect(planned['kindHistory']).to.have.length(3);
    expect(await on(id, '2027-01-01')).to.include({ kind: 'solo-contractor' });
    expect((await change(id, { kind: 'corporation' }))['kindHistory'], 'the same kind is no change').to.have.length(3);
  });

  it('changes what is said of its permit under the number it has, from a day on', async () => {
    const permit = { permitNumber: '第77号', permitType: 'GOVERNOR_GENERAL', permitTrades: ['CARPENTRY'] };
    const days = { permitFrom: '2024-10-01', permitTo: '2029-09-30' };
    const { id } = await api.firm({ ...NEW, ...permit, ...days });
    const wider = await change(id, { permitTrades: ['CARPENTRY', 'PLASTERING'], changesFrom: '2026-04-01' });
    const permitTrades = ['CARPENTRY', 'PLASTERING'];
    expect(wider).to.deep.include({ ...permit, permitTrades, permitFrom: '2026-04-01', permitTo: days.permitTo });
    expect(await on(id, '2026-03-31')).to.deep.include({ ...permit, permitFrom: '2024-10-01', permitTo: '2026-03-31' });
    const moved = await change(id, { permitTo: '2029-12-31' });
    expect(moved).to.deep.include({ ...permit, permitTrades, permitFrom: '2026-04-01', permitTo: '2029-12-31' });
    expect(moved['permits']).to.have.length(2);
    expectProblem(await api.patch(`/firms/${id}`, { permitTo: '2020-01-01' }), 422, 'period-reversed');
    expect(pointers(await api.patch(`/firms/${id}`, { permitNumber: null, permitType: 'x' }))).to.deep.equal([
      '/permitNumber required',
    ]);
    const bare = await api.firm(NEW);
    expectProblem(await api.patch(`/firms/${bare.id}`, { permitType: 'x' }), 422, 'permit-number-needed');
  });

  it('has the permit that holds on a day, and says when it ends', async () => {
    const first = { permitNumber: '第12345号', permitType: 'GOVERNOR_GENERAL', permitAuthority: '見本県知事' };
    const made = await api.firm({ ...NEW, ...first, permitFrom: '2021-10-01', permitTo: '2026-09-30' });
    expect(made.warnings.map(({ code }) => code)).to.deep.equal(['permit-expired']);
    expect(await on(made.id, '2026-09-30')).to.deep.include({ ...first, permitTo: '2026-09-30' });
    expect(await on(made.id, '2026-10-01')).not.to.have.property('permitNumber');
    const renewed = await change(made.id, {
      ...first,
      permitNumber: '第12345号',
      permitFrom: '2026-10-01',
      permitTo: '2031-09-30',
    });
    expect(renewed).to.deep.include({ permitFrom: '2026-10-01', warnings: [] });
    expect(renewed['permits']).to.have.length(2);
    const gone = await change(made.id, { permitNumber: null });
    expect(gone).not.to.have.property('permitNumber');
    expect(await on(made.id, '2026-11-01')).to.deep.include(first);
  });

  it('has no permit any more where the one stated today is taken back', async () => {
    const { id } = await api.firm({ permitNumber: '第7号' });
    expect((await api.get(`/firms/${id}`)).body).to.include({ permitNumber: '第7号' });
    expect((await api.patch(`/firms/${id}`, { permitNumber: null })).status).to.equal(200);
    const after = (await api.get(`/firms/${id}`)).body as object;
    expect(after).not.to.have.property('permitNumber');
    expect(after).to.deep.include({ permits: [] });
  });

  it('takes a permit of an unknown kind, with a warning', async () => {
    const firm = await api.firm({ ...NEW, permitNumber: '1', permitType: 'NEW_KIND' });
    expect(firm.warnings).to.have.length(1);
    expect(firm.warnings[0]).to.include({ pointer: '/permits/0/value/type', code: 'code-unknown' });
  });

  it('has the social insurances of a day, each changed alone', async () => {
    const insurance = { health: { status: 'joined', proof: 'HP_RECEIPT' }, pension: { status: 'not-joined' } };
    const { id } = await api.firm({ ...NEW, insurance, changesFrom: '2025-01-01' });
    const changed = await change(id, { insurance: { pension: { status: 'joined' } }, changesFrom: '2026-06-01' });
    expect(changed['insurance']).to.deep.equal({ health: insurance.health, pension: { status: 'joined' } });
    expect((await on(id, '2026-05-31'))['insurance']).to.deep.equal(insurance);
    expect((await on(id, '2024-12-31'))['insurance']).to.deep.equal({});
  });

  it('takes whole histories, in any order', async () => {
    const kindHistory = [
      { from: '2020-01-01', value: 'corporation' },
      { from: '2010-01-01', to: '2019-12-31', value: 'solo-contractor' },
    ];
    const { id } = await api.firm({ ...NEW, kindHistory });
    expect(await on(id, '2015-01-01')).to.include({ kind: 'solo-contractor' });
    expect((await on(id, '2026-01-01'))['kindHistory']).to.deep.equal([kindHistory[1], kindHistory[0]]);
  });

  it('refuses histories that overlap or run backwards, naming the place', async () => {
    const permit = { number: '1', type: 'GOVERNOR_GENERAL' };
    const answer = await api.post('/firms', {
      ...NEW,
      kindHistory: [
        { from: '2020-01-01', value: 'corporation' },
        { from: '2021-01-01', value: 'solo-contractor' },
      ],
      permits: [{ from: '2021-01-01', to: '2020-01-01', value: permit }],
    });
    expect(pointers(answer)).to.have.members(['/kindHistory/1/to overlaps', '/permits/0/to period-reversed']);
    expect(pointers(await api.post('/firms', { ...NEW, permitType: 'GOVERNOR_GENERAL' }))).to.deep.equal([
      '/permitNumber required',
    ]);
  });

  it('says how far it is with the registry, each change dated with its source (F-01)', async () => {
    const { id } = await api.firm(NEW);
    expect(await on(id, '2026-11-20')).to.deep.include({ registrationState: 'none', registrations: [] });
    const planned = { registrationState: 'planned', registrationPlannedOn: '2027-02-01' };
    expect(await change(id, { ...planned, registrationSource: '調査 2026年秋' })).to.deep.include(planned);
    api.time.now = new Date('2026-12-01T09:00:00+09:00');
    expect(await change(id, { registrationState: 'applying' })).not.to.have.property('registrationPlannedOn');
    expect(await change(id, { ccusId: buildCcusId('firm', 8) })).to.include({ registrationState: 'registered' });
    const { registrations } = (await api.get(`/firms/${id}`)).body;
    expect(registrations).to.deep.equal([
      { on: '2026-11-20', state: 'planned', plannedOn: '2027-02-01', source: '調査 2026年秋' },
      { on: '2026-12-01', state: 'applying', source: 'office' },
      { on: '2026-12-01', state: 'registered', source: 'ccus-id' },
    ]);
    expect(await on(id, '2026-11-30')).to.deep.include(planned);
    api.time.now = new Date('2026-11-20T09:00:00+09:00');
  });

  it('needs the day of a planned registration, and warns of a registered firm without id (F-01)', async () => {
    expect(pointers(await api.post('/firms', { ...NEW, registrationState: 'planned' }))).to.deep.equal([
      '/registrationPlannedOn required',
    ]);
    const stray = { ...NEW, registrationState: 'applying', registrationPlannedOn: '2027-01-01' };
    expect(pointers(await api.post('/firms', stray))).to.deep.equal(['/registrationPlannedOn planned-only']);
    const firm = await api.firm({ ...NEW, registrationState: 'registered' });
    expect(firm.warnings.map(({ code }) => code)).to.deep.equal(['id-missing']);
    expectProblem(await api.post('/firms', { ...NEW, registrationState: 'perhaps' }), 400, 'input-invalid');
  });
});
