import { expect } from 'chai';
import { MOST_PER_MINUTE, createKeyLimit } from '../../src/http/key-limit.ts';
import { type AdminApi, created, expectProblem, listOf, openAdminApi } from '../support/admin-api.ts';

describe('the keys of the admin API', () => {
  let api: AdminApi;
  before(async () => {
    api = await openAdminApi();
  });
  after(() => api.close());

  const issue = async (fields: object) =>
    created(await api.post('/keys', { name: '試験', role: 'operator', ...fields }));

  it('are needed: nothing, garbage and a wrong secret are 401 with a challenge', async () => {
    const { secret } = await issue({ scopes: ['read'] });
    for (const header of [
      '',
      'Bearer',
      'Basic abc',
      'Bearer nonsense',
      `Bearer ${secret}0`,
      `Bearer key_0000.${secret}`,
    ]) {
      const answer = await api.send('get', '/firms').set('Authorization', header);
      expectProblem(answer, 401, 'key-unknown');
      expect(answer.headers['www-authenticate']).to.equal('Bearer');
    }
  });

  it('open what their scopes say and nothing else', async () => {
    const { secret } = await issue({ scopes: ['read'] });
    expect((await api.get('/firms', secret)).status).to.equal(200);
    expectProblem(await api.post('/firms', {}, secret), 403, 'not-allowed');
    expectProblem(await api.get('/keys', secret), 403, 'not-allowed');
  });

  it('without scopes have those of their role, as far as who gives them out has them', async () => {
    const give = async (role: string, secret?: string) =>
      created(await api.post('/keys', { name: '試験', role }, ...(secret ? [secret] : [])));
    expect(await give('operator')).to.deep.include({ scopes: ['read', 'write', 'keys'] });
    expect(await give('auditor')).to.deep.include({ scopes: ['read'] });
    const { secret } = await issue({ scopes: ['read', 'keys'] });
    expect(await give('operator', secret)).to.deep.include({ scopes: ['read', 'keys'] });
  });

  it('of a firm’s role that name no firm see nothing but the catalogues', async () => {
    await api.worker((await api.firm()).id);
    const { secret } = await issue({ role: 'site-manager', scopes: ['read', 'write'] });
    expect(listOf(await api.get('/firms', secret)).ids).to.deep.equal([]);
    expect(listOf(await api.get('/workers', secret)).ids).to.deep.equal([]);
    expectProblem(await api.post('/firms', {}, secret), 403, 'not-allowed');
    expect((await api.get('/catalogs/positions', secret)).status).to.equal(200);
  });

  it('of a firm’s responsible give rights of that firm alone', async () => {
    const [own, foreign] = [await api.firm(), await api.firm()];
    const fields = { role: 'firm-responsible', firmId: own.id, scopes: ['read', 'keys'] };
    const { secret } = await issue(fields);
    const wish = (more: object) => api.post('/keys', { name: 'x', ...fields, scopes: ['read'], ...more }, secret);
    const { id } = created(await wish({ role: 'site-manager' }));
    expectProblem(await wish({ role: 'operator' }), 403, 'not-allowed');
    expectProblem(await wish({ firmId: foreign.id }), 403, 'not-allowed');
    const other = await issue({ role: 'firm-responsible', firmId: foreign.id, scopes: ['read'] });
    expectProblem(await api.send('delete', `/keys/${other.id}`, secret), 404, 'not-found');
    expect(listOf(await api.get('/keys?limit=200', secret)).ids)
      .to.include(id)
      .and.not.include(other.id);
  });

  it('show their secret once and keep only its hash', async () => {
    const { secret, id } = await issue({ scopes: ['read'] });
    const list = await api.get('/keys?limit=200');
    expect(list.text).to.contain(id).and.not.contain(secret).and.not.contain('hash');
    expect(JSON.stringify(await api.connection.db?.collection('apiKeys').find().toArray())).not.to.contain(
      secret.split('.')[1],
    );
  });

  it('grant no more than their giver has', async () => {
    const { secret } = await issue({ scopes: ['keys'] });
    const wish = { name: 'x', role: 'operator', scopes: ['keys', 'write'] };
    expectProblem(await api.post('/keys', wish, secret), 403, 'not-allowed');
  });

  it('are refused at once when revoked, and when expired', async () => {
    const { secret, id } = await issue({ scopes: ['read'] });
    expect((await api.get('/firms', secret)).status).to.equal(200);
    expect((await api.send('delete', `/keys/${id}`)).status).to.equal(204);
    expectProblem(await api.get('/firms', secret), 401, 'key-unknown');
    expectProblem(await api.send('delete', `/keys/${id}`), 404, 'not-found');
    const brief = await issue({ scopes: ['read'], expiresAt: '2020-01-01T00:00:00+09:00' });
    expectProblem(await api.get('/firms', brief.secret), 401, 'key-unknown');
  });

  it('note their last use, at most once a minute', async () => {
    const { secret, id } = await issue({ scopes: ['read'] });
    const began = api.time.real;
    const lastUse = async () => (await api.registers.keys.find(id))?.lastUsedAt?.getTime();
    await api.get('/firms', secret);
    expect(await lastUse()).to.equal(began.getTime());
    api.time.real = new Date(began.getTime() + 30_000);
    await api.get('/firms', secret);
    expect(await lastUse()).to.equal(began.getTime());
    api.time.real = new Date(began.getTime() + 61_000);
    await api.get('/firms', secret);
    expect(await lastUse()).to.equal(began.getTime() + 61_000);
  });

  it('note their last use no oftener through several instances', async () => {
    const { secret, id } = await issue({ scopes: ['read'] });
    const began = api.time.real;
    await api.get('/firms', secret);
    api.time.real = new Date(began.getTime() + 59_000);
    await api.registers.keys.touch(id, api.time.real, 60_000);
    expect((await api.registers.keys.find(id))?.lastUsedAt?.getTime()).to.equal(began.getTime());
    api.time.real = began;
  });

  it('are replaced by new ones with the same rights; the old secret is good for a while', async () => {
    const firm = await api.firm();
    const life = { expiresAt: new Date(api.time.real.getTime() + 90 * 86_400_000).toISOString() };
    const old = await issue({ role: 'firm-responsible', firmId: firm.id, scopes: ['read', 'keys'], ...life });
    const answer = await api.post(`/keys/${old.id}/rotate`, { graceMinutes: 5 }, old.secret);
    const fresh = created(answer);
    expect(fresh.id).to.not.equal(old.id);
    expect(answer.body).to.deep.include({ role: 'firm-responsible', firmId: firm.id, scopes: ['read', 'keys'] });
    for (const { secret } of [old, fresh]) expect((await api.get('/firms', secret)).status).to.equal(200);
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 6 * 60_000);
    expectProblem(await api.get('/firms', old.secret), 401, 'key-unknown');
    expect((await api.get('/firms', fresh.secret)).status).to.equal(200);
    expectProblem(await api.post(`/keys/${old.id}/rotate`, {}), 404, 'not-found');
    api.time.real = new Date(began.getTime() + 91 * 86_400_000);
    expectProblem(await api.get('/firms', fresh.secret), 401, 'key-unknown');
    api.time.real = began;
  });

  it('are all revoked at once, of one firm by its responsible', async () => {
    const [own, foreign] = [await api.firm(), await api.firm()];
    const keyOf = async (firmId: string) =>
      (await issue({ role: 'firm-responsible', firmId, scopes: ['read', 'keys'] })).secret;
    const [boss, lost, other] = [await keyOf(own.id), await keyOf(own.id), await keyOf(foreign.id)];
    const answer = await api.send('delete', '/keys', boss);
    expect({ status: answer.status, body: answer.body as object }).to.deep.equal({ status: 200, body: { revoked: 2 } });
    for (const gone of [boss, lost]) expectProblem(await api.get('/firms', gone), 401, 'key-unknown');
    expect((await api.get('/firms', other)).status).to.equal(200);
    expect((await api.send('delete', '/keys')).status).to.equal(200);
    expectProblem(await api.get('/firms', other), 401, 'key-unknown');
    expect((await api.get('/firms')).status).to.equal(200);
  });

  it('may ask so often in a minute and no oftener, each for itself', () => {
    const admits = createKeyLimit();
    const times = (keyId: string, count: number, now: number) =>
      Array.from({ length: count }, () => admits(keyId, now)).filter(Boolean).length;
    expect(times('key_a', MOST_PER_MINUTE + 10, 0)).to.equal(MOST_PER_MINUTE);
    expect(times('key_b', 3, 1)).to.equal(3);
    expect(times('key_a', 3, 60_000)).to.equal(3);
    expect(times('first', MOST_PER_MINUTE + 10, 0)).to.equal(MOST_PER_MINUTE + 10);
  });

  it('do not show a secret again to a repeated request', async () => {
    const body = { name: '一度だけ', role: 'operator', scopes: ['read'] };
    created(await api.post('/keys', body).set('Idempotency-Key', 'once'));
    expectProblem(await api.post('/keys', body).set('Idempotency-Key', 'once'), 409, 'shown-once');
  });
});
