import { expect } from 'chai';
import request, { type Response } from 'supertest';
import type { AdminApi } from './admin-api.ts';

const PASSWORD = 'a-new-long-password';

/** Somebody who signed in, and asks by cookie. */
export interface SignedIn {
  readonly accountId: string;
  readonly mail: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  send(method: 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Promise<Response>;
}

let serial = 0;

/** Invites a person, goes through the first login, accepts further offers and signs in, for the firm that is named. */
export async function signInAs(api: AdminApi, acts: readonly object[], firmId?: string): Promise<SignedIn> {
  serial += 1;
  const mail = `person${String(serial)}@example.jp`;
  const invited = await api.post('/accounts', { mail, name: '見本 花子', acts });
  const { id, invitation } = invited.body as { id: string; invitation: { token: string } };
  const to = (method: 'post' | 'put' | 'patch' | 'delete' | 'get', path: string) =>
    request(api.app)[method](`/api/v1${path}`);
  const secrets = (await to('post', `/invitations/${invitation.token}/accept`)).body as {
    password: string;
    securityCode: string;
  };
  const open = async (password: string) => {
    const answer = await to('post', '/sessions').send({ mail, password, ...(firmId ? { firmId } : {}) });
    expect(answer.status, answer.text).to.equal(201);
    const [cookie = ''] = (answer.get('Set-Cookie') ?? []).map((text) => text.split(';')[0] ?? '');
    return { Cookie: cookie, 'X-CSRF-Token': (answer.body as { csrfToken: string }).csrfToken };
  };
  const first = await open(secrets.password);
  const { securityCode } = secrets;
  await to('post', '/sessions/password').set(first).send({ securityCode, password: PASSWORD });
  let signed = await open(PASSWORD);
  return {
    accountId: id,
    mail,
    get: (path, headers = {}) => to('get', path).set({ ...signed, ...headers }),
    async send(method, path, body) {
      const answer = await to(method, path).set(signed).send(body);
      const [cookie] = answer.get('Set-Cookie') ?? [];
      const { csrfToken } = answer.body as { csrfToken?: string };
      if (cookie && csrfToken) signed = { Cookie: cookie.split(';')[0] ?? '', 'X-CSRF-Token': csrfToken };
      return answer;
    },
  };
}
