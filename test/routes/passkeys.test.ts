import { expect } from 'chai';
import { type AdminApi, PUBLIC_BASE_URL, created, expectProblem, openAdminApi } from '../support/admin-api.ts';
import { type Authenticator, type Bend, createAuthenticator } from '../support/authenticator.ts';
import { PASSWORD, type Signed, peopleAt } from '../support/signed-in-people.ts';

interface Options {
  readonly challenge: string;
  readonly user: { readonly id: string };
  readonly excludeCredentials: readonly { readonly id: string }[];
}

describe('passkeys', () => {
  let api: AdminApi;
  let people: ReturnType<typeof peopleAt>;
  before(async () => {
    api = await openAdminApi();
    people = peopleAt(api);
  });
  after(() => api.close());

  const signedInPerson = async (acts?: readonly object[]) => {
    const one = await people.person(acts);
    return { ...one, by: people.signedIn(await people.signIn(one.mail, PASSWORD)) };
  };
  const askToCreate = async (by: Signed) => {
    const answer = await people.ask('post', '/passkeys/options', by);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body as Options;
  };
  const keep = (by: Signed, credential: object, name = '事務所の端末') =>
    people.ask('post', '/passkeys', by).send({ name, credential });
  const register = async (by: Signed, device: Authenticator, name?: string) =>
    created(await keep(by, device.create(await askToCreate(by)), name));
  const askToSign = async () => (await people.ask('post', '/sessions/passkey/options')).body as Options;
  const signIn = async (device: Authenticator, bend?: Bend, more: object = {}) =>
    people.ask('post', '/sessions/passkey').send({ credential: device.assert(await askToSign(), bend), ...more });
  const items = async (by: Signed) =>
    ((await people.ask('get', '/passkeys', by)).body as { items: { id: string; name: string; lastUsedAt?: string }[] })
      .items;

  it('are made while signed in, and sign in without a password', async () => {
    const { id, by } = await signedInPerson();
    const device = createAuthenticator(PUBLIC_BASE_URL);
    const made = await register(by, device);
    expect(made).to.include({ id: device.id, name: '事務所の端末', isSynced: false });
    const answer = await signIn(device);
    expect(answer.body).to.include({ accountId: id, mustSetPassword: false });
    expect((await people.ask('get', '/firms', people.signedIn(answer))).status).to.equal(200);
    const [listed] = await items(by);
    expect(listed?.lastUsedAt).to.be.a('string');
  });

  it('may be several, each with its name; one that is removed signs nobody in', async () => {
    const { by } = await signedInPerson();
    const [one, two] = [createAuthenticator(PUBLIC_BASE_URL), createAuthenticator(PUBLIC_BASE_URL)];
    await register(by, one, '甲');
    await register(by, two, '乙');
    expect((await items(by)).map(({ name }) => name)).to.have.members(['甲', '乙']);
    const known = await askToCreate(by);
    expect(known.excludeCredentials.map(({ id }) => id)).to.have.members([one.id, two.id]);
    const stranger = await signedInPerson();
    expectProblem(await people.ask('delete', `/passkeys/${one.id}`, stranger.by), 404, 'not-found');
    expect((await people.ask('delete', `/passkeys/${one.id}`, by)).status).to.equal(204);
    expectProblem(await signIn(one), 401, 'login-failed');
    expect((await signIn(two)).status).to.equal(201);
    expectProblem(await keep(by, two.create(await askToCreate(by))), 409, 'passkey-known');
  });

  it('answer a challenge once, within five minutes, and only the one that was asked of them', async () => {
    const { by } = await signedInPerson();
    const device = createAuthenticator(PUBLIC_BASE_URL);
    const asked = await askToCreate(by);
    const other = await signedInPerson();
    expectProblem(await keep(other.by, device.create(asked)), 422, 'passkey-refused');
    expectProblem(await keep(by, device.create(asked)), 422, 'passkey-refused');
    await register(by, device);
    const credential = device.assert(await askToSign());
    const send = () => people.ask('post', '/sessions/passkey').send({ credential });
    expect((await send()).status).to.equal(201);
    expectProblem(await send(), 401, 'login-failed');
    const late = device.assert(await askToSign());
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 6 * 60_000);
    expectProblem(await people.ask('post', '/sessions/passkey').send({ credential: late }), 401, 'login-failed');
    api.time.real = began;
    const registering = device.assert(await askToCreate(by));
    expectProblem(await people.ask('post', '/sessions/passkey').send({ credential: registering }), 401, 'login-failed');
    expect(await api.connection.db?.collection('passkeyChallenges').countDocuments()).to.be.below(3);
  });

  it('are refused where the counter stands still or goes back, which a copy would do', async () => {
    const { by } = await signedInPerson();
    const device = createAuthenticator(PUBLIC_BASE_URL);
    await register(by, device);
    expect((await signIn(device, { counter: 7 })).status).to.equal(201);
    for (const counter of [7, 3, 0]) expectProblem(await signIn(device, { counter }), 401, 'login-failed');
    expect((await signIn(device, { counter: 8 })).status).to.equal(201);
    const uncounted = createAuthenticator(PUBLIC_BASE_URL);
    await register(by, uncounted);
    for (const counter of [0, 0]) expect((await signIn(uncounted, { counter })).status).to.equal(201);
  });

  it('are refused for another site, by a device that looked at nobody, and with another’s signature', async () => {
    const { by } = await signedInPerson();
    const device = createAuthenticator(PUBLIC_BASE_URL);
    const foreign = [{ origin: 'https://evil.example' }, { host: 'evil.example' }, { unverified: true }];
    for (const bend of foreign) {
      expectProblem(await keep(by, device.create(await askToCreate(by), bend)), 422, 'passkey-refused');
    }
    await register(by, device);
    for (const bend of foreign) expectProblem(await signIn(device, bend), 401, 'login-failed');
    const signed = createAuthenticator(PUBLIC_BASE_URL).assert(await askToSign());
    const forged = { ...signed, id: device.id, rawId: device.id };
    expectProblem(await people.ask('post', '/sessions/passkey').send({ credential: forged }), 401, 'login-failed');
    const { response } = device.assert(await askToSign());
    const torn = {
      id: device.id,
      rawId: device.id,
      type: 'public-key',
      response: { ...response, clientDataJSON: 'e30' },
    };
    expectProblem(await people.ask('post', '/sessions/passkey').send({ credential: torn }), 401, 'login-failed');
  });

  it('need a sign-in that is no older than a quarter of an hour and no first one, and no key', async () => {
    const { by, mail } = await signedInPerson();
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 16 * 60_000);
    expectProblem(await people.ask('post', '/passkeys/options', by), 403, 'sign-in-again');
    const again = people.signedIn(await people.signIn(mail, PASSWORD));
    expect((await people.ask('post', '/passkeys/options', again)).status).to.equal(200);
    api.time.real = began;
    const invited = await people.invite([{ role: 'operator' }]);
    const { password } = await people.accept(invited.token);
    const first = people.signedIn(await people.signIn(invited.mail, password));
    expectProblem(await people.ask('post', '/passkeys/options', first), 403, 'password-first');
    expectProblem(await people.ask('get', '/passkeys', first), 403, 'password-first');
    expectProblem(await api.get('/passkeys'), 401, 'key-unknown');
  });

  it('go with the account, and with a password that was set by a recovery code', async () => {
    const { id, by, mail, secrets } = await signedInPerson();
    const device = createAuthenticator(PUBLIC_BASE_URL);
    await register(by, device);
    const { securityCode, recoveryCodes } = secrets;
    const reset = { mail, securityCode, recoveryCode: recoveryCodes[0], password: 'yet-another-one' };
    expect((await people.ask('post', '/sessions/password').send(reset)).status).to.equal(204);
    expectProblem(await signIn(device), 401, 'login-failed');
    const now = people.signedIn(await people.signIn(mail, 'yet-another-one'));
    const second = createAuthenticator(PUBLIC_BASE_URL);
    await register(now, second);
    expect((await api.send('delete', `/accounts/${id}`)).status).to.equal(204);
    expectProblem(await signIn(second), 401, 'login-failed');
    expect(await api.connection.db?.collection('passkeys').countDocuments({ accountId: id })).to.equal(0);
  });

  it('sign in for one of several firms, and stand in the audit with the sign-in', async () => {
    const [a, b] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    const acts = [a, b].map((firm) => ({ role: 'firm-responsible', firmId: firm.id }));
    const { id, by } = await signedInPerson(acts);
    const device = createAuthenticator(PUBLIC_BASE_URL);
    await register(by, device);
    const asB = await signIn(device, {}, { firmId: b.id });
    expect((asB.body as { actingAs: { firmId: string } }).actingAs.firmId).to.equal(b.id);
    const { body } = await api.get(`/audit?limit=200`);
    const mine = (body as { items: { by: string; what: string }[] }).items.filter((entry) => entry.by === id);
    expect(mine.map(({ what }) => what)).to.include.members([
      ...['post /invitations/{token}/accept', 'post /sessions', 'post /sessions/password'],
      ...['post /passkeys', 'post /sessions/passkey'],
    ]);
  });
});
