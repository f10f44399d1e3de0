import { expect } from 'chai';
import { publicPart } from '../../src/domain/site.ts';
import { type AdminApi, expectProblem, openAdminApi } from '../support/admin-api.ts';

const CONTRACT = {
  name: '見本町共同住宅新築工事',
  number: 'K-1',
  client: '見本不動産',
  signedOn: '2026-01-10',
  amountYen: 98_000_000,
};

describe('what is on file about a site', () => {
  let api: AdminApi;
  let prime: string;
  before(async () => {
    api = await openAdminApi();
    prime = (await api.firm()).id;
  });
  after(() => api.close());

  const newSite = (fields: object) => ({
    ...{ name: '現場', kana: 'ゲンバ', primeId: prime, historyPeriod: { from: '2026-01-01', to: '2026-12-31' } },
    ...fields,
  });

  it('takes contract, devices, public items and the rest, and answers them', async () => {
    const body = {
      ...{
        contract: CONTRACT,
        kentaikyoMethod: 'electronic',
        orderCategory: 'PUBLIC_NATIONAL',
        contactName: '見本 花子',
      },
      ...{
        devices: [{ method: 'CARD_READER', name: '1号機', vendor: '見本機器' }],
        publicItems: ['address', 'contract'],
      },
      ...{ address: '見本県見本市一丁目', officeAddress: '見本県見本市二丁目', treeKeeper: 'ccus' },
    };
    const site = await api.site(prime, body);
    expect(site).to.deep.include({ ...body, office: { address: body.officeAddress, isSite: false }, warnings: [] });
    expect((await api.get(`/sites/${site.id}`)).body).to.deep.equal(site);
  });

  it('has its own address for an office where there is none, marked (D-05)', async () => {
    expect(await api.site(prime, { address: '見本市' })).to.deep.include({
      office: { address: '見本市', isSite: true },
    });
    expect(await api.site(prime)).to.deep.include({ office: { isSite: true } });
  });

  it('has one way of paying kentaikyo for its order: both or none is refused (PR-040)', async () => {
    expectProblem(await api.post('/sites', newSite({ contract: CONTRACT })), 422, 'kentaikyo-method-needed');
    const both = await api.post('/sites', newSite({ contract: CONTRACT, kentaikyoMethod: ['electronic', 'stamp'] }));
    expectProblem(both, 400, 'input-invalid');
    const { id } = await api.site(prime, { contract: CONTRACT, kentaikyoMethod: 'stamp' });
    expectProblem(await api.patch(`/sites/${id}`, { kentaikyoMethod: null }), 422, 'kentaikyo-method-needed');
    expect((await api.patch(`/sites/${id}`, { contract: null, kentaikyoMethod: null })).status).to.equal(200);
    expectProblem(await api.patch(`/sites/${id}`, { contract: CONTRACT }), 422, 'kentaikyo-method-needed');
  });

  it('refuses a contract that ends before it begins, an unknown item and an unknown field', async () => {
    const contract = { from: '2026-02-01', to: '2026-01-01', colour: 'red' };
    const answer = await api.post('/sites', newSite({ contract, kentaikyoMethod: 'stamp', publicItems: ['siteCode'] }));
    const { errors } = expectProblem(answer, 400, 'input-invalid');
    expect(errors?.map(({ pointer, code }) => `${pointer} ${code}`)).to.include.members([
      '/contract/colour unknown-field',
      '/publicItems/0 not-one-of',
    ]);
    const reversed = await api.post(
      '/sites',
      newSite({ contract: { from: '2026-02-01', to: '2026-01-01' }, kentaikyoMethod: 'stamp' }),
    );
    expect(expectProblem(reversed, 400, 'input-invalid').errors?.[0]).to.include({
      pointer: '/contract/to',
      code: 'period-reversed',
    });
  });

  it('shows others what the prime has made public, and nothing else (R-025)', async () => {
    const { id } = await api.site(prime, {
      address: '見本市',
      contactName: '見本',
      contract: CONTRACT,
      kentaikyoMethod: 'stamp',
    });
    const site = (await api.registers.sites.find(id as never))?.value;
    if (!site) throw new Error('the site is on file');
    const named = ['id', 'name', 'kana', 'primeId'];
    expect(Object.keys(publicPart(site))).to.have.members([...named, 'address', 'contactName', 'historyPeriod']);
    expect(Object.keys(publicPart({ ...site, publicItems: [] }))).to.have.members(named);
    expect(Object.keys(publicPart({ ...site, publicItems: ['contract'] }))).to.have.members([...named, 'contract']);
  });

  it('takes an order category that the list does not have, with a warning', async () => {
    const site = await api.site(prime, { orderCategory: 'NEW' });
    expect(site.warnings.map(({ pointer, code }) => `${pointer} ${code}`)).to.deep.equal([
      '/orderCategory code-unknown',
    ]);
  });
});
