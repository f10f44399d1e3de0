import { expect } from 'chai';
import request, { type Response } from 'supertest';
import { type AdminApi, created } from './admin-api.ts';

export const PASSWORD = 'a-new-long-password';

/** What somebody is shown once who answers an invitation. */
export interface FirstSecrets {
  readonly mail: string;
  readonly password: string;
  readonly securityCode: string;
  readonly recoveryCodes: readonly string[];
}

/** What a browser holds that is signed in. */
export interface Signed {
  readonly cookie: string;
  readonly csrfToken: string;
}

let serial = 0;

/** People at the admin API: invited, through their first login, signed in. */
export function peopleAt(api: AdminApi) {
  const ask = (method: 'get' | 'post' | 'put' | 'delete', path: string, by?: Partial<Signed>) => {
    const asked = request(api.app)[method](`/api/v1${path}`);
    if (by?.cookie) void asked.set('Cookie', by.cookie);
    return by?.csrfToken ? asked.set('X-CSRF-Token', by.csrfToken) : asked;
  };
  const invite = async (acts: readonly object[]) => {
    serial += 1;
    const mail = `hito${String(serial)}@example.jp`;
    const answer = await api.post('/accounts', { mail, name: '見本 花子', acts });
    const { id } = created(answer);
    const { invitation } = answer.body as { invitation: { token: string; link: string } };
    return { id, mail, ...invitation };
  };
  const accept = async (token: string) => {
    const answer = await ask('post', `/invitations/${token}/accept`);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body as FirstSecrets;
  };
  const signIn = (mail: string, password: string, more: object = {}) =>
    ask('post', '/sessions').send({ mail, password, ...more });
  const signedIn = (answer: Response): Signed => {
    expect(answer.status, answer.text).to.equal(201);
    const [cookie = ''] = answer.get('Set-Cookie') ?? [];
    return { cookie: cookie.split(';')[0] ?? '', csrfToken: (answer.body as Signed).csrfToken };
  };
  /** A person who has been through the first login. */
  const person = async (acts: readonly object[] = [{ role: 'operator' }]) => {
    const { id, mail, token } = await invite(acts);
    const secrets = await accept(token);
    const first = signedIn(await signIn(mail, secrets.password));
    const { securityCode } = secrets;
    const set = await ask('post', '/sessions/password', first).send({ securityCode, password: PASSWORD });
    expect(set.status, set.text).to.equal(204);
    return { id, mail, secrets };
  };
  return { ask, invite, accept, signIn, signedIn, person };
}
