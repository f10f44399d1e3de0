import { expect } from 'chai';
import Encoding from 'encoding-japanese';
import fc from 'fast-check';
import { decodeText } from '../../src/domain/phone-list/decode-text.ts';
import { HEADINGS_WITHIN, findHeadings } from '../../src/domain/phone-list/find-headings.ts';
import { mapHeadings } from '../../src/domain/phone-list/map-headings.ts';
import { openTable, splitText } from '../../src/domain/phone-list/read-table.ts';
import { createAsideTest } from '../../src/domain/phone-list/row-aside.ts';

const PEOPLE = '1,見本工業,見本 太郎,ミホン タロウ,090-1234-5678\n2,見本工業,見本 次郎,ミホン ジロウ,090-1234-5679\n';

/** Where the headings of a text are found, what they are, and what they are taken for. */
async function found(text: string) {
  const table = await openTable(splitText([text]), 100, { within: HEADINGS_WITHIN, find: findHeadings });
  if (!table.ok) throw new Error(table.code);
  const { headings, place } = table.value;
  const columns = mapHeadings(headings);
  const rows: (readonly [number, string])[] = [];
  for await (const row of table.value.rows) if (row.ok) rows.push([row.value.row, row.value.cells.join()]);
  const { line, lines, above } = place;
  const known = columns.ok ? columns.value : columns.code;
  return { line, lines, above: above.map((one) => `${String(one.line)} ${one.cells.join()}`), headings, known, rows };
}

describe('the headings of a roster', () => {
  it('are found below titles, dates, the site and blank lines, and rows keep their places', async () => {
    const above = '中央マンション新築工事,,,,\n作業員名簿（電話）,,,,\n\n2026年4月1日現在,,作成：見本工業,,\n';
    expect(await found(`${above}No.,会社名,氏名,フリガナ,携帯電話\n\n${PEOPLE}`)).to.deep.equal({
      ...{ line: 5, lines: 1 },
      above: ['1 中央マンション新築工事', '2 作業員名簿（電話）', '4 2026年4月1日現在,作成：見本工業'],
      headings: ['No.', '会社名', '氏名', 'フリガナ', '携帯電話'],
      known: [null, 'firmName', 'workerName', 'workerKana', 'number'],
      rows: [
        [2, PEOPLE.split('\n')[0]],
        [3, PEOPLE.split('\n')[1]],
      ],
    });
    const addressed = '会社名,見本工業,TEL,03-1234-5678\n氏名,フリガナ,携帯\n見本,ミホン,09012345678\n';
    expect(await found(addressed)).to.include({ line: 2 });
  });

  it('are told apart from titles by tabs too, where those separate the cells', async () => {
    const text = `作業員名簿, 第1回\n\n会社名\t氏名\t携帯\n見本工業\t見本太郎\t090-1234-5678\n`;
    expect(await found(text)).to.deep.include({ line: 3, known: ['firmName', 'workerName', 'number'] });
  });

  it('of two lines say together what stands under a group', async () => {
    const halves =
      'No,会社名,氏名,,フリガナ,,電話番号\n,,姓,名,セイ,メイ,\n1,見本工業,見本,太郎,ミホン,タロウ,090-1234-5678\n';
    expect(await found(halves)).to.deep.include({
      ...{ line: 1, lines: 2 },
      headings: ['No', '会社名', '氏名 姓', '氏名 名', 'フリガナ セイ', 'フリガナ メイ', '電話番号'],
      known: [null, 'firmName', 'workerName', 'workerName', 'workerKana', 'workerKana', 'number'],
    });
    const groups =
      '作業員名簿\n所属会社,,本人,,,緊急連絡先,,備考\n名称,フリガナ,氏名,フリガナ,携帯電話,続柄,電話,\n見本工業,ミホン,見本太郎,ミホンタロウ,090-1234-5678,妻,03-1234-5678,\n';
    expect(await found(groups)).to.deep.include({
      ...{ line: 2, lines: 2 },
      known: ['firmName', 'firmKana', 'workerName', 'workerKana', 'number', null, null, null],
    });
  });

  it('of one line are never mixed with the first person below', async () => {
    const text = '会社名,氏名,カナ,携帯,区分,備考\n見本工業,見本太郎,ミホンタロウ,,技能者,携帯\n';
    expect(await found(text)).to.deep.include({ line: 1, lines: 1 });
    expect((await found(text)).rows).to.have.length(1);
  });

  it('over two columns, of which people fill both, name two halves', async () => {
    const text = '会社名,氏名,,フリガナ,,携帯\n見本工業,見本,太郎,ミホン,タロウ,090-1234-5678\n';
    const { headings, known } = await found(text);
    expect(headings).to.deep.equal(['会社名', '氏名 姓', '氏名 名', 'フリガナ 姓', 'フリガナ 名', '携帯']);
    expect(known).to.deep.equal(['firmName', 'workerName', 'workerName', 'workerKana', 'workerKana', 'number']);
    const blank = await found('会社名,氏名,,携帯\n見本工業,見本太郎,,090-1234-5678\n');
    expect(blank.known).to.deep.equal(['firmName', 'workerName', null, 'number']);
  });

  it('that nobody knows are in the first line that is more than a title', async () => {
    expect(await found('名簿,,\nA社,なまえ,通話先\n見本,太郎,090-1234-5678\n')).to.include({ line: 2 });
    expect(await found('見本,太郎,090-1234-5678\n見本,次郎,090-1234-5679\n')).to.include({ line: 1 });
    expect(await found('名簿\n見本,太郎,090-1234-5678\n')).to.include({ line: 1 });
  });

  it('in the first line are found there, whatever stands below', () => {
    const words = [
      '会社名',
      '氏名',
      '名',
      '姓',
      '携帯',
      'カナ',
      '電話',
      '職種',
      '合計',
      '見本',
      '090-1234-5678',
      '',
      ' ',
    ];
    const Cell = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(Cell, Cell, Cell), { maxLength: 8 }), (rows) => {
        const place = findHeadings([['会社名', '氏名', '携帯'], ...rows]);
        expect(place).to.deep.equal({ at: 0, lines: 1, headings: ['会社名', '氏名', '携帯'] });
      }),
      { numRuns: 500 },
    );
  });

  it('tell the encoding of a short list from below a title', () => {
    const text = `名簿\r\n会社名,氏名,携帯\r\n見本,ﾐﾎﾝ,090\r\n`;
    for (const [to, encoding] of [
      ['SJIS', 'shift_jis'],
      ['EUCJP', 'euc-jp'],
    ] as const) {
      const decoded = decodeText(Uint8Array.from(Encoding.convert(text, { to, from: 'UNICODE', type: 'array' })));
      expect(decoded.ok && decoded.value.encoding).to.equal(encoding);
    }
  });
});

