import { expect } from 'chai';
import Encoding from 'encoding-japanese';
import fc from 'fast-check';
import { ProblemBody } from '../../src/http/problem.ts';
import { workbooks } from '../../src/workbook/workbooks.ts';
import { HEADINGS, type ListOffice, openListOffice } from '../support/list-office.ts';
import { workbookOf } from '../support/workbook-of.ts';

const LINE =
  '見本工業㈱,ミホンコウギョウ,,見本一郎,ミホンイチロウ,,090-1234-5678,いいえ,34-01,FOREMAN,,はい,2026-11-01,';
const CSV = Buffer.from(`${HEADINGS}\r\n${LINE}\r\n${LINE.replace('5678', '5679')}\r\n`);

describe('an upload of anything', () => {
  let office: ListOffice;
  let book: Buffer;
  before(async () => {
    office = await openListOffice();
    book = await workbooks.write([HEADINGS.split(','), LINE.split(',')]);
  });
  after(() => office.close());

  /** It is taken, or refused in words; never is it our failure. */
  async function holds(file: Uint8Array): Promise<void> {
    const answer = await office.upload(Buffer.from(file));
    expect(answer.status, answer.text).to.be.oneOf([201, 413, 422]);
    if (answer.status !== 201) ProblemBody.strict().parse(JSON.parse(answer.text));
  }
  const check = (files: fc.Arbitrary<Uint8Array>, numRuns: number) =>
    fc.assert(fc.asyncProperty(files, holds), { numRuns });

  it('answers for any bytes', async function () {
    this.timeout(60_000);
    await check(fc.uint8Array({ maxLength: 3000 }), 60);
  });

  it('answers for lists and workbooks with damaged bytes', async function () {
    this.timeout(300_000);
    const damaged = (file: () => Buffer) =>
      fc
        .array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 6 })
        .map((changes) => {
          const bytes = Uint8Array.from(file());
          for (const [place, byte] of changes) bytes[Math.floor(place * bytes.length)] = byte;
          return bytes;
        });
    await check(
      damaged(() => CSV),
      60,
    );
    await check(
      damaged(() => book),
      25,
    );
    await check(
      fc.double({ min: 0, max: 1, noNaN: true }).map((part) => book.subarray(0, Math.floor(part * book.length))),
      15,
    );
  });

  it('answers for ragged lines of any letters in any encoding', async function () {
    this.timeout(120_000);
    const Cell = fc.string({ unit: fc.constantFrom(...'見本,"\t\n\r\0=@あｱ髙090-'), maxLength: 10 });
    const Lines = fc.array(fc.array(Cell, { maxLength: 20 }), { maxLength: 8 });
    const Coded = fc.constantFrom('SJIS', 'EUCJP', 'JIS', 'UTF8', 'UTF16');
    await check(
      fc.tuple(Lines, Coded).map(([lines, to]) => {
        const text = [HEADINGS, ...lines.map((cells) => cells.join(','))].join('\r\n');
        return Uint8Array.from(Encoding.convert(text, { to, from: 'UNICODE', type: 'array' }).map((one) => one & 0xff));
      }),
      60,
    );
  });

  it('refuses a workbook that would fill the memory, or that goes on behind its end', async function () {
    this.timeout(300_000);
    const far = workbookOf(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    );
    const refused = await office.upload(far);
    expect([refused.status, ProblemBody.parse(JSON.parse(refused.text)).code]).to.deep.equal([413, 'import-too-large']);
    const longer = await office.upload(Buffer.concat([book, Buffer.alloc(1000)]));
    expect([longer.status, ProblemBody.parse(JSON.parse(longer.text)).code]).to.deep.equal([422, 'import-unreadable']);
    const next = await office.upload(book);
    expect(next.status, next.text).to.equal(201);
  });

  it('gives cells of a workbook back as they were written', async function () {
    this.timeout(300_000);
    const Cell = fc.string({ unit: fc.constantFrom(...'見本髙﨑𠮷㈱①ヶ・，"\',;=+-@<>&＝ 　a1'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(Cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), async (lines) => {
        const read = await workbooks.read(await workbooks.write([['a', 'b', 'c'], ...lines]));
        if (!read.ok) throw new Error(read.code);
        const cells: (readonly string[])[] = [];
        for await (const row of read.value) cells.push(row);
        expect(cells.slice(1)).to.deep.equal(lines.slice(0, cells.length - 1));
        expect(
          lines
            .slice(cells.length - 1)
            .flat()
            .join(''),
        ).to.equal('');
      }),
      { numRuns: 25 },
    );
  });
});
