import { expect } from 'chai';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';
import { PASSWORD, type Signed, peopleAt } from '../support/signed-in-people.ts';

describe('people who sign in', () => {
  let api: AdminApi;
  let people: ReturnType<typeof peopleAt>;
  before(async () => {
    api = await openAdminApi();
    people = peopleAt(api);
  });
  after(() => api.close());

  it('may at first only set a new password, with the security code, and sign in again (R-010, R-011)', async () => {
    const { ask, invite, accept, signIn, signedIn } = people;
    const { mail, token } = await invite([{ role: 'operator' }]);
    const { password, securityCode } = await accept(token);
    const answer = await signIn(mail, password);
    expect(answer.body).to.include({ mustSetPassword: true });
    const first = signedIn(answer);
    expectProblem(await ask('get', '/firms', first), 403, 'password-first');
    expectProblem(await ask('get', '/sessions/open', first), 403, 'password-first');
    expectProblem(
      await ask('delete', '/sessions/open/ses_0123456789abcdef0123456789abcdef', first),
      403,
      'password-first',
    );
    const wrong = { securityCode: '00000000', password: PASSWORD };
    expectProblem(await ask('post', '/sessions/password', first).send(wrong), 401, 'login-failed');
    const same = { securityCode, password };
    expectProblem(await ask('post', '/sessions/password', first).send(same), 422, 'password-used');
    const set = await ask('post', '/sessions/password', first).send({ securityCode, password: PASSWORD });
    expect(set.status).to.equal(204);
    expectProblem(await ask('get', '/sessions', first), 401, 'key-unknown');
    expectProblem(await signIn(mail, password), 401, 'login-failed');
    const again = signedIn(await signIn(mail, PASSWORD));
    expect((await ask('get', '/firms', again)).status).to.equal(200);
  });

  it('set no password that is easy to guess, are told why, and may go on trying', async () => {
    const { ask, invite, accept, signIn, signedIn } = people;
    const firm = await api.firm({ name: '丸川建設', kana: 'マルカワケンセツ' });
    const { mail, token } = await invite([{ role: 'registration-officer', firmId: firm.id }]);
    const { password, securityCode } = await accept(token);
    const first = signedIn(await signIn(mail, password));
    const set = (wish: string) => ask('post', '/sessions/password', first).send({ securityCode, password: wish });
    for (const [wish, code] of [
      ['tall-lamp', 'password-short'],
      ['123456789012', 'password-simple'],
      [`${mail.split('@')[0] ?? ''}-a-lamp`, 'password-named'],
      ['marukawa-a-lamp', 'password-named'],
      ['Password2026!', 'password-common'],
      ['iloveyou-2026', 'password-common'],
    ] as const) {
      expectProblem(await set(wish), 422, code);
    }
    expect((await set('four tall paper lamps')).status).to.equal(204);
    expect((await signIn(mail, 'four tall paper lamps')).status).to.equal(201);
  });

  it('answer an invitation once, and not after a week', async () => {
    const { ask, invite, accept } = people;
    const { token } = await invite([{ role: 'operator' }]);
    await accept(token);
    expectProblem(await ask('post', `/invitations/${token}/accept`), 404, 'invitation-unknown');
    const late = await invite([{ role: 'operator' }]);
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 8 * 24 * 3_600_000);
    expectProblem(await ask('post', `/invitations/${late.token}/accept`), 404, 'invitation-unknown');
    api.time.real = began;
    expectProblem(await ask('post', '/invitations/acc_none.x/accept'), 404, 'invitation-unknown');
  });

  it('add what another firm offers signed in only: whoever opened the account first need not be whom that firm means', async () => {
    const { ask, signIn, signedIn, person } = people;
    const [a, b] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    const { mail } = await person([{ role: 'firm-responsible', firmId: a.id }]);
    const acts = [{ role: 'firm-responsible', firmId: b.id }];
    const offered = await api.post('/accounts', { mail, name: '見本 花子', acts });
    const { token } = (offered.body as { invitation: { token: string } }).invitation;
    expectProblem(await signIn(mail, PASSWORD, { firmId: b.id }), 401, 'login-failed');
    expectProblem(await ask('post', `/invitations/${token}/accept`), 401, 'sign-in-first');
    const other = await person();
    const stranger = signedIn(await signIn(other.mail, PASSWORD));
    expectProblem(await ask('post', `/invitations/${token}/accept`, stranger), 401, 'sign-in-first');
    const self = signedIn(await signIn(mail, PASSWORD));
    expect((await ask('post', `/invitations/${token}/accept`, self)).body).to.include({ mail, password: null });
    expect((await signIn(mail, PASSWORD, { firmId: b.id })).status).to.equal(201);
    expectProblem(await ask('post', `/invitations/${token}/accept`, self), 404, 'invitation-unknown');
  });

  it('get from an invitation what that one offers and nothing of others that wait', async () => {
    const { invite, accept, signIn } = people;
    const [a, b] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    const { mail, token } = await invite([{ role: 'firm-responsible', firmId: a.id }]);
    await api.post('/accounts', { mail, name: '同', acts: [{ role: 'firm-responsible', firmId: b.id }] });
    const { password } = await accept(token);
    const { body } = await signIn(mail, password);
    expect((body as { acts: { firmId: string }[] }).acts.map(({ firmId }) => firmId)).to.deep.equal([a.id]);
  });

  it('are told the same whether the mail address or the password is wrong', async () => {
    const { signIn, person } = people;
    const { mail } = await person();
    const texts = [await signIn(mail, 'wrong-password'), await signIn('nobody@example.jp', 'wrong-password')].map(
      (answer) => ({ ...expectProblem(answer, 401, 'login-failed'), requestId: '' }),
    );
    expect(texts[0]).to.deep.equal(texts[1]);
  });

  it('are locked after five wrong passwords, known or not, also by another instance, for a quarter of an hour', async () => {
    const { signIn, person } = people;
    const { mail } = await person();
    for (const address of [mail, 'nobody2@example.jp']) {
      for (let i = 0; i < 5; i += 1) expectProblem(await signIn(address, 'wrong-password'), 401, 'login-failed');
      const locked = await signIn(address, PASSWORD);
      expectProblem(locked, 429, 'login-locked');
      expect(Number(locked.headers['retry-after'])).to.be.within(880, 900);
    }
    const kept = await api.connection.db?.collection('pinAttempts').countDocuments({ lockedUntil: { $exists: true } });
    expect(kept).to.equal(2);
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 14 * 60_000);
    expect(Number((await signIn(mail, PASSWORD)).headers['retry-after'])).to.be.within(1, 60);
    api.time.real = new Date(began.getTime() + 16 * 60_000);
    expect((await signIn(mail, PASSWORD)).status).to.equal(201);
    api.time.real = began;
  });

  it('change nothing by cookie alone: the token of the page is needed', async () => {
    const { ask, signIn, signedIn, person } = people;
    const { mail } = await person();
    const { cookie, csrfToken } = signedIn(await signIn(mail, PASSWORD));
    const firm = { name: '甲建設', kana: 'コウケンセツ', kind: 'corporation' };
    expectProblem(await ask('post', '/firms', { cookie }).send(firm), 403, 'csrf-token-needed');
    expectProblem(await ask('post', '/firms', { cookie, csrfToken: 'x' }).send(firm), 403, 'csrf-token-needed');
    expect((await ask('post', '/firms', { cookie, csrfToken }).send(firm)).status).to.equal(201);
    expect((await ask('get', '/firms', { cookie })).status).to.equal(200);
  });

  it('are signed out when idle for half an hour, after twelve hours, by themselves, and everywhere', async () => {
    const { ask, signIn, signedIn, person } = people;
    const { mail } = await person();
    const began = api.time.real;
    const idle = signedIn(await signIn(mail, PASSWORD));
    api.time.real = new Date(began.getTime() + 31 * 60_000);
    expectProblem(await ask('get', '/sessions', idle), 401, 'key-unknown');
    api.time.real = began;
    const [one, two] = [signedIn(await signIn(mail, PASSWORD)), signedIn(await signIn(mail, PASSWORD))];
    for (let minutes = 20; minutes < 720; minutes += 20) {
      api.time.real = new Date(began.getTime() + minutes * 60_000);
      expect((await ask('get', '/sessions', one)).status).to.equal(200);
      expect((await ask('get', '/sessions', two)).status).to.equal(200);
    }
    api.time.real = new Date(began.getTime() + 12 * 3_600_000);
    expectProblem(await ask('get', '/sessions', one), 401, 'key-unknown');
    api.time.real = began;
    const [three, four] = [signedIn(await signIn(mail, PASSWORD)), signedIn(await signIn(mail, PASSWORD))];
    expect((await ask('delete', '/sessions?all=true', three)).status).to.equal(204);
    for (const gone of [three, four]) expectProblem(await ask('get', '/sessions', gone), 401, 'key-unknown');
  });

  it('act for one of several firms and say for which', async () => {
    const { ask, signIn, signedIn, person } = people;
    const [a, b] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    const acts = [a, b].map(({ id }) => ({ role: 'firm-responsible', firmId: id }));
    const { mail } = await person(acts);
    const ids = async (by: Signed) => {
      const { items } = (await ask('get', '/firms', by)).body as { items: { id: string }[] };
      return items.map(({ id }) => id);
    };
    const asA = signedIn(await signIn(mail, PASSWORD, { firmId: a.id }));
    expect(await ids(asA)).to.deep.equal([a.id]);
    const change = await ask('put', '/sessions/acting', asA).send({ firmId: b.id });
    const [cookie = ''] = change.get('Set-Cookie') ?? [];
    expect(await ids({ cookie: cookie.split(';')[0] ?? '', csrfToken: '' })).to.deep.equal([b.id]);
    expectProblem(await ask('get', '/sessions', asA), 401, 'key-unknown');
    expectProblem(await signIn(mail, PASSWORD, { firmId: (await api.firm()).id }), 401, 'login-failed');
  });

  it('come back with a recovery code and the security code, each recovery code once (R-011)', async () => {
    const { ask, signIn, person } = people;
    const { mail, secrets } = await person();
    const [recoveryCode = '', second = ''] = secrets.recoveryCodes;
    const { securityCode } = secrets;
    const reset = (fields: object) =>
      ask('post', '/sessions/password').send({ mail, securityCode, password: 'yet-another-one', ...fields });
    expectProblem(await reset({}), 401, 'login-failed');
    expectProblem(await reset({ recoveryCode, securityCode: '00000000' }), 401, 'login-failed');
    const written = (recoveryCode.match(/.{1,4}/g) ?? []).join(' ').toUpperCase();
    expect((await reset({ recoveryCode: written })).status).to.equal(204);
    expectProblem(await reset({ recoveryCode, password: 'and-one-more-of-it' }), 401, 'login-failed');
    expect((await reset({ recoveryCode: second, password: 'and-one-more-of-it' })).status).to.equal(204);
    expect((await signIn(mail, 'and-one-more-of-it')).status).to.equal(201);
  });

  it('are ended by their firm for that firm, at once', async () => {
    const { ask, signIn, signedIn, person } = people;
    const [a, b] = [await api.firm({ name: '甲' }), await api.firm({ name: '乙' })];
    const acts = [a, b].map(({ id }) => ({ role: 'registration-officer', firmId: id }));
    const { id, mail } = await person(acts);
    const asA = signedIn(await signIn(mail, PASSWORD, { firmId: a.id }));
    const boss = created(
      await api.post('/keys', { name: 'x', role: 'firm-responsible', firmId: a.id, scopes: ['read', 'keys'] }),
    ).secret;
    const seen = (await api.get(`/accounts/${id}`, boss)).body as { acts: { firmId: string }[] };
    expect(seen.acts.map(({ firmId }) => firmId)).to.deep.equal([a.id]);
    expect((await api.send('delete', `/accounts/${id}`, boss)).status).to.equal(204);
    expectProblem(await ask('get', '/workers', asA), 401, 'key-unknown');
    expectProblem(await signIn(mail, PASSWORD, { firmId: a.id }), 401, 'login-failed');
    expect((await signIn(mail, PASSWORD, { firmId: b.id })).status).to.equal(201);
  });

  it('stand in the database without name, mail address or secret', async () => {
    const { signIn, signedIn, person } = people;
    const { mail, secrets } = await person();
    const { cookie } = signedIn(await signIn(mail, PASSWORD));
    const names = ['accounts', 'sessions', 'pinAttempts', 'answers'];
    const docs = names.map(async (name) => api.connection.db?.collection(name).find().toArray());
    const text = JSON.stringify(await Promise.all(docs));
    for (const secret of [
      mail,
      '花子',
      PASSWORD,
      secrets.securityCode,
      ...secrets.recoveryCodes,
      cookie.split('=')[1],
    ]) {
      expect(text).to.not.include(secret);
    }
  });
});