describe('a row of a roster', () => {
  const headings = ['No.', '会社名', '氏名', 'フリガナ', '携帯電話', '備考'];
  const columns = mapHeadings(headings);
  const isAside = createAsideTest(headings, columns.ok ? columns.value : []);
  const judged = (line: string) => isAside(line.split(','));

  it('that is about nobody is left out: sums, ends, remarks, headings again, numbers in advance', () => {
    const aside = [
      ...['合計,12名,,,,', ',合計 12名,,,,', ',,合　計,,12,', '計,,12,,,', '小計：３名', 'Total,12,,,,'],
      ...['以上', ',以下余白', '※変更があれば連絡してください', '13,,,,,', ',,,,,応援', headings.join(), '番号,,,,,'],
    ];
    expect(aside.filter((line) => !judged(line))).to.deep.equal([]);
  });

  it('that may be about somebody is taken, and what it lacks is said', () => {
    const people = [
      ...['1,見本工業,見本太郎,ミホンタロウ,,', '1,,見本太郎,,,', '1,見本工業,,,,', ',合計建設,見本太郎,,,'],
      ...[
        '1,見本工業,合計太郎,ゴウケイ,090-1234-5678,',
        ',,,,09012345678,',
        '1,,計,ハカル,,',
        ',見本工業,※見本太郎,,,',
      ],
    ];
    expect(people.filter(judged)).to.deep.equal([]);
    expect(createAsideTest(['A', 'B'], [null, null])(['合計', ''])).to.equal(false);
  });
});
