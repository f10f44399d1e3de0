import { expect } from 'chai';
import Encoding from 'encoding-japanese';
import { type TextEncoding, decodeText, encodingNamed } from '../../src/domain/phone-list/decode-text.ts';
import {
  type ColumnMap,
  mapHeadings,
  missingColumns,
  namesOfColumns,
} from '../../src/domain/phone-list/map-headings.ts';
import { openTable, splitText } from '../../src/domain/phone-list/read-table.ts';
import { readCells } from '../../src/services/read-list.ts';

const TEXT = '事業者名,技能者名,電話番号\r\n青葉建設,見本太郎,090-1234-5678\r\n';
const encoded = (to: 'SJIS' | 'EUCJP' | 'JIS') =>
  Uint8Array.from(Encoding.convert(TEXT, { to, from: 'UNICODE', type: 'array' }));

/** The text and its encoding, or the code of the refusal. */
function read(bytes: Uint8Array, chosen?: TextEncoding) {
  const decoded = decodeText(bytes, chosen);
  return decoded.ok ? { text: [...decoded.value.chunks].join(''), encoding: decoded.value.encoding } : decoded.code;
}

/** The headings and rows of a text, or the code of the refusal. */
async function tableOf(text: string) {
  const table = await openTable(splitText([text]));
  if (!table.ok) return table.code;
  const rows = [];
  for await (const row of table.value.rows) {
    if (!row.ok) return row.code;
    rows.push(row.value);
  }
  return { headings: table.value.headings, rows };
}

describe('the encoding of a list', () => {
  it('is told from readings too where the headings say nothing', () => {
    const english = 'Company,Name,Kana,Phone\r\n山田組,山田 太郎,ヤマダ タロウ,09061000002\r\n';
    const bytes = Uint8Array.from(Encoding.convert(english, { to: 'EUCJP', from: 'UNICODE', type: 'array' }));
    expect(read(bytes)).to.deep.equal({ text: english, encoding: 'euc-jp' });
    const narrow = 'Name,Phone\r\nﾔﾏﾀﾞ ﾀﾛｳ,09061000002\r\n';
    const cp932 = Uint8Array.from(Encoding.convert(narrow, { to: 'SJIS', from: 'UNICODE', type: 'array' }));
    expect(read(cp932)).to.deep.equal({ text: narrow, encoding: 'shift_jis' });
  });

  it('is told from the bytes alone', () => {
    expect(read(Buffer.from(TEXT))).to.deep.equal({ text: TEXT, encoding: 'utf-8' });
    expect(read(encoded('SJIS'))).to.deep.equal({ text: TEXT, encoding: 'shift_jis' });
    expect(read(encoded('EUCJP'))).to.deep.equal({ text: TEXT, encoding: 'euc-jp' });
    expect(read(encoded('JIS'))).to.deep.equal({ text: TEXT, encoding: 'iso-2022-jp' });
  });

  it('is read from a byte-order mark, also that of a spreadsheet that saves UTF-16', () => {
    const utf8 = read(Buffer.from(`\uFEFF${TEXT}`));
    expect(utf8).to.deep.equal({ text: TEXT, encoding: 'utf-8' });
    const utf16 = read(Buffer.from(`\uFEFF${TEXT}`, 'utf16le'));
    expect(utf16).to.deep.equal({ text: TEXT, encoding: 'utf-16le' });
  });

  it('knows the letters that only CP932 has: 髙 in both of its places, 﨑, ① and ㈱', () => {
    const bytes = Uint8Array.from([0xfb, 0xfc, 0xee, 0xe0, 0xed, 0x95, 0x87, 0x40, 0x87, 0x8a]);
    expect(read(bytes)).to.deep.equal({ text: '髙髙﨑①㈱', encoding: 'shift_jis' });
  });

  it('may be chosen, and then what does not fit is marked instead of refused', () => {
    expect(read(encoded('SJIS'), 'utf-8'))
      .to.have.property('text')
      .that.includes('\uFFFD');
    expect(['CP932', 'Shift_JIS', 'windows-31j', 'UTF8', 'utf-8-bom', 'EUC-JP'].map(encodingNamed)).to.deep.equal([
      ...['shift_jis', 'shift_jis', 'shift_jis', 'utf-8', 'utf-8', 'euc-jp'],
    ]);
  });

  it('is refused for what is no text', () => {
    expect(read(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0x80]))).to.equal('import-unreadable');
    expect(read(Buffer.from('事業者名\0'))).to.equal('import-unreadable');
    expect(read(Uint8Array.from([0xff, 0xff, 0x81]))).to.equal('encoding-unknown');
  });
});

