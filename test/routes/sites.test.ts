import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

describe('the sites and lines of the admin API', () => {
  let api: AdminApi;
  let prime: string;
  before(async () => {
    api = await openAdminApi();
    prime = (await api.firm()).id;
  });
  after(() => api.close());

  it('answer a created site whole, with the rules that calls follow', async () => {
    const ccusId = buildCcusId('site', 3);
    const site = await api.site(prime, { ccusId, orderCategory: 'PRIVATE' });
    expect(site).to.deep.include({
      ccusId,
      methods: ['PHONE_CALL'],
      treeKeeper: 'here',
      siteManagerIds: [],
      repeatWindowSec: 180,
      maxShiftHours: 14,
      companionDailyLimit: 5,
      missingExit: { channel: 'none' },
      warnings: [],
    });
    expect(site.siteCode).to.match(/^\d{4,6}$/);
    expect((await api.get(`/sites/${site.id}`)).body).to.deep.equal(site);
    expect((await api.registers.sites.findByCode(site.siteCode))?.id).to.equal(site.id);
  });

  it('refuse a period that ends before it begins, at once and later (R-021)', async () => {
    const reversed = { from: '2026-12-01', to: '2026-11-30' };
    const body = { name: '現場', kana: 'ゲンバ', primeId: prime, historyPeriod: reversed };
    expectProblem(await api.post('/sites', body), 422, 'period-reversed');
    const site = await api.site(prime);
    expectProblem(await api.patch(`/sites/${site.id}`, { historyPeriod: reversed }), 422, 'period-reversed');
    expectProblem(
      await api.post('/sites', { ...body, historyPeriod: { from: '2026-02-30', to: '2026-03-01' } }),
      400,
      'input-invalid',
    );
  });

  it('refuse a prime that does not exist', async () => {
    const body = {
      name: '現場',
      kana: 'ゲンバ',
      primeId: 'frm_0000',
      historyPeriod: { from: '2026-01-01', to: '2026-01-31' },
    };
    expectProblem(await api.post('/sites', body), 422, 'unknown-firm');
  });

  it('change a site and clear what is null', async () => {
    const site = await api.site(prime, { address: '見本市', missingExit: { after: '19:00', channel: 'sms' } });
    const changed = (await api.patch(`/sites/${site.id}`, { address: null, maxShiftHours: 10, missingExit: null }))
      .body;
    expect(changed).not.to.have.property('address');
    expect(changed).to.deep.include({ maxShiftHours: 10, missingExit: { channel: 'none' }, siteCode: site.siteCode });
    expectProblem(await api.patch(`/sites/${site.id}`, { siteCode: '0000' }), 400, 'input-invalid');
  });

  it('take a line in any spelling, once', async () => {
    const site = await api.site(prime);
    const line = created(await api.post('/lines', { number: '０５０-３１２３-４５６７', siteId: site.id }));
    expect(line).to.deep.equal({
      number: '+815031234567',
      siteId: site.id,
      purpose: 'attendance',
      direction: 'both',
      answer: 'always',
      state: 'open',
    });
    expectProblem(await api.post('/lines', { number: '+815031234567' }), 409, 'line-exists');
    expectProblem(await api.post('/lines', { number: 'abc' }), 422, 'number-impossible');
    expectProblem(await api.post('/lines', { number: '0120123456', siteId: 'sit_0000' }), 422, 'unknown-site');
    expect((await api.get('/lines/+815031234567')).body).to.deep.equal(line);
    expect((await api.get('/lines/%2B815031234567')).body).to.deep.equal(line);
  });

  it('close a line and take it from its site', async () => {
    const site = await api.site(prime);
    const { number } = created(await api.post('/lines', { number: '050-3123-9999', siteId: site.id }));
    const changed = await api.patch(`/lines/${number}`, { siteId: null, state: 'closed', direction: 'entry' });
    const { earlier, ...now } = changed.body as { readonly earlier: readonly object[] };
    const rules = { purpose: 'attendance', answer: 'always' };
    expect(now).to.deep.equal({ number, ...rules, direction: 'entry', state: 'closed', validFrom: '2026-11-20' });
    expect(earlier).to.deep.equal([
      { ...rules, direction: 'both', siteId: site.id, state: 'open', validTo: '2026-11-19' },
    ]);
    expectProblem(await api.get('/lines/+815039999999'), 404, 'not-found');
    expect(api.changes).to.deep.include({ kind: 'line', id: number });
  });
});
