import { Readable } from 'node:stream';
import { accept, refuse } from '../domain/outcome.ts';
import type { Workbooks } from '../ports-imports.ts';
import { type SheetLines, createSheetReader } from './read-sheet.ts';
import { unpackedSize } from './unpacked-size.ts';

/** So much may a workbook hold when it is unpacked: 50,000 rows with long names, far more than its packed size tells. */
const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 1000;
/** Wide enough for a name or an id. */
const COLUMN_WIDTH = 18;
const readSheet = createSheetReader();

/** Workbooks (XLSX) by way of packages; every cell that is written is text, so that ids and numbers keep their zeros. */
export const workbooks: Workbooks = {
  async read(file) {
    const unpacked = await unpackedSize(file, { bytes: MOST_UNPACKED_BYTES, entries: MOST_ENTRIES });
    if (unpacked === 'unreadable') return refuse('import-unreadable', 'xlsx');
    if (unpacked === 'too-large') return refuse('import-too-large', 'xlsx');
    const lines = await readSheet(file);
    if (lines === 'unreadable') return refuse('import-unreadable', 'xlsx');
    return lines === 'too-large' ? refuse('import-too-large', 'xlsx') : accept(linesOf(lines));
  },
  async write(lines) {
    const cells = lines.map((line) => line.map((text) => ({ value: text, type: String, format: '@' })));
    const columns = (lines[0] ?? []).map(() => ({ width: COLUMN_WIDTH }));
    // Loaded only here: most starts write none.
    const { default: writeWorkbook } = await import('write-excel-file/node');
    return writeWorkbook(cells, { columns, stickyRowsCount: 1 }).toBuffer();
  },
};

/** One line after the other, so that a long sheet is not held twice. */
function linesOf(rows: SheetLines): AsyncIterable<readonly string[]> {
  return Readable.from(textsOf(rows));
}

function* textsOf(rows: SheetLines): Generator<readonly string[]> {
  for (const row of rows) yield row.map(cellText);
}

/** A cell as a person would have typed it; a day has no time unless one was given. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'はい' : 'いいえ';
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}