describe('the table of a list', () => {
  it('counts rows below the headings as a spreadsheet does, blank ones included', async () => {
    expect(await tableOf('\uFEFFa,b\n1,2\n\n,\n3,"x ""y"", z"\n')).to.deep.equal({
      headings: ['a', 'b'],
      rows: [
        { row: 1, cells: ['1', '2'] },
        { row: 4, cells: ['3', 'x "y", z'] },
      ],
    });
  });

  it('may have lines that end in several ways', async () => {
    expect(await tableOf('a,b\r\n1,2\n3,4\r5,6\r\n')).to.have.deep.nested.property('rows.length', 3);
  });

  it('takes tabs where tabs dominate, and lines of any length', async () => {
    expect(await tableOf('a\tb, c\td\r1\r2\t3\t4\t5')).to.deep.equal({
      headings: ['a', 'b, c', 'd'],
      rows: [
        { row: 1, cells: ['1'] },
        { row: 2, cells: ['2', '3', '4', '5'] },
      ],
    });
  });

  it('names a repeated heading by its place', async () => {
    const table = await tableOf('会社,カナ,氏名,カナ\n1,2,3,4');
    expect(table).to.deep.include({ headings: ['会社', 'カナ', '氏名', 'カナ(2)'] });
  });

  it('is refused when there is nothing in it, it is too long, or a quotation never ends', async () => {
    expect(await tableOf('')).to.equal('import-empty');
    expect(await tableOf('a,b\n\n')).to.equal('import-empty');
    expect(await tableOf('a,b\n"1,2\n3,4')).to.equal('import-unreadable');
    expect(await tableOf(`a,b\n"${'1,2\n'.repeat(60_000)}`)).to.equal('import-unreadable');
    expect(await tableOf(`a,b\n${','.repeat(300_000)}`)).to.equal('import-unreadable');
    expect(await tableOf(`a\n${'1\n'.repeat(100_001)}`)).to.equal('import-too-large');
  });
});

