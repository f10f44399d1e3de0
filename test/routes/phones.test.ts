import { expect } from 'chai';
import { type AdminApi, created, expectProblem, listOf, openAdminApi } from '../support/admin-api.ts';

describe('the telephones of the admin API', () => {
  let api: AdminApi;
  let firm: string;
  let worker: string;
  let mate: string;
  let serial = 1000;
  const newNumber = () => `090-2222-${serial++}`;
  beforeEach(() => {
    api.time.now = new Date('2026-11-20T09:00:00+09:00');
  });
  before(async () => {
    api = await openAdminApi();
    firm = (await api.firm()).id;
    worker = (await api.worker(firm)).id;
    mate = (await api.worker(firm)).id;
  });
  after(() => api.close());

  it('answer a created registration whole, the number in E.164', async () => {
    const phone = await api.phone(worker, '０９０ー１２３４ー５６７８', { jobType: '34-01', position: 'FOREMAN' });
    expect(phone).to.deep.include({
      number: '+819012345678',
      workerIds: [worker],
      shared: false,
      groupCall: false,
      upperFirms: [],
      standingConsent: false,
      validFrom: '2026-01-01',
      warnings: [],
    });
    expect((await api.get(`/phones/${phone.id}`)).body).to.deep.equal(phone);
  });

  it('are listed masked, and shown masked to an auditor', async () => {
    const phone = await api.phone(worker, newNumber());
    const list = (await api.get(`/phones?workerId=${worker}`)).text;
    expect(list).to.contain(phone.id).and.not.contain(phone.number.slice(3));
    const auditor = created(await api.post('/keys', { name: '監査', role: 'auditor', scopes: ['read'] })).secret;
    const shown = (await api.get(`/phones/${phone.id}`, auditor)).body.number;
    expect(shown).to.match(/^\+81\*+\d\d$/);
  });

  it('stand in the database without the number', async () => {
    const phone = await api.phone(worker, newNumber());
    const docs = JSON.stringify(await api.connection.db?.collection('phoneNumbers').find().toArray());
    expect(docs).not.to.contain(phone.number.slice(3));
  });

  it('refuse sentinels, impossible numbers and numbers nobody calls from', async () => {
    const body = { workerIds: [worker], validFrom: '2026-01-01' };
    expectProblem(await api.post('/phones', { ...body, number: '+266696687' }), 422, 'number-withheld-sentinel');
    expectProblem(await api.post('/phones', { ...body, number: '090-1' }), 422, 'number-impossible');
    expectProblem(await api.post('/phones', { ...body, number: '0120-444-444' }), 422, 'number-not-personal');
  });

  it('refuse a worker without employer and what does not exist (R-101)', async () => {
    const gone = (await api.worker(firm)).id;
    await api.post(`/workers/${gone}/leave`, {});
    const body = { number: newNumber(), validFrom: '2026-01-01' };
    expectProblem(await api.post('/phones', { ...body, workerIds: [gone] }), 422, 'worker-without-employer');
    expectProblem(await api.post('/phones', { ...body, workerIds: ['wrk_0000'] }), 422, 'unknown-worker');
    const upper = { ...body, workerIds: [worker], upperFirmId: 'frm_0000' };
    expectProblem(await api.post('/phones', upper), 422, 'unknown-firm');
    const upperFirms = [{ siteId: 'sit_0000', firmId: firm }];
    expectProblem(await api.post('/phones', { ...body, workerIds: [worker], upperFirms }), 422, 'unknown-site');
    expectProblem(await api.post('/phones', { ...body, workerIds: [] }), 400, 'input-invalid');
    expectProblem(await api.post('/phones', { ...body, workerIds: [worker, worker] }), 400, 'input-invalid');
  });

  it('have one holder at a time unless both are shared (R-102)', async () => {
    const number = newNumber();
    await api.phone(worker, number, { validTo: '2026-06-30' });
    const overlapping = { number, workerIds: [mate], validFrom: '2026-06-30' };
    expectProblem(await api.post('/phones', overlapping), 409, 'number-taken');
    expectProblem(await api.post('/phones', { ...overlapping, shared: true }), 409, 'number-taken');
    expectProblem(await api.post('/phones', { ...overlapping, workerIds: [worker] }), 409, 'number-registered');
    await api.phone(mate, number, { validFrom: '2026-07-01' });
  });

  it('may be shared by several, said at once or one after the other', async () => {
    const number = newNumber();
    const body = { number, validFrom: '2026-01-01' };
    expectProblem(
      await api.post('/phones', { ...body, workerIds: [worker, mate], shared: false }),
      422,
      'shared-needed',
    );
    const together = created(await api.post('/phones', { ...body, workerIds: [worker, mate] }));
    expect(together.shared).to.equal(true);
    const third = (await api.worker(firm)).id;
    await api.phone(third, number, { shared: true });
  });

  it('let one of several simultaneous registrations of a number win', async () => {
    const number = newNumber();
    const bodies = [worker, mate].flatMap((id) =>
      Array.from({ length: 4 }, () => ({ number, workerIds: [id], validFrom: '2026-01-01' })),
    );
    const answers = await Promise.all(bodies.map((body) => api.post('/phones', body)));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 409)).to.have.length(7);
    for (const answer of answers) {
      if (answer.status !== 201) expect(answer.body.code).to.be.oneOf(['number-taken', 'number-registered']);
    }
  });

  it('let all simultaneous registrations of a shared number in', async () => {
    const number = newNumber();
    const people = await Promise.all(Array.from({ length: 5 }, () => api.worker(firm)));
    const phones = await Promise.all(people.map(({ id }) => api.phone(id, number, { shared: true })));
    expect(new Set(phones.map(({ id }) => id))).to.have.property('size', 5);
  });

  it('change dates, work and consent, but not into the days of another holder', async () => {
    const number = newNumber();
    const first = await api.phone(worker, number, { validTo: '2026-06-30', jobType: '34-01' });
    await api.phone(mate, number, { validFrom: '2026-07-01' });
    const change = { jobType: null, position: 'FOREMAN', standingConsent: true, upperFirmId: firm };
    const changed = (await api.patch(`/phones/${first.id}`, change)).body;
    expect(changed).to.include({ position: 'FOREMAN', standingConsent: true, upperFirmId: firm, number: first.number });
    expect(changed).not.to.have.property('jobType');
    expectProblem(await api.patch(`/phones/${first.id}`, { validTo: '2026-07-01' }), 409, 'number-taken');
    expectProblem(await api.patch(`/phones/${first.id}`, { validTo: null }), 409, 'number-taken');
    expectProblem(await api.patch(`/phones/${first.id}`, { validFrom: '2026-07-01' }), 422, 'period-reversed');
    expectProblem(await api.patch(`/phones/${first.id}`, { workerIds: [mate] }), 400, 'input-invalid');
    expectProblem(await api.patch(`/phones/${first.id}`, { position: 'x' }).set('If-Match', '"old"'), 412, 'stale');
  });

  it('end yesterday when they held before, and are removed when they never did', async () => {
    const held = await api.phone(worker, newNumber());
    expect((await api.send('delete', `/phones/${held.id}`)).status).to.equal(204);
    expect((await api.get(`/phones/${held.id}`)).body.validTo).to.equal('2026-11-19');
    expect((await api.send('delete', `/phones/${held.id}`)).status).to.equal(204);
    const number = newNumber();
    const fresh = await api.phone(worker, number, { validFrom: '2026-11-20' });
    expect((await api.send('delete', `/phones/${fresh.id}`)).status).to.equal(204);
    expectProblem(await api.get(`/phones/${fresh.id}`), 404, 'not-found');
    const next = await api.phone(mate, number, { validFrom: '2026-11-20' });
    expect(next.id).not.to.equal(fresh.id);
    expectProblem(await api.send('delete', `/phones/${fresh.id}`), 404, 'not-found');
  });

  it('are listed page by page, each once, also several of one number', async () => {
    const number = newNumber();
    for (const id of [worker, mate]) await api.phone(id, number, { shared: true });
    const all = listOf(await api.get('/phones?limit=200')).ids;
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { ids, nextCursor } = listOf(await api.get(`/phones?limit=1${cursor}`));
      seen.push(...ids);
      if (nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    expect(seen).to.deep.equal(all);
    expect(new Set(seen).size).to.equal(seen.length);
  });
});
