import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createAuditStore } from '../../models/audit-store.ts';
import { createEmployerFinder } from '../../models/person-traces.ts';
import { findAffected } from '../../src/services/find-affected.ts';
import { createNumberCipher } from '../../src/services/number-cipher.ts';
import { verifyAudit } from '../../src/services/verify-audit.ts';
import { type AdminApi, MASTER_KEY, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

interface Entry {
  readonly id: string;
  readonly chain: string;
  readonly what: string;
  readonly by: string;
  readonly thing: string | null;
  readonly about: object;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

describe('the record of who did what', () => {
  let api: AdminApi;
  beforeEach(async () => {
    api = await openAdminApi();
  });
  afterEach(() => api.close());

  const entries = async (query = '', key?: string) => {
    const answer = await api.get(`/audit?limit=200${query}`, key);
    expect(answer.status, answer.text).to.equal(200);
    return (answer.body as { items: Entry[] }).items;
  };
  const verdicts = async () => {
    const found = [];
    const cipher = createNumberCipher(MASTER_KEY, randomBytes);
    for await (const one of verifyAudit({ audit: createAuditStore(api.connection), cipher })) found.push(one);
    return found;
  };
  const keyOf = async (fields: object) =>
    created(await api.post('/keys', { name: 'x', role: 'firm-responsible', scopes: ['read', 'write'], ...fields }))
      .secret;

  it('has every change with what stood before and after, in the chain of the firm whose data it is', async () => {
    const firm = await api.firm();
    const worker = await api.worker(firm.id);
    await api.patch(`/workers/${worker.id}`, { name: '見本 次郎' });
    const [last] = await entries(`&thing=${worker.id}`);
    expect(last).to.include({ what: 'patch /workers/{id}', chain: firm.id, by: 'first', thing: worker.id });
    expect([last?.before?.['name'], last?.after?.['name']]).to.deep.equal(['見本 太郎', '見本 次郎']);
    const first = (await entries(`&thing=${worker.id}`)).at(-1);
    expect(first).to.deep.include({ what: 'post /workers', before: null });
  });

  it('has every look at people, the same within a minute once, and no look at codes or firms', async () => {
    const firm = await api.firm();
    const worker = await api.worker(firm.id);
    for (let i = 0; i < 3; i += 1) await api.get(`/workers/${worker.id}`);
    await api.get(`/phones?workerId=${worker.id}`);
    await api.get('/firms');
    await api.get('/catalogs/positions');
    const looks = (await entries()).filter(({ what }) => what.startsWith('get'));
    expect(looks.map(({ what }) => what)).to.have.members(['get /workers/{id}', 'get /phones']);
    expect(looks.find(({ what }) => what === 'get /phones')?.about).to.deep.equal({ workerId: worker.id });
    api.time.real = new Date(api.time.real.getTime() + 61_000);
    await api.get(`/workers/${worker.id}`);
    const again = (await entries(`&thing=${worker.id}`)).filter(({ what }) => what === 'get /workers/{id}');
    expect(again).to.have.length(2);
  });

  it('holds nothing of what was refused, and no secret', async () => {
    const firm = await api.firm();
    await api.patch('/workers/wrk_nobody', { name: 'x' });
    const { secret } = created(await api.post('/keys', { name: 'x', role: 'operator', scopes: ['read'] }));
    const worker = await api.worker(firm.id);
    await api.send('put', `/workers/${worker.id}/pin`).send({ pin: '86427531' });
    await api.phone(worker.id, '090-1234-5678');
    const shown = JSON.stringify(await entries());
    for (const hidden of ['wrk_nobody', secret, '86427531', '+819012345678', 'hash":"$'])
      expect(shown).to.not.include(hidden);
    const kept = JSON.stringify(await api.connection.db?.collection('audit').find().toArray());
    expect(kept).to.not.include('見本');
  });

  it('shows a firm what was done to its own data, the operator’s looks too, and nothing of others', async () => {
    const [own, other] = [await api.firm(), await api.firm()];
    const worker = await api.worker(own.id);
    await api.worker(other.id);
    await api.get(`/workers/${worker.id}`);
    const { id: phoneId } = await api.phone(worker.id, '090-1234-5678');
    const key = await keyOf({ firmId: own.id });
    const seen = await entries('', key);
    expect(seen.find(({ what }) => what === 'post /phones')?.thing).to.equal(phoneId);
    expect(new Set(seen.map(({ chain }) => chain))).to.deep.equal(new Set([own.id]));
    expect(seen.find(({ what }) => what === 'get /workers/{id}')).to.include({ by: 'first', thing: worker.id });
    const officer = await keyOf({ firmId: own.id, role: 'registration-officer' });
    expectProblem(await api.get('/audit', officer), 403, 'not-allowed');
  });

  it('keeps one chain per firm though many write at once', async () => {
    const firm = await api.firm();
    await Promise.all(Array.from({ length: 20 }, () => api.worker(firm.id)));
    const chain = (await verdicts()).find((one) => one.chain === firm.id);
    expect(chain?.firstBad).to.equal(undefined);
    expect(chain?.entries).to.equal(21);
  });

  it('is followed from its beginning, and the first entry that was changed or is missing is named', async () => {
    const firm = await api.firm();
    for (let i = 0; i < 4; i += 1) await api.worker(firm.id);
    const audit = api.connection.db?.collection<{ _id: string }>('audit');
    const idOf = (seq: number) => `${firm.id}:${String(seq).padStart(10, '0')}`;
    const bad = async () => (await verdicts()).find(({ firstBad }) => firstBad)?.firstBad?.id;
    expect(await bad()).to.equal(undefined);
    await audit?.updateOne({ _id: idOf(3) }, { $set: { by: 'somebody-else' } });
    expect(await bad()).to.equal(idOf(3));
    await audit?.deleteOne({ _id: idOf(2) });
    expect(await bad()).to.equal(idOf(3));
    await audit?.deleteOne({ _id: idOf(3) });
    expect(await bad()).to.equal(idOf(4));
  });

  it('names per firm whose data a key had in its hands in a period (T14)', async () => {
    const [own, other] = [await api.firm(), await api.firm()];
    const [mine, theirs] = [await api.worker(own.id), await api.worker(other.id)];
    const key = created(await api.post('/keys', { name: 'lost', role: 'operator', scopes: ['read'] }));
    const began = api.time.real;
    api.time.real = new Date(began.getTime() + 3_600_000);
    await api.get(`/workers/${mine.id}`, key.secret);
    await api.get('/workers', key.secret);
    await api.get(`/workers/${theirs.id}`);
    const later = await api.worker(other.id);
    const affected = async (from: Date, to: Date) => {
      const parts = { ...api.stores, audit: createAuditStore(api.connection) };
      const found = await findAffected(
        { ...parts, employers: createEmployerFinder(api.connection) },
        { from, to, by: key.id },
      );
      return found.map(({ firmId, people, wholes }) => ({ firmId, people, wholes }));
    };
    const until = new Date(began.getTime() + 7_200_000);
    expect(await affected(new Date(began.getTime() + 1000), until)).to.have.deep.members([
      { firmId: own.id, people: [mine.id], wholes: [] },
      { firmId: other.id, people: [theirs.id], wholes: [] },
    ]);
    expect(await affected(new Date(0), began)).to.deep.equal([]);
    await api.get('/workers', key.secret);
    const again = await affected(new Date(began.getTime() + 1000), until);
    expect(again.find(({ firmId }) => firmId === other.id)?.people).to.have.members([theirs.id, later.id]);
  });
});
