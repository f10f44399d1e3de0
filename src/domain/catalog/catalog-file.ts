import type { z } from 'zod';
import { type Outcome, accept, refuse } from '../outcome.ts';
import { type DecodeRefusal, type TextEncoding, decodeText } from '../phone-list/decode-text.ts';
import { type TableRefusal, openTable, splitText } from '../phone-list/read-table.ts';
import { shieldCell, unshieldCell } from '../phone-list/shield-cell.ts';
import { writeCsv } from '../phone-list/write-list.ts';
import { type CatalogError, CatalogFile, CatalogItem, type CatalogName, MAX_ITEMS, flawsOf } from './catalog.ts';

type Column = keyof CatalogItem;

/** Columns of a list as CSV, in the order in which it is written, each with its Japanese heading. */
const COLUMNS: Readonly<Record<Column, string>> = {
  code: 'コード',
  group: '分類',
  ja: '名称',
  en: '英語名',
  status: '状態',
  source: '出典',
  validFrom: '有効開始日',
  validTo: '有効終了日',
  noteRequired: '説明必須',
};
const columns = Object.keys(COLUMNS) as Column[];
const STATUS: Readonly<Record<string, string>> = { 確定: 'confirmed', 推定: 'inferred' };
const YES = new Set(['true', 'はい', '1', 'yes']);

/** A list as it was read: what could be read of it, and what could not. */
export interface CatalogReading {
  readonly kind?: CatalogName;
  readonly version?: string;
  readonly items: readonly CatalogItem[];
  readonly errors: readonly CatalogError[];
}

export type CatalogRefusal = DecodeRefusal | TableRefusal;

/** Reads a list from JSON (as it is exported, or its items alone) or from CSV in any encoding. */
export async function readCatalogFile(
  name: CatalogName,
  bytes: Uint8Array,
  encoding?: TextEncoding,
): Promise<Outcome<CatalogReading, CatalogRefusal>> {
  const decoded = decodeText(bytes, encoding);
  if (!decoded.ok) return decoded;
  const text = [...decoded.value.chunks].join('').replace(/^\ufeff/, '');
  return /^\s*[[{]/.test(text) ? readJson(name, text) : readCsv(name, text);
}

/** The list as CSV that reads back as itself. */
export function writeCatalogCsv(items: readonly CatalogItem[]): string {
  const cell = (item: CatalogItem, column: Column) => shieldCell(String(item[column] ?? ''));
  return writeCsv([columns, ...items.map((item) => columns.map((column) => cell(item, column)))]);
}

/** The list as a JSON file, in the shape in which the lists ship. */
export function writeCatalogJson(kind: CatalogName, version: string, items: readonly CatalogItem[]): string {
  return `${JSON.stringify({ kind, version, items }, undefined, 2)}\n`;
}

function readJson(name: CatalogName, text: string): Outcome<CatalogReading, CatalogRefusal> {
  const parsed = parseJson(text);
  const file = CatalogFile.safeParse(Array.isArray(parsed) ? { items: parsed } : parsed);
  if (!file.success) return refuse('import-unreadable', 'JSON');
  const { items, ...rest } = file.data;
  if (items.length === 0) return refuse('import-empty');
  return accept({ ...rest, ...readItems(name, items) });
}

async function readCsv(name: CatalogName, text: string): Promise<Outcome<CatalogReading, CatalogRefusal>> {
  const table = await openTable(splitText([text]), MAX_ITEMS);
  if (!table.ok) return table;
  const headings = table.value.headings.map(columnNamed);
  const unknown = headings.flatMap((column, place): readonly CatalogError[] =>
    column ? [] : [{ row: 0, column: table.value.headings[place] ?? '', code: 'column-unknown' }],
  );
  const rows: unknown[] = [];
  for await (const line of table.value.rows) {
    if (!line.ok) return line;
    rows.push(Object.fromEntries(headings.flatMap((column, place) => valueOf(column, line.value.cells[place]))));
  }
  if (rows.length === 0) return refuse('import-empty');
  const { items, errors } = readItems(name, rows);
  return accept({ items, errors: [...unknown, ...errors] });
}

function columnNamed(heading: string): Column | undefined {
  const plain = heading.normalize('NFKC').trim();
  return columns.find((column) => column.toLowerCase() === plain.toLowerCase() || COLUMNS[column] === plain);
}

function valueOf(column: Column | undefined, cell = ''): readonly (readonly [Column, unknown])[] {
  const text = unshieldCell(cell.trim());
  if (column === undefined || text === '') return [];
  if (column === 'noteRequired') return [[column, YES.has(text.toLowerCase())]];
  return [[column, column === 'status' ? (STATUS[text] ?? text) : text]];
}

function readItems(name: CatalogName, rows: readonly unknown[]): Pick<CatalogReading, 'items' | 'errors'> {
  const items: CatalogItem[] = [];
  const errors: CatalogError[] = [];
  for (const [place, row] of rows.entries()) {
    const parsed = CatalogItem.safeParse(row);
    if (parsed.success) items.push(parsed.data);
    else errors.push(...parsed.error.issues.map((issue) => errorOf(place + 1, issue, row)));
  }
  return { items, errors: errors.length > 0 ? errors : flawsOf(name, items) };
}

function errorOf(row: number, issue: z.core.$ZodIssue, value: unknown): CatalogError {
  const column = String(issue.path[0] ?? (issue.code === 'unrecognized_keys' ? issue.keys[0] : ''));
  if (issue.code === 'unrecognized_keys') return { row, column, code: 'column-unknown' };
  const given = (value as Readonly<Record<string, unknown>> | null)?.[column];
  return { row, column, code: given === undefined || given === '' ? 'required' : 'format' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
