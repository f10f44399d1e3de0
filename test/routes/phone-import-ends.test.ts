import { expect } from 'chai';
import { created, expectProblem } from '../support/admin-api.ts';
import { HEADINGS, type ListOffice, openListOffice } from '../support/list-office.ts';

const line = (place: number, more: Readonly<Record<string, string>> = {}) => {
  const cells = { shared: 'いいえ', job: '34-01', consent: 'はい', from: '2026-11-01', ...more };
  const number = `090-5678-${String(place).padStart(4, '0')}`;
  return (
    `見本工業株式会社,ミホンコウギョウ,,試験${place}郎,シケン${place}ロウ,,${number},` +
    `${cells.shared},${cells.job},FOREMAN,,${cells.consent},${cells.from},`
  );
};
const listOf = (...lines: readonly string[]) => [HEADINGS, ...lines, ''].join('\r\n');

describe('the end of an import', () => {
  let office: ListOffice;
  beforeEach(async () => {
    office = await openListOffice();
  });
  afterEach(() => office.close());

  const post = (path: string) => office.send('post', path);
  const count = async (path: string) => ((await office.send('get', path)).body.items as unknown[]).length;
  const items = async (path: string) =>
    (await office.send('get', path)).body.items as readonly { readonly id: string; readonly name: string }[];
  async function commit(...lines: readonly string[]): Promise<string> {
    const { id } = created(await office.upload(listOf(...lines)));
    const done = await post(`/phones/imports/${id}/commit`);
    expect(done.status, done.text).to.equal(200);
    return id;
  }

  it('is undone while nobody has used it: what was made goes, what was changed is as before', async () => {
    await commit(line(1));
    const [before] = (await office.send('get', '/phones')).body.items;
    const id = await commit(line(1, { job: '10-01', consent: 'いいえ' }), line(2));
    expect(await count('/workers')).to.equal(2);
    const undone = await post(`/phones/imports/${id}/undo`);
    expect(undone.body, undone.text).to.deep.equal({ created: 1, updated: 1, unchanged: 0 });
    expect((await office.send('get', '/phones')).body.items).to.deep.equal([before]);
    expect(await count('/workers')).to.equal(1);
    expect(await count('/firms')).to.equal(1);
    expect((await post(`/phones/imports/${id}/undo`)).body).to.deep.equal({ created: 0, updated: 0, unchanged: 0 });
    expectProblem(await post(`/phones/imports/${id}/commit`), 409, 'import-over');
    expectProblem(await office.send('patch', `/phones/imports/${id}/rows/1`).send({ drop: true }), 409, 'import-over');
    await commit(line(2));
    expect(await count('/workers')).to.equal(2);
  });

  it('is written down for everybody whom it made, changed or took away, in the chain of his firm (PR-014)', async () => {
    interface Entry {
      readonly what: string;
      readonly chain: string;
      readonly thing: string;
    }
    const id = await commit(line(1), line(2));
    const [firm] = await items('/firms');
    const [first, second] = await items('/workers');
    const audit = async (worker: string | undefined): Promise<readonly Entry[]> =>
      ((await office.send('get', `/audit?thing=${String(worker)}`)).body.items as readonly Entry[]).filter(({ what }) =>
        what.startsWith('post /phones/imports'),
      );
    const made = { what: 'post /phones/imports/{id}/commit', chain: firm?.id, thing: id };
    for (const one of [first, second])
      expect((await audit(one?.id)).map(({ what, chain, thing }) => ({ what, chain, thing }))).to.deep.equal([made]);
    await post(`/phones/imports/${id}/undo`);
    const [undone, ...earlier] = await audit(second?.id);
    expect(undone).to.include({ what: 'post /phones/imports/{id}/undo', chain: firm?.id, thing: id });
    expect(earlier).to.have.length(1);
  });

  it('is not undone once somebody was called for, planned, edited or confirmed', async () => {
    const id = await commit(line(1), line(2));
    const [first] = await items('/workers');
    await office.send('patch', `/workers/${String(first?.id)}`).send({ alwaysSpeak: true });
    const refused = expectProblem(await post(`/phones/imports/${id}/undo`), 409, 'import-used');
    expect(refused.detail).to.match(/[12]/);
    expect(await count('/phones')).to.equal(2);

    const other = await commit(line(3));
    const third = (await items('/workers')).find(({ name }) => name === '試験3郎');
    await office.connection.collection('ledger').insertOne({ workerId: third?.id, at: new Date() });
    expectProblem(await post(`/phones/imports/${other}/undo`), 409, 'import-used');
  });

  it('is undone also when a later list named the same people, and changed nothing or was undone itself', async () => {
    const id = await commit(line(1, { job: '' }), line(2));
    await commit(line(1, { job: '' }), line(2));
    const ids = line(1, { job: '10-01', consent: 'いいえ' })
      .replace('コウギョウ,,', 'コウギョウ,12345678901422,')
      .replace('シケン1ロウ,,', 'シケン1ロウ,12345678902221,');
    const later = await commit(ids, line(2, { job: '10-01' }), line(3));
    expectProblem(await post(`/phones/imports/${id}/undo`), 409, 'import-used');
    expect((await post(`/phones/imports/${later}/undo`)).body).to.include({ created: 1, updated: 2 });
    const undone = await post(`/phones/imports/${id}/undo`);
    expect(undone.body, undone.text).to.deep.equal({ created: 2, updated: 0, unchanged: 0 });
    for (const path of ['/phones', '/workers', '/firms']) expect(await count(path), path).to.equal(0);
  });

  it('is not undone once a telephone was changed that it registered, unless that was put back', async () => {
    const id = await commit(line(1), line(2));
    const [phone] = await items('/phones');
    const change = (body: object) => office.send('patch', `/phones/${String(phone?.id)}`).send(body);
    expect((await change({ validTo: '2027-03-31' })).status).to.equal(200);
    expectProblem(await post(`/phones/imports/${id}/undo`), 409, 'import-used');
    expect((await change({ validTo: null })).status).to.equal(200);
    expect((await post(`/phones/imports/${id}/undo`)).body).to.include({ created: 2 });
    expect(await count('/phones')).to.equal(0);
  });

  it('is not undone once one of its people has become a site manager, and keeps a firm that has an account', async () => {
    const id = await commit(line(1));
    const [firm] = await items('/firms');
    const [worker] = await items('/workers');
    const sites = office.connection.collection<{ readonly siteManagerIds: readonly string[] }>('sites');
    const { insertedId } = await sites.insertOne({ siteManagerIds: [String(worker?.id)] });
    expectProblem(await post(`/phones/imports/${id}/undo`), 409, 'import-used');
    await sites.deleteOne({ _id: insertedId });
    const accounts = office.connection.collection('accounts');
    await accounts.insertOne({ acts: [{ role: 'FIRM_RESPONSIBLE', firmId: firm?.id }] });
    expect((await post(`/phones/imports/${id}/undo`)).status).to.equal(200);
    expect([await count('/workers'), await count('/firms')]).to.deep.equal([0, 1]);
    await accounts.deleteMany({});
  });

  it('takes a registration back that it added to a number of others, and leaves theirs', async () => {
    await commit(line(1, { shared: 'はい' }));
    const second = line(2, { shared: 'はい' }).replace('090-5678-0002', '090-5678-0001');
    const id = await commit(second);
    expect(await count('/phones')).to.equal(2);
    const undone = await post(`/phones/imports/${id}/undo`);
    expect(undone.body).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
    expect(await count('/phones')).to.equal(1);
    expect(await count('/workers')).to.equal(1);
  });

  it('keeps a firm that something else refers to by now', async () => {
    const id = await commit(line(1));
    const [firm] = (await office.send('get', '/firms')).body.items;
    await office
      .send('post', '/workers')
      .send({ name: '後から来た人', kana: 'アトカラキタヒト', employerId: firm.id, jobTypes: [] });
    expect((await post(`/phones/imports/${id}/undo`)).status).to.equal(200);
    expect(await count('/firms')).to.equal(1);
    expect(await count('/workers')).to.equal(1);
  });

  it('has nothing to undo before the commit', async () => {
    const { id } = created(await office.upload(listOf(line(1))));
    expectProblem(await post(`/phones/imports/${id}/undo`), 409, 'import-not-committed');
    expectProblem(await post('/phones/imports/imp_0000000000/undo'), 404, 'not-found');
  });

  it('is cancelled before the commit, and then its numbers are gone', async () => {
    const { id } = created(await office.upload(listOf(line(1))));
    const cancelled = await post(`/phones/imports/${id}/cancel`);
    expect(cancelled.body).to.deep.equal({ created: 0, updated: 0, unchanged: 0 });
    expect(await office.connection.collection('phoneImportPieces').countDocuments({})).to.equal(0);
    expectProblem(await post(`/phones/imports/${id}/commit`), 409, 'import-over');
    const committed = await commit(line(1));
    expectProblem(await post(`/phones/imports/${committed}/cancel`), 409, 'import-committed');
  });

  it('is dropped with its numbers after thirty days, when another list comes', async () => {
    const old = await commit(line(1));
    office.time.now = new Date('2026-12-21T09:00:00+09:00');
    const { id } = created(await office.upload(listOf(line(2))));
    expectProblem(await office.send('get', `/phones/imports/${old}`), 404, 'not-found');
    const left = await office.connection.collection('phoneImportPieces').find({}).toArray();
    expect(left.every(({ _id }) => String(_id).startsWith(id))).to.equal(true);
    expect(await count('/phones')).to.equal(1);
    office.time.now = new Date('2026-11-20T09:00:00+09:00');
  });

  it('tells how far it is, as events, until it has ended', async () => {
    const id = await commit(line(1), line(2));
    const events = await office.send('get', `/phones/imports/${id}/events`);
    expect(events.headers['content-type']).to.match(/^text\/event-stream/);
    expect(events.text).to.equal('event: progress\ndata: {"state":"committed","progress":{"done":2,"total":2}}\n\n');
    expect((await office.send('get', '/phones/imports/imp_0000000000/events')).status).to.equal(404);
  });

  it('of two people at once lets one correct or commit, and tells the other', async () => {
    const { id } = created(await office.upload(listOf(line(1), line(2))));
    const path = `/phones/imports/${id}`;
    const seen = (await office.send('get', path)).headers['etag'] ?? '';
    const first = await office
      .send('patch', path)
      .set('If-Match', seen)
      .send({ columns: { 立場コード: null } });
    expect(first.status).to.equal(200);
    expectProblem(await office.send('patch', path).set('If-Match', seen).send({ columns: {} }), 412, 'stale');
    const both = await Promise.all(
      [1, 2].map((row) => office.send('patch', `${path}/rows/${row}`).send({ drop: true })),
    );
    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect((await office.send('get', path)).body.counts).to.include({ dropped: 2 });
  });
});
