import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import type { CommitCounts } from '../../src/domain/phone-list/phone-import.ts';
import type { ImportReport } from '../../src/services/report-import.ts';
import { HEADINGS, type ListOffice, openListOffice } from '../support/list-office.ts';

const blank = {
  firm: '青葉建設',
  firmKana: 'アオバケンセツ',
  firmId: '',
  name: '見本太郎',
  kana: 'ミホンタロウ',
  id: '',
  number: '090-1234-0001',
  shared: '',
  job: '',
  position: '',
  upper: '',
  consent: '',
  from: '',
  to: '',
};
type Line = Partial<typeof blank>;

const line = (cells: Line) => Object.values({ ...blank, ...cells }).join(',');
const list = (...lines: readonly Line[]) => Buffer.from([HEADINGS, ...lines.map(line)].join('\n'));
const taro = { name: '見本太郎', kana: 'ミホンタロウ' };
const jiro = { name: '見本次郎', kana: 'ミホンジロウ' };

describe('importing telephones', () => {
  let office: ListOffice;
  beforeEach(async () => {
    office = await openListOffice();
  });
  afterEach(() => office.close());

  async function report(...lines: readonly Line[]): Promise<ImportReport> {
    const uploaded = await office.lists.importer.upload(list(...lines), {});
    if (!uploaded.ok) throw new Error(uploaded.code);
    return uploaded.value;
  }
  const remarks = async (...lines: readonly Line[]) =>
    issuesOf(await report(...lines)).map(({ row, code }) => `${row} ${code}`);
  const issuesOf = ({ errors, warnings }: ImportReport) => [...errors, ...warnings].sort((a, b) => a.row - b.row);
  async function take(file: Buffer): Promise<CommitCounts> {
    const uploaded = await office.lists.importer.upload(file, {});
    if (!uploaded.ok) throw new Error(uploaded.code);
    const committed = await office.lists.commitImport(uploaded.value.phoneImport.id);
    if (!committed.ok) throw new Error(committed.code);
    return committed.value;
  }
  const commit = (...lines: readonly Line[]) => take(list(...lines));
  const all = { limit: 200, within: 'everything' } as const;

  it('makes each firm and each worker once, however the company is written', async () => {
    const other = { firm: '（株） 青葉', firmKana: 'ｱｵﾊﾞ', number: '090-1234-0002' };
    const counts = await commit({ firm: '㈱青葉', firmKana: 'アオバ' }, other, {
      ...jiro,
      ...other,
      firm: '株式会社青葉',
      shared: '',
      number: '090-1234-0003',
    });
    expect(counts).to.deep.equal({ created: 3, updated: 0, unchanged: 0 });
    expect((await office.stores.firms.page(all)).items.map(({ name }) => name)).to.deep.equal(['㈱青葉']);
    expect((await office.stores.workers.page(all)).items).to.have.length(2);
  });

  it('takes a name in kana or Latin letters for its own reading', async () => {
    const row = { firm: '株式会社アオバ', firmKana: '', name: 'グエン　ヴァン', kana: '', number: '090-1234-0091' };
    expect(await commit(row)).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
    const english = { firm: 'Midori Paint', firmKana: '', name: 'Taro Shiken', kana: '', number: '090-1234-0092' };
    expect(await commit(english, row)).to.deep.equal({ created: 1, updated: 0, unchanged: 1 });
    expect(await commit({ ...row, kana: 'グエン ヴァン' })).to.deep.equal({ created: 0, updated: 0, unchanged: 1 });
    expect(await remarks({ ...row, name: '見本太郎', number: '090-1234-0093' })).to.deep.equal(['1 kana-missing']);
  });

  it('takes one number for two workers only when both rows say that they share it', async () => {
    expect(await remarks(taro, jiro)).to.deep.equal(['2 number-twice']);
    expect(await remarks({ ...taro, shared: 'はい' }, jiro)).to.deep.equal(['2 number-twice']);
    expect(await remarks({ ...taro, shared: 'はい' }, { ...jiro, shared: 'はい' })).to.deep.equal([]);
    const followed = [
      { ...taro, to: '2026-11-30' },
      { ...jiro, from: '2026-12-01' },
    ];
    expect(await remarks(...followed)).to.deep.equal([]);
  });

  it('refuses a number that another worker on file holds, until both share it', async () => {
    await commit(taro);
    expect(await remarks(jiro)).to.deep.equal(['1 number-taken']);
    const both = [
      { ...jiro, shared: '○' },
      { ...taro, shared: '○' },
    ];
    expect(await remarks(...both)).to.deep.equal([]);
    expect(await commit(...both)).to.deep.equal({ created: 1, updated: 1, unchanged: 0 });
    expect(await commit(...both)).to.deep.equal({ created: 0, updated: 0, unchanged: 2 });
  });

  it('takes a name in other letters for the same person, asks, and lets somebody say that it is another', async () => {
    const takahashi = { name: '高橋 一郎', kana: 'タカハシ イチロウ' };
    await commit(takahashi);
    const uploaded = await report({ name: '髙橋一郎', kana: 'ﾀｶﾊｼ ｲﾁﾛｳ', number: '090-1234-0002' });
    const [asked] = issuesOf(uploaded);
    expect(asked).to.include({ code: 'same-worker', severity: 'warning', suggestion: '高橋 一郎' });
    const { id } = uploaded.phoneImport;
    const another = await office.lists.importer.changeRow(id, 1, { anotherPerson: true });
    expect(another.ok && another.value).to.deep.include({ state: 'valid', issues: [] });
    await office.lists.commitImport(id);
    const names = (await office.stores.workers.page(all)).items.map(({ name }) => name);
    expect(names).to.have.members(['高橋 一郎', '髙橋一郎']);
    expect(
      await commit({ name: '髙橋　一郎', kana: 'たかはし いちろう', number: '090-1234-0003', shared: '' }),
    ).to.include({
      created: 1,
    });
  });

  it('asks where a firm differs only in its legal form, and takes other letters for the same firm', async () => {
    await commit({ ...taro, firm: '齋藤組株式会社', firmKana: 'サイトウグミ' });
    const alike = { ...jiro, number: '090-1234-0002' };
    expect(await remarks({ ...alike, firm: '㈱斉藤組', firmKana: 'サイトウグミ' })).to.deep.equal(['1 firm-alike']);
    expect(await remarks({ ...alike, firm: '斎藤組㈱', firmKana: '' })).to.deep.equal(['1 same-firm']);
  });

  it('remarks on a row that is there twice and does it once', async () => {
    expect(await remarks(taro, taro)).to.deep.equal(['2 row-twice']);
    expect(await commit(taro, taro)).to.deep.equal({ created: 1, updated: 0, unchanged: 1 });
  });

  it('finds firms and workers by the registry id before their names, and brings ids that were missing', async () => {
    const firmId = buildCcusId('firm', 1);
    const id = buildCcusId('worker', 1);
    await commit(taro);
    expect(await commit({ ...taro, firmId, id })).to.deep.equal({ created: 0, updated: 1, unchanged: 0 });
    expect((await office.stores.workers.page(all)).items[0]).to.include({ ccusId: id });
    expect((await office.stores.firms.page(all)).items[0]).to.include({ ccusId: firmId });
    const renamed = { firm: '青葉工務店', firmId, name: '見本太朗', id };
    expect(await remarks(renamed)).to.deep.equal(['1 name-differs', '1 name-differs']);
    expect(await commit(renamed)).to.deep.equal({ created: 0, updated: 0, unchanged: 1 });
  });

  it('does not move a worker to another employer, and takes nobody without one (R-101)', async () => {
    const id = buildCcusId('worker', 1);
    await commit({ ...taro, id });
    expect(await remarks({ ...taro, id, firm: '若葉組', firmKana: 'ワカバグミ' })).to.deep.equal([
      '1 employer-differs',
    ]);
    expect(await remarks({ ...jiro, firm: '', firmKana: '', number: '090-1234-0002' })).to.deep.equal([
      '1 firm-missing',
    ]);
  });

  it('knows an upper firm by its id or name, on file or anywhere in the list', async () => {
    const upperId = buildCcusId('firm', 9);
    const upper = { firm: '大樹建設', firmKana: 'タイジュケンセツ', firmId: upperId, ...jiro, number: '090-1234-0002' };
    expect(await remarks({ ...taro, upper: upperId })).to.deep.equal(['1 upper-firm-unknown']);
    expect(await remarks({ ...taro, upper: '青葉建設' })).to.deep.equal(['1 upper-firm-self']);
    await commit({ ...taro, upper: upperId }, upper);
    const firms = (await office.stores.firms.page(all)).items;
    const [record] = (await office.stores.phones.page(all)).items.filter(
      ({ registrations }) => registrations[0]?.upperFirmId,
    );
    expect(record?.registrations[0]?.upperFirmId).to.equal(firms.find(({ ccusId }) => ccusId === upperId)?.id);
    expect(await commit({ ...taro, upper: '大樹建設' })).to.deep.equal({ created: 0, updated: 0, unchanged: 1 });
  });

  it('goes on where an interrupted commit stopped, and no sooner than its lease lapsed', async () => {
    const { phoneImport } = await report(taro, { ...jiro, number: '090-1234-0002' });
    await commit(taro);
    await office.imports.lease('a process that died', office.time.real, new Date(office.time.real.getTime() + 15_000));
    expect(await office.lists.commitImport(phoneImport.id)).to.deep.equal({ ok: false, code: 'in-progress' });
    office.time.real = new Date(office.time.real.getTime() + 16_000);
    const committed = await office.lists.commitImport(phoneImport.id);
    expect(committed).to.deep.equal({ ok: true, value: { created: 1, updated: 0, unchanged: 1 } });
  });

  it('stops between pieces when it is cancelled, and what was done stays, counts, and can be taken back', async function () {
    this.timeout(60_000);
    const rows = Array.from({ length: 3500 }, (_, place) => ({
      name: `見本${place}郎`,
      kana: `ミホン${place}ロウ`,
      number: `090-3${String(place).padStart(4, '0')}-001`,
    }));
    const { phoneImport } = await report(...rows);
    const { id } = phoneImport;
    const committing = office.lists.commitImport(id);
    while ((await office.imports.find(id))?.value.progress === undefined) await new Promise(setImmediate);
    const cancelled = await office.lists.cancelImport(id);
    expect(await committing).to.deep.equal({ ok: false, code: 'import-over' });
    if (!cancelled.ok) throw new Error(cancelled.code);
    expect(cancelled.value.created).to.be.within(500, 3000);
    const phones = async () => (await office.stores.phones.page({ limit: 4000, within: 'everything' })).items.length;
    expect(await phones()).to.equal(cancelled.value.created);
    expect(await office.lists.cancelImport(id)).to.deep.equal(cancelled);
    const undone = await office.lists.undoImport(id);
    expect(undone).to.deep.equal({ ok: true, value: { ...cancelled.value } });
    expect(await phones()).to.equal(0);
    expect((await office.stores.workers.page(all)).items).to.deep.equal([]);
    expect((await office.stores.firms.page(all)).items).to.deep.equal([]);
  });

  it('previews a thousand rows and takes them in, each firm once', async function () {
    this.timeout(60_000);
    const rows = Array.from({ length: 1000 }, (_, place) => ({
      firm: `見本${place % 20}建設株式会社`,
      firmKana: 'ミホンケンセツ',
      name: `見本${place}郎`,
      kana: `ミホン${place}ロウ`,
      number: `090-2${String(place).padStart(3, '0')}-0001`,
    }));
    expect(await commit(...rows)).to.deep.equal({ created: 1000, updated: 0, unchanged: 0 });
    expect((await office.stores.firms.page(all)).items).to.have.length(20);
    expect(await commit(...rows)).to.deep.equal({ created: 0, updated: 0, unchanged: 1000 });
  });
});
