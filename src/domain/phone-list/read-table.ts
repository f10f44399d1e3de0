import { CsvError, parse } from 'csv-parse/sync';
import { type Outcome, accept, refuse } from '../outcome.ts';

/** One line of cells below the headings; `row` is 1 for the first, and blank lines count so that numbers match a spreadsheet. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface Table {
  /** Every heading once: a repeated one carries its place in brackets. */
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

export type TableRefusal = 'import-empty' | 'import-unreadable' | 'import-too-large';

/** More rows than any small builder has, and few enough that calls are still answered while a list is read. */
export const MAX_ROWS = 20_000;

/** A column more than this is not a list of people. */
const MAX_COLUMNS = 200;

/** Reads separated text: commas, or tabs where these dominate the first line. Lines of unequal length are kept as they are. */
export function readTable(text: string): Outcome<Table, TableRefusal> {
  const records = split(text);
  if (!records.ok) return records;
  const first = records.value.findIndex((cells) => !isBlank(cells));
  const headings = records.value[first];
  if (headings === undefined) return refuse('import-empty');
  const rows = records.value
    .slice(first + 1)
    .map((cells, place) => ({ row: place + 1, cells }))
    .filter(({ cells }) => !isBlank(cells));
  if (rows.length === 0) return refuse('import-empty');
  if (rows.length > MAX_ROWS) return refuse('import-too-large', String(MAX_ROWS));
  return accept({ headings: unrepeated(headings.slice(0, MAX_COLUMNS)), rows });
}

function split(text: string): Outcome<readonly string[][], TableRefusal> {
  try {
    const delimiter = separatorOf(text);
    return accept(
      parse(text, {
        bom: true,
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: false,
        to: MAX_ROWS * 2,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse('import-unreadable', error.message.slice(0, 120));
  }
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
