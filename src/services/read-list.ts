import { setImmediate } from 'node:timers/promises';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type DecodeRefusal, type TextEncoding, decodeText } from '../domain/phone-list/decode-text.ts';
import { type ListCells, type ListField, foldHeading } from '../domain/phone-list/list-fields.ts';
import { HEADINGS_WITHIN, findHeadings, headingsAt } from '../domain/phone-list/find-headings.ts';
import type { Finding } from '../domain/phone-list/list-issue.ts';
import {
  type ColumnChoice,
  type ColumnMap,
  type HeadingRefusal,
  mapHeadings,
} from '../domain/phone-list/map-headings.ts';
import { createAsideTest } from '../domain/phone-list/row-aside.ts';
import { createRowsAbove } from '../domain/phone-list/row-above.ts';
import type { FileReading, ImportId, StoredRow } from '../domain/phone-list/phone-import.ts';
import { type Catalogues, type RowReading, createRowReader, readListRow } from '../domain/phone-list/read-list-row.ts';
import {
  MAX_ROWS,
  MAX_WORKBOOK_ROWS,
  type HeadingSearch,
  type Table,
  type TableRefusal,
  openTable,
  splitText,
} from '../domain/phone-list/read-table.ts';
import type { ImportStore, Workbooks } from '../ports-imports.ts';
import { createOneAhead } from './one-ahead.ts';

export type ReadRefusal = DecodeRefusal | TableRefusal | HeadingRefusal | 'import-row-unknown';
export type ReadList = ReturnType<typeof createListReader>;

/** A file to be read into rows, as a person wants it read. */
export interface FileToRead {
  readonly id: ImportId;
  readonly version: string;
  readonly file: Buffer;
  readonly encoding?: TextEncoding;
  /** The line of the file in which the headings begin; it is found where nobody says it. */
  readonly headingLine?: number;
  readonly columns: ColumnChoice;
  /** A mapping that was saved for lists of this kind; what it says of headings that the file lacks is left aside. */
  readonly remembered?: ColumnChoice;
}

/** How a file was read, with the choices that it took. */
export interface ListRead {
  readonly reading: FileReading;
  readonly rows: number;
  readonly columns: ColumnChoice;
}

interface Parts {
  readonly imports: Pick<ImportStore, 'putRows' | 'dropRows'>;
  readonly workbooks: Workbooks;
  readonly catalogues: Catalogues;
}

/** Rows of one piece; calls are answered between two pieces. */
const PIECE = 100;
/** So many pieces are written by one command. */
const PIECES = 5;

/** Reads an uploaded file row by row and keeps what it says in pieces, so that a long list is never in memory as a whole. */
export function createListReader({ imports, workbooks, catalogues }: Parts) {
  async function keepRows({ id, version }: FileToRead, table: Table, columns: ColumnMap) {
    const keeper = createKeeper((place, pieces) => imports.putRows(id, version, place, pieces));
    // The lists of today, looked up once; what many rows say is read once too.
    const read = createRowReader({ ...catalogues });
    const above = createRowsAbove(columns);
    const isAside = createAsideTest(table.headings, columns);
    let rows = 0;
    for await (const line of table.rows) {
      if (!line.ok) {
        await keeper.end();
        await imports.dropRows(id, version);
        return line;
      }
      const { row } = line.value;
      const { cells, findings } = above.fill(line.value.cells);
      const told = above.suggest(readWith(read, cells, columns));
      const reading = findings.length > 0 ? { ...told, findings: [...findings, ...told.findings] } : told;
      await keeper.add(isAside(cells) ? { row, cells, reading, aside: true } : { row, cells, reading });
      rows += 1;
    }
    await keeper.end();
    return accept(rows);
  }

  return async function readList(wanted: FileToRead): Promise<Outcome<ListRead, ReadRefusal>> {
    const opened = await openFile(wanted, workbooks);
    if (!opened.ok) return opened;
    const { table, encoding } = opened.value;
    const { headings, place } = table;
    const chosen = { ...fitting(wanted.remembered ?? {}, headings), ...wanted.columns };
    const columns = mapHeadings(headings, chosen);
    if (!columns.ok) return columns;
    const rows = await keepRows(wanted, table, columns.value);
    if (!rows.ok) return rows;
    return accept({
      reading: { encoding, headings, columns: columns.value, place },
      rows: rows.value,
      columns: chosen,
    });
  };
}

