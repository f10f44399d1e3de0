import { expect } from 'chai';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

interface Entry {
  readonly what: string;
  readonly thing: string | null;
  readonly before: State | null;
  readonly after: State | null;
}
type State = Readonly<Record<string, unknown>>;

describe('the time of a former employer (A-3, R-136)', () => {
  let api: AdminApi;
  let former: { readonly id: string; readonly key: string };
  let present: { readonly id: string; readonly key: string };
  let worker: string;

  const firmWithKey = async () => {
    const { id } = await api.firm();
    const key = { name: 'x', role: 'firm-responsible', firmId: id, scopes: ['read', 'write'] };
    return { id, key: created(await api.post('/keys', key)).secret };
  };
  const audit = async (key: string) => {
    const { body } = await api.get(`/audit?limit=200&thing=${worker}`, key);
    return (body as { items: Entry[] }).items;
  };

  beforeEach(async () => {
    api = await openAdminApi();
    [former, present] = [await firmWithKey(), await firmWithKey()];
    worker = (
      await api.worker(former.id, {
        hiredOn: '2026-01-01',
        insuranceHistory: [
          { from: '2026-01-01', to: '2026-11-19', value: { health: { joined: true, numberLast4: '4711' } } },
        ],
      })
    ).id;
  });
  afterEach(() => api.close());

  const changeEmployer = async () =>
    created(await api.post(`/workers/${worker}/employments`, { firmId: present.id, from: '2026-11-20' }));

  it('is not in the present one’s audit, and the change is in that of both', async () => {
    await changeEmployer();
    await api.patch(`/workers/${worker}`, { level: 2 });
    const seen = await audit(present.key);
    expect(seen.map(({ what }) => what)).to.deep.equal(['patch /workers/{id}', 'post /workers/{id}/employments']);
    const shown = JSON.stringify(seen);
    for (const hidden of [former.id, '2026-01-01', '4711']) expect(shown).to.not.include(hidden);
    expect(seen[1]?.before?.['employerId']).to.equal(null);
    expect(seen[1]?.after).to.include({ employerId: present.id });
    const [left, began] = await audit(former.key);
    expect([left?.what, began?.what]).to.deep.equal(['post /workers/{id}/employments', 'post /workers']);
    expect(JSON.stringify([left, began]))
      .to.include('4711')
      .and.not.include(present.id);
    expect(left?.after?.['employments']).to.deep.equal([{ firmId: former.id, from: '2026-01-01', to: '2026-11-19' }]);
  });

  it('keeps its insurances when the present one states those of its own time', async () => {
    const histories = async (key?: string) => {
      const { body } = await api.get(`/workers/${worker}`, key);
      return (body as { insuranceHistory?: { from: string }[] }).insuranceHistory?.map(({ from }) => from);
    };
    api.time.now = new Date('2026-11-25T08:00:00+09:00');
    await changeEmployer();
    const own = [{ from: '2026-11-20', value: { pension: { joined: true } } }];
    for (const insuranceHistory of [own, [], own]) {
      const { status } = await api.patch(`/workers/${worker}`, { insuranceHistory }, present.key);
      expect(status).to.equal(200);
    }
    expect(await histories(present.key)).to.deep.equal(['2026-11-20']);
    expect(await histories()).to.deep.equal(['2026-01-01', '2026-11-20']);
    await api.patch(`/workers/${worker}`, { insuranceHistory: own });
    expect(await histories()).to.deep.equal(['2026-11-20']);
  });

  it('took its copies of papers with it', async () => {
    const attach = async (key: string) => {
      const paper = Buffer.from('%PDF-1.7');
      const sent = api.send('post', `/workers/${worker}/insurance-copies`, key).field('insurance', 'health');
      return created(await sent.attach('file', paper, 'card.pdf')).id;
    };
    api.time.now = new Date('2026-11-10T08:00:00+09:00');
    const old = await attach(former.key);
    api.time.now = new Date('2026-11-25T08:00:00+09:00');
    await changeEmployer();
    const own = await attach(present.key);
    const path = `/workers/${worker}/insurance-copies`;
    const { body } = await api.get(`/workers/${worker}`, present.key);
    expect((body as { insuranceCopies: { id: string }[] }).insuranceCopies.map(({ id }) => id)).to.deep.equal([own]);
    expectProblem(await api.get(`${path}/${old}`, present.key), 404, 'not-found');
    expectProblem(await api.send('delete', `${path}/${old}`, present.key), 404, 'not-found');
    expect((await api.get(`${path}/${own}`, present.key)).status).to.equal(200);
    expect((await api.get(`${path}/${old}`)).status).to.equal(200);
  });
});
