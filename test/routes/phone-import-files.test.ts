import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { memoryUsage } from 'node:process';
import type request from 'supertest';
import writeWorkbook from 'write-excel-file/node';
import { ImportId } from '../../src/domain/phone-list/phone-import.ts';
import { MAX_WORKBOOK_ROWS } from '../../src/domain/phone-list/read-table.ts';
import { createListReader } from '../../src/services/read-list.ts';
import { workbooks } from '../../src/workbook/workbooks.ts';
import { created, expectProblem } from '../support/admin-api.ts';
import { HEADINGS, type ListOffice, openListOffice } from '../support/list-office.ts';
import { workbookOf } from '../support/workbook-of.ts';

const LINE =
  '見本工業㈱,ミホンコウギョウ,,髙﨑一郎,タカサキイチロウ,,090-1234-5678,いいえ,34-01,FOREMAN,,はい,2026-11-01,';
const lines = [HEADINGS.split(','), LINE.split(',')];
const LONG = MAX_WORKBOOK_ROWS / 2;

interface Row {
  readonly cells: object;
  readonly issues: readonly { readonly code: string }[];
}

describe('the files of a telephone list', () => {
  let office: ListOffice;
  before(async () => {
    office = await openListOffice();
  });
  after(() => office.close());

  const binary = (path: string): request.Test =>
    office
      .send('get', path)
      .buffer(true)
      .parse((answer, done) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => done(null, Buffer.concat(chunks)));
      });
  async function cellsOf(file: Buffer): Promise<readonly (readonly string[])[]> {
    const read = await workbooks.read(file);
    if (!read.ok) throw new Error(read.code);
    const cells: (readonly string[])[] = [];
    for await (const row of read.value) cells.push(row);
    return cells;
  }

  it('may be workbooks: the template has cells of text, the export can be imported again without change', async () => {
    const template = await binary('/phones/template?format=xlsx&kind=simple');
    expect(template.headers['content-type']).to.match(/spreadsheetml/);
    expect((await cellsOf(template.body as Buffer))[0]).to.deep.equal([
      ...['事業者名', '事業者カナ', '技能者名', '技能者カナ', '電話番号'],
    ]);
    const report = created(await office.upload(await workbooks.write(lines)));
    expect(report).to.deep.include({ encoding: 'xlsx', errors: [] });
    const first = await office.send('post', `/phones/imports/${report.id}/commit`);
    expect(first.body).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
    const exported = (await binary('/phones/export?format=xlsx')).body as Buffer;
    expect(await cellsOf(exported)).to.deep.equal(lines);
    const again = created(await office.upload(exported));
    const second = await office.send('post', `/phones/imports/${again.id}/commit`);
    expect(second.body).to.deep.equal({ created: 0, updated: 0, unchanged: 1 });
  });

  it('of a spreadsheet are read as a person sees them: numbers without zeros, days, yes and no', async () => {
    const sheet = [
      ['会社名', '会社カナ', '氏名', 'フリガナ', '携帯', '共用', '有効開始日'],
      ['見本工業', 'ミホンコウギョウ', '見本二郎', 'ミホンジロウ', 9012345679, true, new Date('2026-11-05')],
    ] as const;
    const cells = sheet.map((row) =>
      row.map((value) => (value instanceof Date ? { value, type: Date, format: 'yyyy/mm/dd' } : { value })),
    );
    const report = created(await office.upload(await writeWorkbook(cells as never, {}).toBuffer()));
    expect(report.errors).to.deep.equal([]);
    const { items } = (await office.send('get', `/phones/imports/${report.id}/rows`)).body as { items: readonly Row[] };
    const [row] = items;
    expect(row?.cells).to.include({ 携帯: '9012345679', 共用: 'はい', 有効開始日: '2026-11-05' });
    expect(row?.issues.map(({ code }) => code)).to.include('number-zero-lost');
  });

  it('may be workbooks of tens of thousands of rows, as an export writes them', async function () {
    this.timeout(120_000);
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const row = (line: number, cells: readonly string[]) =>
      `<row r="${line}">${cells.map((text, place) => cell(`${'ABC'[place] ?? ''}${line}`, text)).join('')}</row>`;
    const people = Array.from({ length: LONG }, (_, place) => row(place + 2, ['見本工業', `見本${place}`]));
    const file = workbookOf(row(1, ['会社名', '氏名', '携帯']) + people.join(''));
    const put = { rows: 0 };
    const readList = createListReader({
      imports: {
        putRows: (_id, _version, _place, pieces) => Promise.resolve(void (put.rows += pieces.flat().length)),
        dropRows: () => Promise.resolve(),
      },
      workbooks,
      catalogues: { jobTypes: [], positions: [] },
    });
    const read = await readList({ id: ImportId.parse('imp_long'), version: 'rows_1', file, columns: {} });
    expect(read).to.deep.include({ ok: true }).and.nested.include({ 'value.rows': LONG });
    expect(put.rows).to.equal(LONG);
  });

  it('may stand on a sheet behind a cover', async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const cover = `<row r="2">${cell('B2', '作業員名簿')}</row><row r="3">${cell('B3', '見本工業 様')}</row>`;
    const line = (at: number, texts: readonly string[]) =>
      `<row r="${at}">${texts.map((text, place) => cell(`${'ABC'[place] ?? ''}${at}`, text)).join('')}</row>`;
    const people = line(1, ['会社名', '氏名', '携帯']) + line(2, ['見本工業', '見本一郎', '090-1234-5699']);
    const report = created(await office.upload(workbookOf(cover, people)));
    expect(report).to.deep.include({ headings: ['会社名', '氏名', '携帯'], missing: [] });
    expect(created(await office.upload(workbookOf(cover)))).to.deep.include({ headings: ['', '作業員名簿'] });
  });

  it('may be pasted as text', async () => {
    const text = [HEADINGS, LINE].join('\n').replaceAll(',', '\t');
    const pasted = await office.send('post', '/phones/imports').field({ text });
    expect(created(pasted).counts).to.include({ rows: 1, valid: 1 });
    expectProblem(await office.send('post', '/phones/imports').field({ text: '' }), 422, 'import-empty');
  });

  it('are read by a mapping that was saved under a name', async () => {
    const path = `/phones/column-mappings/${encodeURIComponent('協力会社の名簿')}`;
    const columns = { ケータイ: 'number', 親方: 'firmName', 備考: null };
    const saved = await office.send('put', path).send({ columns, encoding: 'cp932' });
    expect(saved.body, saved.text).to.deep.equal({ name: '協力会社の名簿', columns, encoding: 'cp932' });
    const list = '親方,親方カナ,氏名,カナ,ケータイ\n見本組,ミホングミ,見本三郎,ミホンサブロウ,090-1234-5670\n';
    const sjis = Buffer.from(
      new Uint8Array(
        await import('encoding-japanese').then(({ default: Encoding }) =>
          Encoding.convert(list.replace('親方カナ', '事業者カナ'), { to: 'SJIS', from: 'UNICODE', type: 'array' }),
        ),
      ),
    );
    const report = created(await office.upload(sjis, { mapping: '協力会社の名簿' }));
    expect(report.columns).to.deep.include({ 親方: 'firmName', ケータイ: 'number' });
    expect(report).to.deep.include({ encoding: 'shift_jis', errors: [] });
    expect((await office.send('get', '/phones/column-mappings')).body.items).to.have.length(1);
    expectProblem(await office.send('put', path).send({ columns: { x: '靴' } }), 422, 'import-columns-unknown');
    expect((await office.send('delete', path)).status).to.equal(204);
    expectProblem(await office.send('delete', path), 404, 'not-found');
    expectProblem(await office.upload(list, { mapping: '協力会社の名簿' }), 422, 'mapping-unknown');
  });

  it('that are none are refused clearly: damaged, encrypted, nothing but an extension', async () => {
    const book = await workbooks.write(lines);
    expectProblem(await office.upload(book.subarray(0, book.length / 2)), 422, 'import-unreadable');
    const broken = Buffer.from(book);
    broken.fill(0x55, 60, 400);
    expectProblem(await office.upload(broken), 422, 'import-unreadable');
    expectProblem(await office.upload(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2])), 422, 'import-unreadable');
    expectProblem(await office.upload(zipOf([{ name: 'a.txt', bytes: Buffer.from('x') }])), 422, 'import-unreadable');
    expectProblem(await office.upload(randomBytes(5000)), 422, 'import-unreadable');
    expectProblem(await office.upload(`${HEADINGS}\n\0`), 422, 'import-unreadable');
  });

  it('that would fill the memory are refused before they do', async () => {
    const zeros = Buffer.alloc(80 * 1024 * 1024, 0x20);
    const bomb = zipOf([{ name: 'xl/worksheets/sheet1.xml', bytes: zeros, saysSize: 10 }]);
    expect(bomb.length).to.be.below(200_000);
    expectProblem(await office.upload(bomb), 413, 'import-too-large');
    const many = Array.from({ length: 1001 }, (_, place) => ({ name: `${String(place)}`, bytes: Buffer.alloc(0) }));
    expectProblem(await office.upload(zipOf(many)), 413, 'import-too-large');
    const before = memoryUsage.rss();
    expectProblem(await office.upload(Buffer.alloc(60 * 1024 * 1024, 0x61)), 413, 'body-too-large');
    expect(memoryUsage.rss() - before).to.be.below(300 * 1024 * 1024);
  });
});

/** A zip written by hand, so that its directory may lie. */
function zipOf(
  files: readonly { readonly name: string; readonly bytes: Buffer; readonly saysSize?: number }[],
): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, saysSize = bytes.length } of files) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(saysSize, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(saysSize, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    local.push(head, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}
