import type { Office } from './office.ts';

const PASSWORD = 'a-new-long-password';
let serial = 0;

/** A person who is signed in, by the headers that say so. */
export interface SignedInPerson {
  readonly accountId: string;
  readonly mail: string;
  readonly headers: { readonly cookie: string; readonly 'x-csrf-token': string };
}

/** Invites somebody, goes through the first login and signs in. */
export async function signInPerson(url: string, { ask }: Office, acts: readonly object[]): Promise<SignedInPerson> {
  const mail = `person${String(++serial)}@example.jp`;
  const { id, invitation } = await ask<{ id: string; invitation: { token: string } }>('POST', '/accounts', {
    ...{ mail, name: '見本 花子', acts },
  });
  const secrets = await ask<{ password: string; securityCode: string }>(
    ...(['POST', `/invitations/${invitation.token}/accept`] as const),
  );
  const first = await signIn(url, mail, secrets.password);
  const set = { securityCode: secrets.securityCode, password: PASSWORD };
  const answer = await post(url, '/sessions/password', set, first);
  if (answer.status !== 204) throw new Error(`the password was not set: ${String(answer.status)}`);
  return { accountId: id, mail, headers: await signIn(url, mail, PASSWORD) };
}

async function signIn(url: string, mail: string, password: string): Promise<SignedInPerson['headers']> {
  const answer = await post(url, '/sessions', { mail, password });
  const { csrfToken } = (await answer.json()) as { readonly csrfToken: string };
  const [cookie = ''] = answer.headers.getSetCookie();
  return { cookie: cookie.split(';')[0] ?? '', 'x-csrf-token': csrfToken };
}

function post(url: string, path: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  return fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
