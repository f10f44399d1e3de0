import { expect } from 'chai';
import type { Response } from 'supertest';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

interface Application {
  readonly id: string;
  readonly state: string;
  readonly missing: readonly string[];
}

const PAPERS = ['agent-application', 'privacy', 'terms'];
const shown = ({ body }: Response) => body as Application;

describe('an application by an agent (R-139)', () => {
  let api: AdminApi;
  let agent: { id: string };
  let employer: { id: string };
  let worker: { id: string };
  let serial = 900;
  before(async () => {
    api = await openAdminApi();
    agent = await api.firm({ name: '代行', ccusId: buildCcusId('firm', ++serial) });
    employer = await api.firm({ name: '所属', ccusId: buildCcusId('firm', ++serial) });
    worker = await api.worker(employer.id);
  });
  after(() => api.close());

  const keyOf = async (fields: object) => {
    const scopes = ['read', 'write'];
    const body = { name: 'x', role: 'firm-responsible', scopes, ...fields };
    return ((await api.post('/keys', body)).body as { secret: string }).secret;
  };
  const open = (subject: object, agentFirmId = agent.id) => api.post('/agent-applications', { agentFirmId, subject });
  const put = (id: string, what: string, body: object, key?: string) =>
    api.send('put', `/agent-applications/${id}/${what}`, key).send(body);
  const act = (id: string, what: string, key?: string) => api.send('post', `/agent-applications/${id}/${what}`, key);

  it('for a worker of another firm waits for his papers and for his employer, each giving his own word', async () => {
    const { id } = created(await open({ workerId: worker.id }));
    const [theirs, his, own] = [
      await keyOf({ firmId: employer.id }),
      await keyOf({ role: 'worker', workerId: worker.id }),
      await keyOf({ firmId: agent.id }),
    ];
    const missing = async () => shown(await api.get(`/agent-applications/${id}`, own)).missing;
    expect(await missing()).to.deep.equal([...PAPERS.map((paper) => `subject: ${paper}`), 'employer']);
    expectProblem(await act(id, 'submit', own), 409, 'consent-missing');
    expectProblem(await put(id, 'consent', { papers: PAPERS, consent: true }, own), 403, 'not-allowed');
    expectProblem(await put(id, 'consent', { papers: PAPERS, consent: true }, theirs), 403, 'not-allowed');
    expectProblem(await put(id, 'employer-consent', { consent: true }, own), 403, 'not-allowed');
    expect((await put(id, 'consent', { papers: PAPERS, consent: true }, his)).status).to.equal(200);
    expect(await missing()).to.deep.equal(['employer']);
    expectProblem(await act(id, 'submit', own), 409, 'consent-missing');
    expect((await put(id, 'employer-consent', { consent: true }, theirs)).status).to.equal(200);
    expect((await put(id, 'consent', { papers: ['privacy'], consent: false }, his)).status).to.equal(200);
    expect(await missing()).to.deep.equal(['subject: privacy']);
    expect((await put(id, 'consent', { papers: ['privacy'], consent: true }, his)).status).to.equal(200);
    expectProblem(await act(id, 'submit', theirs), 403, 'not-allowed');
    expect(shown(await act(id, 'submit', own))).to.include({ state: 'submitted' });
    expectProblem(await put(id, 'consent', { papers: PAPERS, consent: false }, his), 409, 'already-decided');
  });

  it('by the employer needs the worker alone; for a firm its representative signs', async () => {
    const own = created(await open({ workerId: worker.id }, employer.id));
    expect(shown(await put(own.id, 'consent', { papers: PAPERS, consent: true })).missing).to.deep.equal([]);
    expect(shown(await act(own.id, 'submit'))).to.include({ state: 'submitted' });
    const { id } = created(await open({ firmId: employer.id }));
    const officer = await keyOf({ role: 'registration-officer', firmId: employer.id });
    expectProblem(await put(id, 'consent', { papers: PAPERS, consent: true }, officer), 403, 'not-allowed');
    const representative = await keyOf({ firmId: employer.id });
    expect(shown(await put(id, 'consent', { papers: PAPERS, consent: true }, representative)).missing).to.deep.equal(
      [],
    );
    expect(shown(await act(id, 'withdraw')).state).to.equal('withdrawn');
    expectProblem(await act(id, 'submit'), 409, 'already-decided');
  });

  it('needs an agent with an id of the registry, and is seen by nobody else', async () => {
    const nameless = await api.firm({ name: '無番' });
    expectProblem(await open({ workerId: worker.id }, nameless.id), 422, 'agent-without-id');
    expectProblem(await open({ workerId: 'wrk_none0000' }), 422, 'unknown-worker');
    const { id } = created(await open({ firmId: employer.id }));
    const stranger = await keyOf({ firmId: (await api.firm({ ccusId: buildCcusId('firm', ++serial) })).id });
    expectProblem(await api.get(`/agent-applications/${id}`, stranger), 404, 'not-found');
    expect((await api.get('/agent-applications', stranger)).body).to.deep.include({ items: [] });
    // A stranger cannot file for people and firms of whom he does not know.
    const theirs = { agentFirmId: agent.id, subject: { workerId: worker.id } };
    expectProblem(await api.post('/agent-applications', theirs, stranger), 422, 'unknown-firm');
  });
});