/** Gathers rows into pieces, and writes some of them by one command while the next rows are read. */
function createKeeper(put: (place: number, pieces: readonly (readonly StoredRow[])[]) => Promise<void>) {
  let pieces: StoredRow[][] = [];
  let piece: StoredRow[] = [];
  let place = 0;
  const writing = createOneAhead();
  const write = async () => {
    if (pieces.length === 0) return;
    const [from, some] = [place, pieces];
    place += pieces.length;
    pieces = [];
    await writing.begin(() => put(from, some));
  };
  const close = () => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
  };
  return {
    async add(row: StoredRow): Promise<void> {
      piece.push(row);
      if (piece.length < PIECE) return;
      close();
      if (pieces.length === PIECES) await write();
      await setImmediate();
    },
    async end(): Promise<void> {
      close();
      await write();
      await writing.ended();
    },
  };
}

/** What the cells of one line say; also of a line that a person has corrected. */
export function readCells(
  cells: readonly string[],
  columns: ColumnMap,
  catalogues: Catalogues,
  typed: TypedBeside = {},
): RowReading {
  return readWith((said) => readListRow(said, catalogues), cells, columns, typed);
}

/** What a person says of a row beside its cells: of columns that the file lacks, or that it is somebody else. */
interface TypedBeside {
  readonly beside?: ListCells;
  readonly another?: boolean;
}

function readWith(
  read: (said: ListCells) => RowReading,
  cells: readonly string[],
  columns: ColumnMap,
  { beside = {}, another = false }: TypedBeside = {},
): RowReading {
  const byField: { [F in ListField]?: string } = {};
  columns.forEach((field, place) => {
    const cell = cells[place] ?? '';
    const before = field && byField[field];
    if (field) byField[field] = before && cell ? `${before} ${cell}` : before || cell;
  });
  const { row, findings } = read({ ...byField, ...beside });
  const worker = another ? { ...row.worker, another } : row.worker;
  return { row: { ...row, worker }, findings: [...lengthFindings(cells, columns), ...findings] };
}

function fitting(remembered: ColumnChoice, headings: readonly string[]): ColumnChoice {
  const there = new Set(headings.map(foldHeading));
  return Object.fromEntries(Object.entries(remembered).filter(([heading]) => there.has(foldHeading(heading))));
}

type Opened = { readonly table: Table; readonly encoding: FileReading['encoding'] };

async function openFile(wanted: FileToRead, workbooks: Workbooks): Promise<Outcome<Opened, ReadRefusal>> {
  const { file, encoding } = wanted;
  const search = searchFor(wanted);
  if (isWorkbook(file)) {
    const lines = await workbooks.read(file);
    if (!lines.ok) return lines;
    const table = await openTable(lines.value, MAX_WORKBOOK_ROWS, search);
    return table.ok ? accept({ table: table.value, encoding: 'xlsx' }) : unfound(table, wanted);
  }
  if (isOldWorkbook(file)) return refuse('import-unreadable', 'xls');
  if (isMarkup(file)) return refuse('import-unreadable', 'html');
  const decoded = decodeText(file, encoding);
  if (!decoded.ok) return decoded;
  const table = await openTable(splitText(decoded.value.chunks), MAX_ROWS, search);
  return table.ok ? accept({ table: table.value, encoding: decoded.value.encoding }) : unfound(table, wanted);
}

function searchFor({ headingLine }: FileToRead): HeadingSearch {
  if (headingLine === undefined) return { within: HEADINGS_WITHIN, find: findHeadings };
  return { within: headingLine + HEADINGS_WITHIN, find: (lines) => headingsAt(lines, headingLine - 1) };
}

/** Where somebody says in which line the headings are, nothing is there. */
function unfound(
  refused: Outcome<never, TableRefusal> & { readonly ok: false },
  { headingLine }: FileToRead,
): Outcome<never, ReadRefusal> {
  const isOfLine = headingLine !== undefined && refused.code === 'import-empty';
  return isOfLine ? refuse('import-row-unknown', String(headingLine)) : refused;
}

/** By its first bytes, whatever its name says: a zip, as XLSX files are. */
function isWorkbook(file: Buffer): boolean {
  return file.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));
}

/** A workbook of before 2007, or one with a password. */
function isOldWorkbook(file: Buffer): boolean {
  return file.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
}

/** A web page, or a table that was saved as one under the name of a workbook: its lines are no rows. */
function isMarkup(file: Buffer): boolean {
  return /^(?:\uFEFF)?\s*<[!?a-z]/i.test(file.toString('utf-8', 0, 200));
}

/** Spreadsheets leave out empty cells at the end of a line, so a short line is only remarked on. */
function lengthFindings(cells: readonly string[], columns: ColumnMap): readonly Finding[] {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) return [{ code: 'row-ragged' }];
  return cells.length < columns.length ? [{ code: 'row-short' }] : [];
}
