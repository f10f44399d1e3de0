import { expect } from 'chai';
import express from 'express';
import request, { type Response } from 'supertest';
import { createInvitationPages } from '../../routes/invitation-pages.ts';
import { type AdminApi, PUBLIC_BASE_URL, openAdminApi } from '../support/admin-api.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { PASSWORD, peopleAt } from '../support/signed-in-people.ts';

describe('the page of an invitation', () => {
  let api: AdminApi;
  let people: ReturnType<typeof peopleAt>;
  let pages: express.Express;
  before(async () => {
    api = await openAdminApi();
    people = peopleAt(api);
    const log = { error: (fields: object, sentence: string) => void api.logged.push({ fields, sentence }) };
    pages = express().use(createInvitationPages({ ...api.registers, log }));
  });
  after(() => api.close());

  const open = (token: string) => request(pages).get(`/invitations/${token}`);
  const send = (path: string, fields: object = {}) =>
    request(pages).post(`/invitations/${path}`).type('form').set('Sec-Fetch-Site', 'same-origin').send(fields);
  const shown = ({ text }: Response, name: string) =>
    new RegExp(`<dt>${name}.*?</dt><dd>([^<]+)</dd>`, 's').exec(text)?.[1] ?? '';

  it('leads from the link to the first secrets, a new password, a sign-in and a passkey (R-010, R-011)', async () => {
    const firm = await api.firm({ name: '見本<建設>' });
    const { token, mail, link } = await people.invite([{ role: 'site-manager', firmId: firm.id }]);
    const offer = await request(pages).get(link.replace(PUBLIC_BASE_URL, ''));
    expect(offer.status).to.equal(200);
    expect(offer.text).to.include('見本&lt;建設&gt;').and.include('現場管理者').and.include('site manager');
    const secrets = await send(token);
    expect(secrets.status).to.equal(200);
    expect(shown(secrets, 'メールアドレス')).to.equal(mail);
    const initial = shown(secrets, '初期パスワード');
    const securityCode = shown(secrets, 'セキュリティコード');
    const wrong = await send('password', { mail, initial, securityCode: '00000000', password: PASSWORD });
    expect(wrong.status).to.equal(401);
    expect(wrong.text).to.include('role="alert"').and.not.include(initial);
    const short = await send('password', { mail, initial, securityCode, password: 'tall-lamp' });
    expect(short.status).to.equal(422);
    expect(short.text).to.include('10文字以上にしてください');
    const set = await send('password', { mail, initial, securityCode, password: PASSWORD });
    expect(set.status, set.text).to.equal(200);
    const signedIn = await send('sign-in', { mail, password: PASSWORD });
    expect(signedIn.status).to.equal(200);
    const [cookie = ''] = signedIn.get('Set-Cookie') ?? [];
    const csrfToken = /data-csrf="([a-f0-9]+)"/.exec(signedIn.text)?.[1] ?? '';
    const by = { cookie: cookie.split(';')[0] ?? '', csrfToken };
    const options = (await people.ask('post', '/passkeys/options', by)).body as {
      challenge: string;
      user: { id: string };
    };
    const credential = createAuthenticator(PUBLIC_BASE_URL).create(options);
    expect((await people.ask('post', '/passkeys', by).send({ name: '甲', credential })).status).to.equal(201);
  });

  it('is good once, and says so in words', async () => {
    const { token } = await people.invite([{ role: 'operator' }]);
    expect((await send(token)).status).to.equal(200);
    for (const answer of [await open(token), await send(token), await open('x')]) {
      expect(answer.status).to.equal(404);
      expect(answer.text).to.include('招待が見つかりません').and.include('No such invitation');
    }
  });

  it('asks one who has an account to sign in, and gives no secrets', async () => {
    const { mail } = await people.person();
    const firm = await api.firm();
    const acts = [{ role: 'auditor', firmId: firm.id }];
    const again = await api.post('/accounts', { mail, name: '見本 花子', acts });
    const { token } = (again.body as { invitation: { token: string } }).invitation;
    expect((await open(token)).text)
      .to.include('すでに利用者です')
      .and.include('/invitations/sign-in.js');
    expect((await request(pages).get('/invitations/sign-in.js')).text).to.include('navigator.credentials.get');
    expect((await send(token)).status).to.equal(401);
    expect((await send(token, { mail, password: 'wrong' })).status).to.equal(401);
    const done = await send(token, { mail, password: PASSWORD });
    expect(done.status).to.equal(200);
    expect(done.text).to.include('招待を受けました').and.not.include('初期パスワード');
  });

  it('says after how many seconds one who is locked out may try again', async () => {
    const { mail } = await people.person();
    for (let i = 0; i < 5; i += 1) await send('sign-in', { mail, password: 'wrong' });
    const locked = await send('sign-in', { mail, password: PASSWORD });
    expect(locked.status).to.equal(429);
    expect(Number(locked.headers['retry-after'])).to.be.within(880, 900);
  });

  it('takes no form from another site, runs no script of its own, and is kept nowhere', async () => {
    const { token } = await people.invite([{ role: 'operator' }]);
    const foreign = await send(token).set('Sec-Fetch-Site', 'cross-site');
    expect(foreign.status).to.equal(403);
    const { headers, text } = await open(token);
    expect(headers['content-security-policy']).to.include("default-src 'none'").and.include("script-src 'self'");
    expect(headers['content-security-policy']).to.not.include('unsafe');
    expect(headers).to.include({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(text).to.match(/<html lang="ja">/);
    expect((await request(pages).get('/invitations/passkey.js')).text).to.include('navigator.credentials.create');
  });

  it('answers odd forms in words', async () => {
    for (const fields of [{}, { mail: 'x' }, { mail: '<b>', initial: 'x', securityCode: 'x', password: '' }]) {
      const answer = await send('password', fields);
      expect(answer.status, answer.text).to.equal(400);
      expect(answer.text).to.not.include('<b>');
    }
    expect((await send('sign-in', { mail: 'x'.repeat(20_000) })).status).to.equal(413);
  });
});