describe('the headings of a list', () => {
  it('are known in Japanese and English, whatever their width, spaces and brackets', () => {
    const japanese = mapHeadings(['会社名', '氏名（ふりがな）', '氏　名', '携帯電話番号※必須', '職種ｺｰﾄﾞ', '備考']);
    expect(japanese).to.deep.equal({
      ok: true,
      value: ['firmName', 'workerKana', 'workerName', 'number', 'jobType', null],
    });
    const english = mapHeadings(['Firm name', 'Worker_Name', 'PHONE NUMBER', 'Valid from']);
    expect(english).to.deep.equal({ ok: true, value: ['firmName', 'workerName', 'number', 'validFrom'] });
  });

  it('are known as the registry, safety document services and ordinary rosters write them', () => {
    const meant = (...headings: string[]) => {
      const columns = mapHeadings(headings);
      return columns.ok ? columns.value : columns.code;
    };
    expect(
      meant('技能者ID(CCUS)', '技能者氏名（カナ）', '氏名（漢字）', '所属事業者名(カナ)', '商号又は名称', 'TEL(携帯)'),
    ).to.deep.equal(['workerCcusId', 'workerKana', 'workerName', 'firmKana', 'firmName', 'number']);
    expect(meant('一次会社名', 'カナ氏名', '作業員氏名', '役職', '携帯tel')).to.deep.equal([
      ...['firmName', 'workerKana', 'workerName', 'position', 'number'],
    ]);
    expect(meant('下請会社', 'お名前', 'よみがな', 'ケータイ')).to.deep.equal([
      ...['firmName', 'workerName', 'workerKana', 'number'],
    ]);
    expect(meant('Company', 'Worker', 'Reading', 'Mobile Phone Number')).to.deep.equal([
      ...['firmName', 'workerName', 'workerKana', 'number'],
    ]);
  });

  it('that say half of a name are read as one name', () => {
    const headings = ['会社名', '姓', '名', 'セイ', 'メイ', '電話'];
    const value = ['firmName', 'workerName', 'workerName', 'workerKana', 'workerKana', 'number'];
    expect(mapHeadings(headings)).to.deep.equal({ ok: true, value });
    expect(mapHeadings(headings, { 姓: '技能者名', 名: '技能者名' })).to.deep.equal({ ok: true, value });
    const row = readCells(['青葉建設', '見本', '太郎', 'ミホン', '', '09012345678'], value as ColumnMap, {
      jobTypes: [],
      positions: [],
    });
    expect(row.row.worker).to.deep.equal({ name: '見本 太郎', kana: 'ミホン' });
  });

  it('give a bare reading to the name before it', () => {
    const columns = mapHeadings(['会社名', 'フリガナ', '氏名', 'フリガナ(2)', 'TEL']);
    expect(columns).to.deep.equal({ ok: true, value: ['firmName', 'firmKana', 'workerName', 'workerKana', 'number'] });
    const plain = mapHeadings(['会社名', 'フリガナ', '氏名', 'よみがな', 'TEL']);
    expect(plain).to.deep.equal({ ok: true, value: ['firmName', 'firmKana', 'workerName', 'workerKana', 'number'] });
  });

  it('of the template beat other spellings, what is the worker’s own beats both, and what a person chose beats all', () => {
    const value = ['firmName', null, 'workerName', 'number', null];
    expect(mapHeadings(['事業者名', '会社', '氏名', '電話番号', 'TEL'])).to.deep.include({ value });
    const headings = ['会社名', '氏名', '電話番号', '携帯'];
    expect(mapHeadings(headings)).to.deep.include({ value: ['firmName', 'workerName', null, 'number'] });
    expect(mapHeadings(headings, { 電話番号: '電話番号' })).to.deep.include({
      value: ['firmName', 'workerName', 'number', null],
    });
    const firms = mapHeadings(['元請会社名', '一次会社名', '所属会社名', '所属会社名カナ', '氏名', '緊急連絡先']);
    expect(firms).to.deep.include({ value: [null, null, 'firmName', 'firmKana', 'workerName', null] });
    const english = mapHeadings(['Number', 'Company', 'Name', 'Cell Phone #']);
    expect(english).to.deep.include({ value: [null, 'firmName', 'workerName', 'number'] });
  });

  it('are known by a word of theirs where nothing else is, but not those of others', () => {
    const spoken = mapHeadings(['所属先会社', '作業員の氏名', '本人連絡先TEL', '会社電話', '緊急時の連絡先電話']);
    expect(spoken).to.deep.include({ value: ['firmName', 'workerName', 'number', null, null] });
    const others = mapHeadings(['緊急連絡先', '会社電話番号', '元請会社名', '代表者氏名', '電話番号の有無', 'FAX番号']);
    expect(others).to.deep.include({ value: [null, null, null, null, null, null] });
  });

  it('of a job type in two columns are read as one', () => {
    const columns = mapHeadings(['氏名', '職種（大分類）', '職種（小分類）']);
    expect(columns).to.deep.include({ value: ['workerName', 'jobType', 'jobType'] });
    const jobTypes = [{ code: '34-01', ja: '鉄筋工' }];
    for (const [major, minor] of [
      ['34', '01'],
      ['鉄筋', '鉄筋工'],
    ] as const) {
      const { row } = readCells(['見本太郎', major, minor], columns.ok ? columns.value : [], {
        jobTypes,
        positions: [],
      });
      expect(row.jobType).to.equal('34-01');
    }
  });

  it('that a person chooses must be there', () => {
    const headings = ['会社名', '氏名', '携帯', '電話番号'];
    expect(mapHeadings(headings, { 携帯: 'shoe size' })).to.include({ code: 'import-columns-unknown' });
    expect(mapHeadings(headings, { 住所: 'number' })).to.include({ code: 'import-columns-unknown', detail: '住所' });
  });

  it('that are missing are named once', () => {
    const columns = mapHeadings(['氏名', '住所']);
    expect(columns).to.deep.equal({ ok: true, value: ['workerName', null] });
    const missing = columns.ok ? missingColumns(columns.value) : [];
    expect(missing.map(namesOfColumns)).to.deep.equal(['事業者名・事業者ID', '電話番号']);
  });
});
