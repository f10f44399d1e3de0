import { expect } from 'chai';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

describe('the workers of the admin API', () => {
  let api: AdminApi;
  let firm: string;
  let other: string;
  beforeEach(() => {
    api.time.now = new Date('2026-11-20T09:00:00+09:00');
  });
  before(async () => {
    api = await openAdminApi();
    firm = (await api.firm()).id;
    other = (await api.firm({ name: '別工業', kana: 'ベツコウギョウ' })).id;
  });
  after(() => api.close());

  it('answer a created worker whole: code given out, employed from today, defaults filled in', async () => {
    const worker = await api.worker(firm, { jobTypes: ['34-01'] });
    expect(worker.workerCode).to.match(/^\d{6}$/);
    expect(worker).to.deep.include({
      employerId: firm,
      hasPin: false,
      language: 'ja',
      alwaysSpeak: false,
      warnings: [],
    });
    expect(worker.employments).to.deep.equal([{ firmId: firm, from: '2026-11-20' }]);
    expect((await api.get(`/workers/${worker.id}`)).body).to.deep.equal(worker);
    expect((await api.registers.workers.findByCode(worker.workerCode))?.id).to.equal(worker.id);
  });

  it('take a job type that the catalogue does not have, with a warning', async () => {
    const worker = await api.worker(firm, { jobTypes: ['34-01', '99-99'] });
    expect(worker.warnings).to.have.length(1);
    expect(worker.warnings[0]).to.include({ pointer: '/jobTypes/1', code: 'code-unknown' });
  });

  it('need an employer, and one that exists (R-101)', async () => {
    const person = { name: '見本 花子', kana: 'ミホン ハナコ' };
    expectProblem(await api.post('/workers', person), 400, 'input-invalid');
    expectProblem(await api.post('/workers', { ...person, employerId: null }), 400, 'input-invalid');
    expectProblem(await api.post('/workers', { ...person, employerId: 'frm_0000' }), 422, 'unknown-firm');
  });

  it('move to another firm on the business day (D-31)', async () => {
    const worker = await api.worker(firm);
    api.time.now = new Date('2026-12-01T00:30:00+09:00');
    const moved = await api.patch(`/workers/${worker.id}`, { employerId: other });
    expect(moved.body.employerId).to.equal(other);
    expect(moved.body.employments).to.deep.equal([
      { firmId: firm, from: '2026-11-20', to: '2026-11-30' },
      { firmId: other, from: '2026-12-01' },
    ]);
    expectProblem(await api.patch(`/workers/${worker.id}`, { employerId: 'frm_0000' }), 422, 'unknown-firm');
  });

  it('leave: employer, telephones and code end with that day', async () => {
    const worker = await api.worker(firm);
    const mate = await api.worker(firm);
    const own = await api.phone(worker.id, '090-1111-0001');
    const shared = created(
      await api.post('/phones', { number: '03-3333-0001', workerIds: [worker.id, mate.id], validFrom: '2026-01-01' }),
    );
    const left = await api.post(`/workers/${worker.id}/leave`, { on: '2026-11-19' });
    expect(left.status).to.equal(200);
    expect(left.body).to.include({ employerId: null, hasPin: false });
    expect(left.body.employments).to.deep.equal([{ firmId: firm, from: '2026-11-19', to: '2026-11-19' }]);
    expect((await api.get(`/phones/${own.id}`)).body.validTo).to.equal('2026-11-19');
    expect((await api.get(`/phones/${shared.id}`)).body.workerIds).to.deep.equal([mate.id]);
    expect(await api.registers.workers.findByCode(worker.workerCode)).to.equal(undefined);
    const again = await api.send('post', `/workers/${worker.id}/leave`);
    expect(again.body).to.deep.equal(left.body);
  });

  it('do not leave who are not there', async () => {
    expectProblem(await api.post('/workers/wrk_nobody/leave', {}), 404, 'not-found');
  });

  it('leave by an employer of null, and come back with the code they had', async () => {
    const worker = await api.worker(firm);
    const phone = await api.phone(worker.id, '090-1111-0002');
    await api.patch(`/workers/${worker.id}`, { employerId: null });
    expect((await api.get(`/phones/${phone.id}`)).body.validTo).to.equal('2026-11-20');
    api.time.now = new Date('2026-11-25T08:00:00+09:00');
    const back = await api.patch(`/workers/${worker.id}`, { employerId: other });
    expect(back.body.workerCode).to.equal(worker.workerCode);
    expect((await api.registers.workers.findByCode(worker.workerCode))?.id).to.equal(worker.id);
    expect(back.body.employments).to.deep.equal([
      { firmId: firm, from: '2026-11-20', to: '2026-11-20' },
      { firmId: other, from: '2026-11-25' },
    ]);
  });

  it('are as they were before when an employer of null is taken back', async () => {
    const worker = await api.worker(firm);
    const phone = await api.phone(worker.id, '090-1111-0009');
    const before = (await api.get(`/workers/${worker.id}`)).body as object;
    await api.patch(`/workers/${worker.id}`, { employerId: null });
    const back = await api.send('delete', `/workers/${worker.id}/leave`);
    expect(back.body, back.text).to.deep.equal(before);
    expect((await api.get(`/phones/${phone.id}`)).body).to.deep.equal(phone);
  });

  it('list employments and take earlier ones that do not overlap', async () => {
    const { id } = await api.worker(firm);
    created(await api.post(`/workers/${id}/employments`, { firmId: other, from: '2020-04-01', to: '2021-03-31' }));
    const overlapping = { firmId: firm, from: '2021-03-31', to: '2021-05-01' };
    expectProblem(await api.post(`/workers/${id}/employments`, overlapping), 409, 'employment-overlaps');
    const reversed = { firmId: firm, from: '2022-03-31', to: '2022-03-01' };
    expectProblem(await api.post(`/workers/${id}/employments`, reversed), 422, 'period-reversed');
    const again = { firmId: firm, from: '2027-01-01' };
    expectProblem(await api.post(`/workers/${id}/employments`, again), 409, 'employment-overlaps');
    expect((await api.get(`/workers/${id}/employments`)).body.items).to.deep.equal([
      { firmId: other, from: '2020-04-01', to: '2021-03-31' },
      { firmId: firm, from: '2026-11-20' },
    ]);
    expect((await api.get(`/workers/${id}`)).body.employerId).to.equal(firm);
  });

  it('take a lasting employment as the new employer', async () => {
    const { id } = await api.worker(firm);
    api.time.now = new Date('2026-11-28T09:00:00+09:00');
    created(await api.post(`/workers/${id}/employments`, { firmId: other, from: '2026-11-27' }));
    const worker = (await api.get(`/workers/${id}`)).body;
    expect(worker.employerId).to.equal(other);
    expect(worker.employments[0]).to.deep.equal({ firmId: firm, from: '2026-11-20', to: '2026-11-26' });
  });

  it('are listed by employer', async () => {
    const lone = (await api.firm()).id;
    const worker = await api.worker(lone);
    const list = (await api.get(`/workers?employerId=${lone}`)).body;
    expect(list).to.deep.equal({ items: [worker], nextCursor: null });
  });
});
