import { expect } from 'chai';
import type { Response } from 'supertest';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';
import { type SignedIn, signInAs } from '../support/signed-in.ts';

const ids = ({ body }: Response) => (body as { items: readonly { id: string }[] }).items.map(({ id }) => id);

describe('one account for several firms', () => {
  let api: AdminApi;
  let firms: readonly { id: string }[];
  let workers: readonly { id: string }[];
  let person: SignedIn;
  before(async () => {
    api = await openAdminApi();
    firms = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' }), await api.firm({ name: '丙' })];
    workers = [await api.worker(id(0)), await api.worker(id(1)), await api.worker(id(2))];
    const acts = [
      { role: 'firm-responsible', firmId: id(0) },
      { role: 'auditor', firmId: id(1) },
    ];
    person = await signInAs(api, acts, id(0));
  });
  after(() => api.close());

  const id = (place: number) => firms[place]?.id ?? '';
  const worker = (place: number) => workers[place]?.id ?? '';
  const actingFor = (place: number) => ({ 'X-Acting-Firm': id(place) });

  it('says with the sign-in for which it acts, and sees that firm alone', async () => {
    expect((await person.get('/sessions')).body).to.deep.include({
      actingAs: { role: 'firm-responsible', firmId: id(0) },
    });
    expect(ids(await person.get('/workers'))).to.deep.equal([worker(0)]);
    expectProblem(await person.get(`/workers/${worker(1)}`), 404, 'not-found');
  });

  it('may say so with each request too, with the role that it has there, and for no firm of which it has none', async () => {
    expect(ids(await person.get('/workers', actingFor(1)))).to.deep.equal([worker(1)]);
    expectProblem(await person.get(`/workers/${worker(0)}`, actingFor(1)), 404, 'not-found');
    expect((await person.get('/keys', actingFor(0))).status).to.equal(200);
    expectProblem(await person.get('/keys', actingFor(1)), 403, 'not-allowed');
    const other = await person.get('/workers', actingFor(2));
    expectProblem(other, 403, 'not-allowed');
    expect((other.body as { reasons: { code: string }[] }).reasons.map(({ code }) => code)).to.deep.equal([
      'not-your-firm',
    ]);
  });

  it('switches for all that follows, and the audit says for whom each thing was done', async () => {
    const switched = await person.send('put', '/sessions/acting', { firmId: id(1) });
    expect(switched.status, switched.text).to.equal(200);
    expect(ids(await person.get('/workers'))).to.deep.equal([worker(1)]);
    expectProblem(await person.send('patch', `/workers/${worker(1)}`, { level: 2 }), 403, 'not-allowed');
    expect((await person.send('put', '/sessions/acting', { firmId: id(2) })).status).to.equal(404);
    const { items } = (await api.get(`/audit?by=${person.accountId}`)).body as {
      items: readonly { chain: string; about: { actingFirmId?: string } }[];
    };
    expect(items).to.not.have.length(0);
    for (const { chain, about } of items) expect(about.actingFirmId).to.equal(chain);
  });

  it('is not told of to a firm that invites by the address alone: neither the name nor that there is one', async () => {
    const key = { name: 'x', role: 'firm-responsible', firmId: id(2), scopes: ['read', 'keys'] };
    const { secret } = created(await api.post('/keys', key));
    const mail = ((await api.get(`/accounts/${person.accountId}`)).body as { mail: string }).mail;
    const acts = [{ role: 'auditor', firmId: id(2) }];
    const invite = async (address: string) => {
      const { id: account } = created(await api.post('/accounts', { mail: address, name: '仮の名', acts }, secret));
      return (await api.get(`/accounts/${account}`, secret)).body as Record<string, unknown>;
    };
    const [known, unknown] = [await invite(mail), await invite('nobody@example.jp')];
    const comparable = ({ id: _id, mail: _mail, createdAt: _at, ...rest }: Record<string, unknown>) => rest;
    expect(known).to.include({ name: '仮の名', state: 'invited' });
    expect(comparable(known)).to.deep.equal(comparable(unknown));
    expect(((await api.get('/accounts?limit=200', secret)).body as { items: unknown[] }).items).to.have.length(2);
  });
});
