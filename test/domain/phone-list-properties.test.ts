import { expect } from 'chai';
import Encoding from 'encoding-japanese';
import fc from 'fast-check';
import { decodeText } from '../../src/domain/phone-list/decode-text.ts';
import { headingCells, writeCsv } from '../../src/domain/phone-list/write-list.ts';
import { openTable, splitText } from '../../src/domain/phone-list/read-table.ts';
import { readNumberCell } from '../../src/domain/phone-list/read-cell.ts';
import { shieldCell, unshieldCell } from '../../src/domain/phone-list/shield-cell.ts';

/** Letters that all four Japanese encodings have. */
const COMMON = [
  ...'佐藤鈴木高橋田中伊渡辺山本中村小林加吉株式会社有限青葉建設工業一二三太郎花子アイウエオカキクケコ、。ー・ABCxyz012',
];
const Name = fc.string({ unit: fc.constantFrom(...COMMON), minLength: 1, maxLength: 8 });
/** Any text that may stand in a cell, with what breaks separated text. */
const Cell = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...',"\n\r\t\'=+-@＝－　 ;髙﨑𠮷㈱①'),
    fc.constantFrom(...COMMON),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});
const ENCODINGS = [
  ['SJIS', 'shift_jis'],
  ['EUCJP', 'euc-jp'],
  ['JIS', 'iso-2022-jp'],
  ['UTF8', 'utf-8'],
] as const;

describe('a telephone list of any text', () => {
  it('is read from CSV as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(Cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), async (lines) => {
        const written = writeCsv([['a', 'b'], ...lines]);
        const table = await openTable(splitText([written]));
        if (!table.ok) throw new Error(table.code);
        const read: (readonly string[])[] = [];
        for await (const row of table.value.rows) if (row.ok) read.push(row.value.cells);
        expect(read).to.deep.equal(lines.filter((cells) => cells.some((cell) => cell.trim() !== '')));
      }),
      { numRuns: 300 },
    );
  });

  it('however its bytes are divided', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(Cell, Cell), { minLength: 1, maxLength: 5 }),
        fc.nat(40),
        async (lines, cut) => {
          const text = writeCsv([['a', 'b'], ...lines]);
          const whole = await collected(splitText([text]));
          const letters = [...text];
          const parts = [letters.slice(0, cut).join(''), letters.slice(cut).join('')];
          expect(await collected(splitText(parts))).to.deep.equal(whole);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('holds no formula, and gives back what went in', () => {
    fc.assert(
      fc.property(Cell, (cell) => {
        const shielded = shieldCell(cell);
        expect(/^[=+\-@＝＋－＠\t\r]/.test(shielded)).to.equal(false);
        expect(unshieldCell(shielded)).to.equal(cell);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps its numbers whole behind the shield', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000_000, max: 99_999_999 }), fc.constantFrom('+8190', '090'), (rest, start) => {
        const typed = `${start}${String(rest)}`;
        const read = readNumberCell(unshieldCell(shieldCell(typed)));
        expect(read.value).to.equal(`+8190${String(rest)}`);
      }),
    );
  });
});

describe('the encoding of a short list', () => {
  for (const [to, encoding] of ENCODINGS) {
    it(`is known with one row under the headings of the template: ${encoding}`, () => {
      fc.assert(
        fc.property(fc.array(fc.tuple(Name, Name), { minLength: 1, maxLength: 3 }), (rows) => {
          const text = [headingCells().join(','), ...rows.map((cells) => cells.join(','))].join('\r\n');
          const decoded = decodeText(Uint8Array.from(Encoding.convert(text, { to, from: 'UNICODE', type: 'array' })));
          if (!decoded.ok) throw new Error(decoded.code);
          expect(decoded.value.encoding).to.equal(encoding);
          expect([...decoded.value.chunks].join('')).to.equal(text);
        }),
        { numRuns: 150 },
      );
    });
  }

  it('of which some lines came from elsewhere is that of its headings, and the other lines are marked', () => {
    const [sjis, utf8] = (['SJIS', 'UTF8'] as const).map(
      (to) => (text: string) => Uint8Array.from(Encoding.convert(text, { to, from: 'UNICODE', type: 'array' })),
    );
    if (!sjis || !utf8) throw new Error('no encoders');
    const headings = `${headingCells().join(',')}\r\n`;
    const mixed = decodeText(Buffer.concat([sjis(headings), utf8('青葉建設,アオバ\r\n'), sjis('見本組,ミホン\r\n')]));
    expect(mixed.ok && mixed.value.encoding).to.equal('shift_jis');
    const other = decodeText(Buffer.concat([utf8(headings), utf8('青葉建設,アオバ\r\n'), sjis('見本組,ミホン\r\n')]));
    if (!other.ok) throw new Error(other.code);
    const text = [...other.value.chunks].join('');
    expect(other.value.encoding).to.equal('utf-8');
    expect(text).to.include('青葉建設').and.include('\uFFFD');
  });

  it('in half-width kana is not taken for UTF-8', () => {
    const text = '会社名,ﾃﾞﾝﾜ\r\nﾐﾎﾝ,ﾃﾞﾃﾞ\r\n';
    const bytes = Uint8Array.from(Encoding.convert(text, { to: 'SJIS', from: 'UNICODE', type: 'array' }));
    const decoded = decodeText(bytes);
    expect(decoded.ok && [...decoded.value.chunks].join('')).to.equal(text);
  });
});

async function collected(lines: AsyncIterable<readonly string[]>): Promise<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
