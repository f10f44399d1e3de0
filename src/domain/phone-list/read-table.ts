import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Outcome, accept, refuse } from '../outcome.ts';
import { HEADINGS_WITHIN, type HeadingPlace } from './find-headings.ts';

/** One line of cells below the headings; `row` is 1 for the first, and blank lines count so that numbers match a spreadsheet. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A line above the headings: a title, a date, a site. `line` is 1 for the first of the file. */
export interface LineAbove {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where the headings stand in the file: the first line of them, how many they are, and what stands above. */
export interface HeadingLines {
  readonly line: number;
  readonly lines: 1 | 2;
  readonly above: readonly LineAbove[];
}

/** A list that is read line by line. */
export interface Table {
  /** Every heading once: a repeated one carries its place in brackets. */
  readonly headings: readonly string[];
  readonly place: HeadingLines;
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
/** Of blank lines at the beginning no more are gone through. */
const MOST_FIRST = 10_000;
/** So many lines above the headings are told, with so many cells each, and so many letters of a cell. */
const MAX_ABOVE = 20;
const MAX_CELL = 120;
/** One line in characters; a quotation that never ends is noticed here. */
const MAX_LINE = 200_000;
/** By so many characters it is told what separates the cells. */
const SNIFFED = 16_384;
const QUOTED = /"[^"]*"/g;
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

/** How the headings are found among so many first lines. */
export interface HeadingSearch {
  readonly within: number;
  readonly find: (lines: readonly (readonly string[])[]) => HeadingPlace | undefined;
}

/** Takes the first line that is not blank for the headings. */
const FIRST_LINE: HeadingSearch = {
  within: 1,
  find(lines) {
    const at = lines.findIndex((cells) => !isBlank(cells));
    return at < 0 ? undefined : { at, lines: 1, headings: lines[at] ?? [] };
  },
};

/** Takes the headings where the search finds them, the first line that is not blank by itself; `most` is how many rows may follow. */
export async function openTable(
  lines: AsyncIterable<readonly string[]>,
  most: number = MAX_ROWS,
  search: HeadingSearch = FIRST_LINE,
): Promise<Outcome<Table, TableRefusal>> {
  const iterator = readLines(lines)[Symbol.asyncIterator]();
  const { first, broken } = await readFirst(iterator, search.within);
  const found = search.find(first);
  if (!found) return broken ?? refuse('import-empty');
  const { at, lines: height, headings } = found;
  const above = aboveOf(first.slice(0, at));
  const rest = chain(first.slice(at + height), broken, iterator);
  return accept({
    headings: unrepeated(headings.slice(0, MAX_COLUMNS)),
    place: { line: at + 1, lines: height, above },
    rows: countRows(rest, most),
  });
}

/** The first lines with anything in them, and those between; what is wrong with the next one is said of the rows. */
async function readFirst(lines: AsyncIterator<Outcome<readonly string[], TableRefusal>>, within: number) {
  const first: (readonly string[])[] = [];
  let filled = 0;
  while (filled < within && first.length < MOST_FIRST) {
    const next = await lines.next();
    if (next.done === true) break;
    if (!next.value.ok) return { first, broken: next.value };
    first.push(next.value.value);
    if (!isBlank(next.value.value)) filled += 1;
  }
  return { first, broken: undefined };
}

/** Some lines with what they say, of a long preface or one that is none the beginning. */
function aboveOf(lines: readonly (readonly string[])[]): readonly LineAbove[] {
  return lines
    .flatMap((cells, place) =>
      isBlank(cells) ? [] : [{ line: place + 1, cells: cells.filter((cell) => cell.trim()) }],
    )
    .slice(0, MAX_ABOVE)
    .map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, MAX_ABOVE).map((cell) => cell.trim().slice(0, MAX_CELL)),
    }));
}

/** The lines that were looked at already, then the others. */
async function* chain(
  first: readonly (readonly string[])[],
  broken: Outcome<never, TableRefusal> | undefined,
  rest: AsyncIterator<Outcome<readonly string[], TableRefusal>>,
): AsyncGenerator<Outcome<readonly string[], TableRefusal>> {
  try {
    for (const cells of first) yield accept(cells);
    if (broken) yield broken;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
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
  let text = '';
  for (const chunk of chunks) {
    text += chunk;
    if (text.length >= SNIFFED) break;
  }
  return text.slice(0, SNIFFED);
}

/** What most of the first lines are separated by, since a title says nothing about it; what stands in quotes does not count. */
function separatorOf(text: string): ',' | '\t' {
  const lines = text.replace(QUOTED, '').split(/\r\n|\r|\n/, HEADINGS_WITHIN);
  const tabbed = lines.map((line) => Math.sign(line.split('\t').length - line.split(',').length));
  return tabbed.reduce((sum, one) => sum + one, 0) > 0 ? '\t' : ',';
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
