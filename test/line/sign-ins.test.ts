import { expect } from 'chai';
import { type Instance, type Line, openLine } from '../support/line.ts';
import { office } from '../support/office.ts';
import { signInPerson } from '../support/person.ts';

describe('a sign-in', () => {
  let line: Line;
  before(async () => {
    line = await openLine();
  });
  after(() => line.close());

  const signIn = async ({ url }: Instance, mail: string, password: string) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/sessions`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ mail, password }) },
    });
    return ((await answer.json()) as { readonly code?: string }).code ?? String(answer.status);
  };

  it('that was locked by wrong passwords is locked at every instance, and still after a restart of all', async () => {
    const [one, two] = [await line.instance(), await line.instance()];
    const { mail } = await signInPerson(one.url, office(one.url), [{ role: 'operator' }]);
    const said: string[] = [];
    for (const instance of [one, two, one, two, one]) said.push(await signIn(instance, mail, 'wrong-password'));
    expect(said).to.deep.equal(Array.from({ length: 5 }, () => 'login-failed'));
    expect(await signIn(two, mail, 'a-new-long-password')).to.equal('login-locked');
    await one.stop();
    await two.stop();
    const later = await line.instance();
    expect(await signIn(later, mail, 'a-new-long-password')).to.equal('login-locked');
  });

  it('holds at every instance and over a restart, until it is ended at any of them', async () => {
    const [one, two] = [await line.instance(), await line.instance()];
    const { headers } = await signInPerson(one.url, office(one.url), [{ role: 'operator' }]);
    const status = async ({ url }: Instance) => (await fetch(`${url}/api/v1/firms`, { headers })).status;
    expect([await status(one), await status(two)]).to.deep.equal([200, 200]);
    await one.stop();
    const later = await line.instance();
    expect(await status(later)).to.equal(200);
    expect((await fetch(`${two.url}/api/v1/sessions?all=true`, { method: 'DELETE', headers })).status).to.equal(204);
    expect([await status(two), await status(later)]).to.deep.equal([401, 401]);
  });
});
