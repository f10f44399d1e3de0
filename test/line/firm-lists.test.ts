import { expect } from 'chai';
import { type Asker, type BranchedSite, openBranchedSite } from '../support/branched-site.ts';

interface Finding {
  readonly row: number;
  readonly code: string;
  readonly message: string;
}

interface ListView {
  readonly id: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly errors: readonly Finding[];
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  readonly ccusId: string;
}

const HEADINGS = '事業者ID,事業者名,技能者名,技能者カナ,技能者ID,電話番号,上位事業者ID';

describe('the telephone list of a firm', function () {
  this.timeout(120_000);
  let site: BranchedSite;
  let responsible: Asker;
  let colleague: Asker;
  let own: Named;
  let lower: Named;
  let prime: Named;
  let beside: Named;

  before(async () => {
    site = await openBranchedSite();
    const { builder, desk } = site;
    const firm = (id: string) => desk.ask<Named>('GET', `/firms/${id}`);
    [own, lower, prime, beside] = (await Promise.all(
      [builder.firmId, site.lower.firmId, builder.primeId, site.beside.firmId].map(firm),
    )) as [Named, Named, Named, Named];
    responsible = await site.keyOf({ firmId: own.id });
    colleague = await site.keyOf({ firmId: own.id, role: 'registration-officer' });
  });
  after(() => site.line.close());

  const rowOf = ({ ccusId, name }: Named, number: string, worker = '試験次郎,シケンジロウ,', upper = '') =>
    `${ccusId},${name},${worker},${number},${upper}`;
  const upload = async (asker: Asker, rows: readonly string[]): Promise<ListView> => {
    const answer = await asker.form('/phones/imports', { text: [HEADINGS, ...rows].join('\n') });
    expect(answer.status).to.equal(201);
    return (await answer.json()) as ListView;
  };
  const codes = ({ errors }: ListView) => errors.map(({ row, code }) => [row, code]);
  const numbersIn = async (asker: Asker) => (await asker.raw('GET', '/phones/export')).text();

  it('is uploaded, corrected, committed, exported and undone by its office', async () => {
    const list = await upload(responsible, [rowOf(own, '090-5555-000', undefined, prime.ccusId)]);
    expect(codes(list)).to.deep.equal([[1, 'number-impossible']]);
    const cells = { 電話番号: '090-5555-0001' };
    expect((await responsible.raw('PATCH', `/phones/imports/${list.id}/rows/1`, { cells })).status).to.equal(200);
    const committed = await responsible.raw('POST', `/phones/imports/${list.id}/commit`);
    expect(await committed.json()).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
    const file = await numbersIn(responsible);
    expect(file).to.include('090-5555-0001').and.include('試験次郎');
    for (const other of [lower, beside, prime].map(({ name }) => name))
      expect(file.split('\n').filter((line) => line.startsWith(other))).to.deep.equal([]);
    const again = await responsible.form('/phones/imports', { text: file });
    const { counts } = (await again.json()) as ListView;
    expect(counts).to.include({ invalid: 0 });
    const undone = await responsible.raw('POST', `/phones/imports/${list.id}/undo`);
    expect(await undone.json()).to.include({ created: 1 });
    expect(await numbersIn(responsible)).not.to.include('090-5555-0001');
  });

  it('is seen by nobody else of the firm, and by the operator', async () => {
    const { id } = await upload(responsible, [rowOf(own, '090-5555-0002')]);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/rows'],
      ['POST', '/commit'],
      ['POST', '/undo'],
      ['POST', '/cancel'],
      ['GET', '/events'],
    ] as const)
      expect((await colleague.raw(method, `/phones/imports/${id}${path}`)).status, path).to.equal(404);
    expect(await site.desk.ask<ListView>('GET', `/phones/imports/${id}`)).to.include({ id, state: 'draft' });
    expect((await responsible.raw('POST', `/phones/imports/${id}/cancel`)).status).to.equal(200);
  });

  it('refuses people of others row by row and says of them no more than of nobody (R-131)', async () => {
    const stranger = { ...beside, ccusId: beside.ccusId };
    const nobody: Named = { id: '', name: '無名工業', kana: 'ムメイ', ccusId: '' };
    const taken = await site.desk.ask<{ items: readonly { id: string; number: string }[] }>(
      'GET',
      `/phones?workerId=${site.beside.workerId}`,
    );
    const { number } = await site.desk.ask<{ number: string }>('GET', `/phones/${taken.items[0]?.id ?? ''}`);
    const list = await upload(responsible, [
      rowOf(stranger, '090-5555-0003'),
      rowOf(nobody, '090-5555-0004'),
      rowOf(lower, '090-5555-0005'),
      rowOf(own, number, '試験三郎,シケンサブロウ,'),
      rowOf(own, '090-5555-0006', '試験四郎,シケンシロウ,', nobody.name),
      rowOf(own, '090-5555-0007', '試験五郎,シケンゴロウ,', beside.ccusId),
    ]);
    expect(codes(list)).to.deep.equal([
      [1, 'firm-not-yours'],
      [2, 'firm-not-yours'],
      [3, 'firm-not-yours'],
      [4, 'number-taken'],
      [5, 'upper-firm-unknown'],
      [6, 'upper-firm-unknown'],
    ]);
    expect(JSON.stringify(list.errors)).not.to.include(site.beside.workerId);
    const { counts } = list;
    expect(counts).to.include({ rows: 6, invalid: 6, valid: 0 });
    const committed = await responsible.raw('POST', `/phones/imports/${list.id}/commit`);
    expect(await committed.json()).to.deep.equal({ created: 0, updated: 0, unchanged: 0 });
  });

  it('registers the people of a lower firm that agreed, and changes nothing of theirs (R-130, R-131)', async () => {
    const agreement = { employerId: lower.id, proxyFirmId: own.id };
    await site.desk.ask('PUT', '/proxy-consents', { ...agreement, status: 'consented' });
    const phones = await site.desk.ask<{ items: readonly { id: string }[] }>(
      'GET',
      `/phones?workerId=${site.lower.workerId}`,
    );
    const held = await site.desk.ask<{ number: string }>('GET', `/phones/${phones.items[0]?.id ?? ''}`);
    const there = await site.desk.ask<Named>('GET', `/workers/${site.lower.workerId}`);
    const theirs = `${there.name},${there.kana},${there.ccusId}`;
    const rows = [rowOf(lower, '090-5555-0008'), rowOf(lower, held.number, theirs, prime.ccusId)];
    const list = await upload(responsible, rows);
    expect(codes(list)).to.deep.equal([[2, 'change-not-yours']]);
    const officers = await upload(colleague, rows.slice(0, 1));
    expect(codes(officers)).to.deep.equal([[1, 'firm-not-yours']]);
    await site.desk.ask('PUT', '/proxy-consents', { ...agreement, status: 'refused' });
    const after = await responsible.get<ListView>(`/phones/imports/${list.id}`);
    expect(codes(after)).to.deep.equal([
      [1, 'firm-not-yours'],
      [2, 'firm-not-yours'],
    ]);
    await site.desk.ask('PUT', '/proxy-consents', { ...agreement, status: 'consented' });
    const committed = await responsible.raw('POST', `/phones/imports/${list.id}/commit`);
    expect(await committed.json()).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
  });

  it('gives a lower firm’s worker no job type, but his telephone one (job-type-employers)', async () => {
    const there = await site.desk.ask<Named>('GET', `/workers/${site.lower.workerId}`);
    const theirs = `${there.name},${there.kana},${there.ccusId}`;
    const text = [`${HEADINGS},職種コード`, `${rowOf(lower, '090-5555-0090', theirs)},10-01`].join('\n');
    const answer = await responsible.form('/phones/imports', { text });
    const list = (await answer.json()) as ListView & { readonly warnings: readonly Finding[] };
    expect(list.warnings.map(({ row, code }) => [row, code])).to.deep.include([1, 'job-type-employers']);
    const committed = await responsible.raw('POST', `/phones/imports/${list.id}/commit`);
    expect(await committed.json()).to.include({ created: 1 });
    expect(await site.desk.ask('GET', `/workers/${site.lower.workerId}`)).to.deep.equal(there);
    const phones = await site.desk.all<{ jobType?: string }>(`/phones?workerId=${site.lower.workerId}`);
    expect(phones.filter(({ jobType }) => jobType === '10-01')).to.have.length(1);
  });

  it('keeps what its columns mean for the firm itself', async () => {
    const mapping = { columns: { 名前: 'workerName' } };
    const put = await responsible.raw('PUT', '/phones/column-mappings/ordinary', mapping);
    expect(put.status).to.equal(200);
    const names = async (asker: Asker) =>
      (await asker.get<{ items: readonly Named[] }>('/phones/column-mappings')).items.map(({ name }) => name);
    expect(await names(colleague)).to.deep.equal(['ordinary']);
    expect(await names(await site.keyOf({ firmId: beside.id }))).to.deep.equal([]);
    const { items } = await site.desk.ask<{ items: readonly Named[] }>('GET', '/phones/column-mappings');
    expect(items).to.deep.equal([]);
    const deleted = await (await site.keyOf({ firmId: beside.id })).raw('DELETE', '/phones/column-mappings/ordinary');
    expect(deleted.status).to.equal(404);
  });

  it('is no matter of site managers and auditors', async () => {
    for (const role of ['site-manager', 'hierarchy-manager', 'auditor']) {
      const asker = await site.keyOf({ firmId: own.id, role });
      expect((await asker.form('/phones/imports', { text: HEADINGS })).status, role).to.equal(403);
      expect((await asker.raw('GET', '/phones/export')).status, role).to.equal(403);
    }
  });
});
