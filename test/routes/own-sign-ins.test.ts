import { expect } from 'chai';
import { type AdminApi, PUBLIC_BASE_URL, created, expectProblem, openAdminApi } from '../support/admin-api.ts';
import { PASSWORD, type Signed, peopleAt } from '../support/signed-in-people.ts';

describe('people who look after their own sign-ins', () => {
  let api: AdminApi;
  let people: ReturnType<typeof peopleAt>;
  before(async () => {
    api = await openAdminApi();
    people = peopleAt(api);
  });
  after(() => api.close());

  it('see their sign-ins, end one of them, and nobody else’s', async () => {
    const { ask, signIn, signedIn, person } = people;
    const { mail } = await person();
    const [here, there] = [signedIn(await signIn(mail, PASSWORD)), signedIn(await signIn(mail, PASSWORD))];
    const list = async (by: Signed) =>
      ((await ask('get', '/sessions/open', by)).body as { items: { id: string; isThis: boolean }[] }).items;
    const [mine, other] = [
      (await list(here)).filter(({ isThis }) => isThis),
      (await list(here)).find((s) => !s.isThis),
    ];
    expect(mine).to.have.length(1);
    const stranger = signedIn(await signIn((await person()).mail, PASSWORD));
    expectProblem(await ask('delete', `/sessions/open/${other?.id ?? ''}`, stranger), 404, 'not-found');
    expect((await ask('delete', `/sessions/open/${other?.id ?? ''}`, here)).status).to.equal(204);
    expectProblem(await ask('get', '/sessions', there), 401, 'key-unknown');
    expect((await ask('get', '/sessions', here)).status).to.equal(200);
  });

  it('get a new cookie at each sign-in, and one that acts for another firm lives no longer for it', async () => {
    const { ask, signIn, signedIn, person } = people;
    const [a, b] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    const acts = [a, b].map(({ id }) => ({ role: 'firm-responsible', firmId: id }));
    const { mail } = await person(acts);
    const old = signedIn(await signIn(mail, PASSWORD));
    const next = signedIn(await ask('post', '/sessions', old).send({ mail, password: PASSWORD }));
    expectProblem(await ask('get', '/sessions', old), 401, 'key-unknown');
    const { expiresAt } = (await ask('get', '/sessions', next)).body as { expiresAt: string };
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 20 * 60_000);
    const change = await ask('put', '/sessions/acting', next).send({ firmId: b.id });
    expect((change.body as { expiresAt: string }).expiresAt).to.equal(expiresAt);
    api.time.real = began;
  });

  it('sign in again for what deletes or exports when that was a quarter of an hour ago', async () => {
    const { ask, signIn, signedIn, person } = people;
    const { mail } = await person();
    const by = signedIn(await signIn(mail, PASSWORD));
    const key = created(await api.post('/keys', { name: 'x', role: 'operator', scopes: ['read'] }));
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 16 * 60_000);
    expectProblem(await ask('delete', `/keys/${key.id}`, by), 403, 'sign-in-again');
    expect((await ask('get', '/keys', by)).status).to.equal(200);
    const again = signedIn(await signIn(mail, PASSWORD));
    expect((await ask('delete', `/keys/${key.id}`, again)).status).to.equal(204);
    api.time.real = began;
  });

  it('make new recovery codes with the security code; the old ones are void', async () => {
    const { ask, signIn, signedIn, person } = people;
    const { mail, secrets } = await person();
    const by = signedIn(await signIn(mail, PASSWORD));
    const wish = (securityCode: string) => ask('post', '/sessions/recovery-codes', by).send({ securityCode });
    expectProblem(await wish('00000000'), 401, 'login-failed');
    const answer = await wish(secrets.securityCode);
    expect(answer.status, answer.text).to.equal(201);
    const { recoveryCodes } = answer.body as { recoveryCodes: string[] };
    expect(recoveryCodes).to.have.length(8);
    const send = (recoveryCode = '') =>
      ask('post', '/sessions/password').send({
        mail,
        securityCode: secrets.securityCode,
        recoveryCode,
        password: 'yet-another-one',
      });
    expectProblem(await send(secrets.recoveryCodes[0]), 401, 'login-failed');
    expect((await send(recoveryCodes[0])).status).to.equal(204);
  });

  it('are invited anew where the link was lost: the first link is void then', async () => {
    const { ask, invite, accept } = people;
    const acts = [{ role: 'operator' }];
    const { mail, token } = await invite(acts);
    const anew = await api.post('/accounts', { mail, name: '見本 花子', acts });
    const { invitation } = anew.body as { invitation: { token: string; link: string } };
    expectProblem(await ask('post', `/invitations/${token}/accept`), 404, 'invitation-unknown');
    expect(invitation.link).to.equal(`${PUBLIC_BASE_URL}/invitations/${invitation.token}`);
    expect((await accept(invitation.token)).mail).to.equal(mail);
  });
});
