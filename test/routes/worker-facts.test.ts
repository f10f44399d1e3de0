import { expect } from 'chai';
import { type AdminApi, created, expectProblem, openAdminApi } from '../support/admin-api.ts';

/** What the tests read of a worker. */
interface Shown {
  readonly [field: string]: unknown;
  readonly hiredOn: string;
  readonly employments: readonly object[];
  readonly insuranceHistory: readonly object[];
  readonly insuranceReason: { readonly reason: string; readonly by: string };
  readonly insuranceCheck: { readonly gaps: readonly object[] };
}

const PDF = Buffer.from('%PDF-1.7 a copy');

describe('what is on file about a worker', () => {
  let api: AdminApi;
  let firm: string;
  let other: string;
  before(async () => {
    api = await openAdminApi();
    firm = (await api.firm()).id;
    other = (await api.firm({ name: '別工業', kana: 'ベツコウギョウ' })).id;
  });
  after(() => api.close());

  const read = async (id: string, query = '') => (await api.get(`/workers/${id}${query}`)).body as Shown;
  const change = async (id: string, body: object) => {
    const answer = await api.patch(`/workers/${id}`, body);
    expect(answer.status, answer.text).to.equal(200);
    return answer.body as Shown;
  };
  const pointers = (answer: Parameters<typeof expectProblem>[0]) =>
    expectProblem(answer, 400, 'input-invalid').errors?.map(({ pointer, code }) => `${pointer} ${code}`);
  const attach = (id: string, insurance: string, bytes = PDF, key?: string) =>
    api
      .send('post', `/workers/${id}/insurance-copies`, key)
      .field('insurance', insurance)
      .attach('file', bytes, 'copy.pdf');

  it('takes every field of a person and answers it', async () => {
    const body = {
      aliases: [{ kind: 'former-surname', name: '旧見本 太郎', kana: 'キュウミホン タロウ' }],
      ...{ birthDate: '1985-04-01', sex: 'male', address: '見本県見本市', nationality: 'JP', phone: '090-9876-0001' },
      ...{ email: 'worker@example.jp', contactIsFirms: true, emergencyAddress: '同上', emergencyTel: '03-9876-0001' },
      ...{
        bloodType: 'AB',
        generalHealthCheckOn: '2026-05-01',
        specialHealthCheck: { kind: 'じん肺', on: '2026-05-02' },
      },
      ...{ registrationKind: 'detailed', level: 3, cardValidUntil: '2031-03-31' },
      qualifications: [
        { kind: 'skilled-worker', name: '一級建築大工技能士', number: 'A-1', obtainedOn: '2015-03-31' },
        { kind: 'skill-training', name: '足場の組立て等作業主任者' },
      ],
      ...{ kentaikyo: 'joined', chutaikyo: false, specialAccidentInsurance: false, hiredOn: '2020-04-01' },
    };
    const worker = await api.worker(firm, body);
    expect(worker).to.deep.include(body);
    expect(worker.warnings).to.deep.equal([]);
    expect(worker.employments).to.deep.equal([{ firmId: firm, from: '2020-04-01' }]);
    expect(await read(worker.id)).to.deep.equal(worker);
    const cleared = await change(worker.id, { birthDate: null, aliases: null, qualifications: null, level: null });
    expect(cleared).not.to.have.any.keys('birthDate', 'level');
    expect(cleared).to.deep.include({ aliases: [], qualifications: [] });
  });

  it('has up to four job types, to the minor code', async () => {
    const four = ['34-01', '34-03', '36-01', '36-02'];
    expect(await api.worker(firm, { jobTypes: four })).to.deep.include({ jobTypes: four, warnings: [] });
    const person = { name: '見本', kana: 'ミホン', employerId: firm };
    expect(pointers(await api.post('/workers', { ...person, jobTypes: [...four, '01-01'] }))).to.deep.equal([
      '/jobTypes too-long',
    ]);
    const coarse = await api.worker(firm, { jobTypes: ['34'] });
    expect(coarse.warnings.map(({ code, pointer }) => `${pointer} ${code}`)).to.deep.equal([
      '/jobTypes/0 job-type-major-only',
    ]);
  });

  it('refuses what cannot be, naming each place', async () => {
    const answer = await api.post('/workers', {
      ...{ name: '見本', kana: 'ミホン', employerId: firm, level: 5, nationality: 'japan', email: 'nobody', sex: 'x' },
      qualifications: [{ kind: 'licence', name: 'a', obtainedOn: '2026-01-02', expiresOn: '2026-01-01' }],
      insurance: { health: { joined: true, numberLast4: '12345' } },
    });
    expect(pointers(answer)).to.have.members([
      '/level too-long',
      '/nationality format',
      '/email format',
      '/sex not-one-of',
      '/qualifications/0/expiresOn period-reversed',
      '/insurance/health/numberLast4 format',
    ]);
  });

  it('was born and hired by today, and has each job type once', async () => {
    const { id } = await api.worker(firm);
    // Hired by his own employer, that is: by another one he may be hired for a day to come.
    for (const field of ['birthDate', 'hiredOn'])
      expectProblem(await api.patch(`/workers/${id}`, { [field]: '2031-01-01' }), 422, 'day-in-future');
    const born = { name: '未来 生', kana: 'ミライ ウマレ', employerId: firm, birthDate: '2031-01-01' };
    expectProblem(await api.post('/workers', born), 422, 'day-in-future');
    expect(pointers(await api.patch(`/workers/${id}`, { jobTypes: ['01-01', '01-01'] }))).to.deep.equal([
      '/jobTypes duplicate',
    ]);
  });

  it('warns of a card and a qualification that end', async () => {
    const qualifications = [{ kind: 'licence', name: '移動式クレーン', expiresOn: '2027-01-10' }];
    const worker = await api.worker(firm, { cardValidUntil: '2026-11-19', qualifications });
    expect(worker.warnings.map(({ code }) => code)).to.deep.equal(['card-expired', 'qualification-expires']);
  });

  it('moves the beginning of an employment to the day he was hired', async () => {
    const { id } = await api.worker(firm);
    created(await api.post(`/workers/${id}/employments`, { firmId: other, from: '2018-04-01', to: '2019-03-31' }));
    const hired = await change(id, { hiredOn: '2019-04-01' });
    expect(hired.hiredOn).to.equal('2019-04-01');
    expect(hired.employments).to.deep.equal([
      { firmId: other, from: '2018-04-01', to: '2019-03-31' },
      { firmId: firm, from: '2019-04-01' },
    ]);
    expectProblem(await api.patch(`/workers/${id}`, { hiredOn: '2019-03-31' }), 409, 'employment-overlaps');
    expectProblem(await api.patch(`/workers/${id}`, { hiredOn: '2026-11-21' }), 422, 'day-in-future');
    const moved = await change(id, { employerId: other, hiredOn: '2026-10-01' });
    expect(moved.employments.at(-1)).to.deep.equal({ firmId: other, from: '2026-10-01' });
    expect(await change(id, { employerId: null })).not.to.have.property('hiredOn');
  });

  it('has the employer of a day, of which a firm hears only where it is that firm (D-31, R-136)', async () => {
    const { id } = await api.worker(firm);
    created(await api.post(`/workers/${id}/employments`, { firmId: other, from: '2018-04-01', to: '2019-03-31' }));
    expect((await read(id))['employerId']).to.equal(firm);
    expect((await read(id, '?on=2018-04-01'))['employerId']).to.equal(other);
    expect((await read(id, '?on=2019-04-01'))['employerId']).to.equal(null);
    const key = created(
      await api.post('/keys', { name: 'x', role: 'firm-responsible', firmId: firm, scopes: ['read'] }),
    );
    const seen = (await api.get(`/workers/${id}?on=2018-04-01`, key.secret)).body as Shown;
    expect(seen['employerId']).to.equal(null);
  });

  it('has the insurances of a day, and says whether they are confirmed (PR-060, PR-061)', async () => {
    const ccus = { joined: true, kind: 'HEALTH_KYOKAI_KENPO', numberLast4: '9012', evidence: 'ccus' };
    const { id } = await api.worker(firm, { insurance: { health: ccus, pension: ccus }, changesFrom: '2026-01-01' });
    expect((await read(id)).insuranceCheck).to.deep.equal({
      ...{ confirmed: false, flagged: true, ccusLinked: false },
      gaps: [{ insurance: 'employment', why: 'unknown' }],
    });
    const whole = await change(id, { insurance: { employment: ccus }, changesFrom: '2026-11-01' });
    expect(whole.insuranceCheck).to.include({ confirmed: true, ccusLinked: true });
    expect((await read(id, '?on=2026-10-31')).insuranceCheck).to.include({ confirmed: false });
    expect((await read(id, '?on=2025-12-31'))['insurance']).to.deep.equal({});
  });

  it('confirms evidence on paper by its copy, which is kept as it came (PR-060)', async () => {
    const ccus = { joined: true, evidence: 'ccus' };
    const insurance = { health: { joined: true, evidence: 'paper' }, pension: ccus, employment: ccus };
    const { id } = await api.worker(firm, { insurance });
    const before = (await read(id)).insuranceCheck;
    expect(before.gaps).to.deep.equal([{ insurance: 'health', why: 'no-copy' }]);
    const copy = created(await attach(id, 'health'));
    expect(copy).to.deep.include({ insurance: 'health', contentType: 'application/pdf', bytes: PDF.length });
    const after = await read(id);
    expect(after.insuranceCheck).to.include({ confirmed: true });
    expect(after['insuranceCopies']).to.deep.equal([copy]);
    const file = await api.get(`/workers/${id}/insurance-copies/${copy.id}`).buffer(true);
    expect(file.headers['content-type']).to.match(/^application\/pdf/);
    expect(Buffer.from(file.body as Uint8Array).equals(PDF)).to.equal(true);
    expect((await api.send('delete', `/workers/${id}/insurance-copies/${copy.id}`)).status).to.equal(204);
    expectProblem(await api.get(`/workers/${id}/insurance-copies/${copy.id}`), 404, 'not-found');
    expect((await read(id)).insuranceCheck).to.include({ confirmed: false });
  });

  it('takes nothing that is no copy of a paper', async () => {
    const { id } = await api.worker(firm);
    expectProblem(await attach(id, 'health', Buffer.from('MZ a program')), 422, 'paper-unknown');
    expectProblem(await attach(id, 'fire'), 400, 'input-invalid');
    expectProblem(await attach('wrk_nobody', 'health'), 404, 'not-found');
    expectProblem(
      await api.send('post', `/workers/${id}/insurance-copies`).field('insurance', 'health'),
      400,
      'file-missing',
    );
  });

  it('keeps a special reason with who gave it, and lifts the flag (PR-062)', async () => {
    const { id } = await api.worker(firm);
    expect((await read(id)).insuranceCheck).to.include({ flagged: true });
    const told = await change(id, { insuranceReason: '切替の手続き中' });
    expect(told.insuranceReason).to.include({ reason: '切替の手続き中', on: '2026-11-20' });
    expect(told.insuranceReason.by).to.be.a('string');
    expect(told.insuranceCheck).to.include({ confirmed: false, flagged: false });
    expect((await change(id, { insuranceReason: null })).insuranceCheck).to.include({ flagged: true });
  });

  it('hides the insurances of earlier employments from the present employer (R-136)', async () => {
    const one = { joined: true, evidence: 'ccus' };
    const { id } = await api.worker(firm, {
      hiredOn: '2026-01-01',
      insurance: { health: one },
      changesFrom: '2026-01-01',
    });
    await change(id, {
      employerId: other,
      hiredOn: '2026-10-01',
      insuranceHistory: [
        { from: '2026-01-01', to: '2026-09-30', value: { health: one } },
        { from: '2026-10-01', value: { pension: one } },
      ],
    });
    const { secret } = created(
      await api.post('/keys', { name: 'k', role: 'firm-responsible', firmId: other, scopes: ['read'] }),
    );
    expect((await api.get(`/workers/${id}`, secret)).body.insuranceHistory).to.have.length(1);
    expect((await read(id)).insuranceHistory).to.have.length(2);
  });

  it('says how far he is with the registry (F-01)', async () => {
    const person = { name: '見本', kana: 'ミホン', employerId: firm };
    const planned = { registrationState: 'planned', registrationPlannedOn: '2027-01-15' };
    const worker = created(await api.post('/workers', { ...person, ...planned, registrationSource: '新規入場調査' }));
    expect(worker).to.deep.include(planned);
    expect(await read(worker.id, '?on=2026-11-20')).to.deep.include(planned);
    expect(await change(worker.id, { registrationState: 'refused' })).to.include({ registrationState: 'refused' });
  });
});
