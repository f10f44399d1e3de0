import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Outcome, accept, refuse } from '../outcome.ts';

/** One line of cells below the headings; `row` is 1 for the first, and blank lines count so that numbers match a spreadsheet. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A list that is read line by line. */
export interface Table {
  /** Every heading once: a repeated one carries its place in brackets. */
  readonly headings: readonly string[];
  /** Ends after the first refusal. */
  readonly rows: AsyncIterable<Outcome<TableRow, TableRefusal>>;
}

export type TableRefusal = 'import-empty' | 'import-unreadable' | 'import-too-large';

/** More rows than any small builder has. */
export const MAX_ROWS = 100_000;
/** A workbook is read and written as a whole, so it may hold less than a text: as many rows as we write, we read. */
export const MAX_WORKBOOK_ROWS = 50_000;

/** A column more than this is not a list of people. */
const MAX_COLUMNS = 200;
/** One line in characters; a quotation that never ends is noticed here. */
const MAX_LINE = 200_000;
/** All of them, also mixed: a list that was put together from two systems has both. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

/** The lines of separated text: commas, or tabs where these dominate the first line. Lines of unequal length are kept as they are. */
export function splitText(chunks: Iterable<string>): AsyncIterable<readonly string[]> {
  const parser = parse({
    bom: true,
    delimiter: separatorOf(firstText(chunks)),
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: MAX_LINE,
  });
  const text = Readable.from(bounded(chunks)).on('error', (error) => parser.destroy(error));
  return text.pipe(parser) as AsyncIterable<readonly string[]>;
}

/** The parser counts what is in the cells of a line, but not how many cells are empty. */
function* bounded(chunks: Iterable<string>): Generator<string> {
  let length = 0;
  for (const chunk of chunks) {
    const end = Math.max(chunk.lastIndexOf('\n'), chunk.lastIndexOf('\r'));
    length = end < 0 ? length + chunk.length : chunk.length - end;
    if (length > MAX_LINE) throw new CsvError('CSV_MAX_RECORD_SIZE', 'a line is too long');
    yield chunk;
  }
}

/** Takes the first line that is not blank for the headings; `most` is how many rows may follow. */
export async function openTable(
  lines: AsyncIterable<readonly string[]>,
  most: number = MAX_ROWS,
): Promise<Outcome<Table, TableRefusal>> {
  const iterator = readLines(lines)[Symbol.asyncIterator]();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    if (!next.value.ok) return next.value;
    const headings = next.value.value;
    if (!isBlank(headings)) {
      return accept({ headings: unrepeated(headings.slice(0, MAX_COLUMNS)), rows: countRows(iterator, most) });
    }
  }
  return refuse('import-empty');
}

async function* readLines(
  lines: AsyncIterable<readonly string[]>,
): AsyncGenerator<Outcome<readonly string[], TableRefusal>> {
  try {
    for await (const cells of lines) yield accept(cells);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield refuse('import-unreadable', error.code);
  }
}

async function* countRows(
  lines: AsyncIterator<Outcome<readonly string[], TableRefusal>>,
  most: number,
): AsyncGenerator<Outcome<TableRow, TableRefusal>> {
  let row = 0;
  let kept = 0;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    if (!next.value.ok) {
      yield next.value;
      return;
    }
    row += 1;
    const cells = next.value.value;
    if (!isBlank(cells)) kept += 1;
    if (kept > most || row > 2 * most) {
      await lines.return?.();
      yield refuse('import-too-large', String(most));
      return;
    }
    if (!isBlank(cells)) yield accept({ row, cells });
  }
  if (kept === 0) yield refuse('import-empty');
}

function firstText(chunks: Iterable<string>): string {
  for (const chunk of chunks) if (chunk.trim() !== '') return chunk;
  return '';
}

function separatorOf(text: string): ',' | '\t' {
  const line = text.replace(/^\uFEFF?\s*/, '').split(/\r\n|\r|\n/, 1)[0] ?? '';
  return line.split('\t').length > line.split(',').length ? '\t' : ',';
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function unrepeated(headings: readonly string[]): readonly string[] {
  return headings.map((raw, place) => {
    const heading = raw.trim();
    const earlier = headings.slice(0, place).filter((other) => other.trim() === heading).length;
    return earlier === 0 ? heading : `${heading}(${earlier + 1})`;
  });
}
