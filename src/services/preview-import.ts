import { setImmediate } from 'node:timers/promises';
import { type Outcome, accept } from '../domain/outcome.ts';
import { type DecodeRefusal, type TextEncoding, decodeText } from '../domain/phone-list/decode-text.ts';
import { type ListCells, headingOf } from '../domain/phone-list/list-fields.ts';
import { type Finding, type ListIssue, describeFinding, isError } from '../domain/phone-list/list-issue.ts';
import { type ColumnMap, type HeadingRefusal, mapHeadings } from '../domain/phone-list/map-headings.ts';
import type { PhoneImport } from '../domain/phone-list/phone-import.ts';
import { type PlannedRow, type ReadRow, type RowStep, planList } from '../domain/phone-list/plan-list.ts';
import { type Catalogues, readListRow } from '../domain/phone-list/read-list-row.ts';
import { type Table, type TableRefusal, type TableRow, readTable } from '../domain/phone-list/read-table.ts';
import type { ListFactsReader } from './read-list-facts.ts';

/** One row as it would be taken now. */
export interface PreviewRow {
  readonly row: number;
  /** By heading, corrections included. */
  readonly cells: Readonly<Record<string, string>>;
  readonly state: 'valid' | 'invalid' | 'dropped';
  readonly issues: readonly ListIssue[];
  /** What a commit does with it; only of a valid row. */
  readonly step?: RowStep;
}

/** A list as it would be taken now: nothing of it is stored. */
export interface Preview {
  readonly encoding: TextEncoding;
  readonly headings: readonly string[];
  readonly columns: ColumnMap;
  readonly rows: readonly PreviewRow[];
}

export type PreviewRefusal = DecodeRefusal | TableRefusal | HeadingRefusal;
export type PreviewImport = ReturnType<typeof createPreview>;

/** Rows between two breaths, so that calls are answered while a long list is read. */
const SLICE = 200;

interface Parts {
  readonly readFacts: ListFactsReader;
  readonly catalogues: Catalogues;
}

/** An uploaded file as a table with the meaning of its columns, without any correction of rows. */
export interface UploadedTable extends Table {
  readonly encoding: TextEncoding;
  readonly columns: ColumnMap;
}

/** Reads an uploaded file by what a person said about it. */
export function readUploadedTable(file: Uint8Array, draft: PhoneImport): Outcome<UploadedTable, PreviewRefusal> {
  const decoded = decodeText(file, draft.encoding);
  if (!decoded.ok) return decoded;
  const table = readTable(decoded.value.text);
  if (!table.ok) return table;
  const columns = mapHeadings(table.value.headings, draft.columns);
  if (!columns.ok) return columns;
  return accept({ ...table.value, encoding: decoded.value.encoding, columns: columns.value });
}

/** Holds an uploaded list, with its corrections, against what is on file. */
export function createPreview({ readFacts, catalogues }: Parts) {
  return async function preview(file: Uint8Array, draft: PhoneImport): Promise<Outcome<Preview, PreviewRefusal>> {
    const table = readUploadedTable(file, draft);
    if (!table.ok) return table;
    const { encoding, headings, columns } = table.value;
    const corrected = correct(table.value, draft);
    const kept = corrected.filter(({ row }) => !draft.corrections[row]?.dropped);
    const read = await readRows(kept, columns, catalogues);
    const numbers = read.flatMap(({ reading }) => reading.row.number ?? []);
    const planned = planList(read, await readFacts(numbers, draft.day));
    const plans = new Map(planned.map((plan) => [plan.row, plan]));
    const describe = createDescriber(headings, columns);
    const rows = corrected.map(({ row, cells }) => ({
      row,
      cells: Object.fromEntries(headings.map((heading, place) => [heading, cells[place] ?? ''])),
      ...verdictOf(plans.get(row), describe),
    }));
    return accept({ encoding, headings, columns, rows });
  };
}

function correct({ headings, rows }: Table, { corrections }: PhoneImport): readonly TableRow[] {
  return rows.map(({ row, cells }) => {
    const texts = corrections[row]?.cells;
    return texts
      ? { row, cells: headings.map((heading, place) => texts[heading] ?? cells[place] ?? '') }
      : { row, cells };
  });
}

async function readRows(
  rows: readonly TableRow[],
  columns: ColumnMap,
  catalogues: Catalogues,
): Promise<readonly ReadRow[]> {
  const read: ReadRow[] = [];
  for (const { row, cells } of rows) {
    if (read.length % SLICE === SLICE - 1) await setImmediate();
    const reading = readListRow(toCells(cells, columns), catalogues);
    read.push({ row, reading: { ...reading, findings: [...lengthFindings(cells, columns), ...reading.findings] } });
  }
  return read;
}

function toCells(cells: readonly string[], columns: ColumnMap): ListCells {
  return Object.fromEntries(columns.flatMap((field, place) => (field ? [[field, cells[place] ?? '']] : [])));
}

/** Spreadsheets leave out empty cells at the end of a line, so a short line is only remarked on. */
function lengthFindings(cells: readonly string[], columns: ColumnMap): readonly Finding[] {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) return [{ code: 'row-ragged' }];
  return cells.length < columns.length ? [{ code: 'row-short' }] : [];
}

type Describer = (finding: Finding, row: number) => ListIssue;

function createDescriber(headings: readonly string[], columns: ColumnMap): Describer {
  return (finding, row) => {
    const { field } = finding;
    const heading = field && (headings[columns.indexOf(field)] ?? headingOf(field));
    return describeFinding(finding, row, heading ?? null);
  };
}

function verdictOf(plan: PlannedRow | undefined, describe: Describer): Pick<PreviewRow, 'state' | 'issues' | 'step'> {
  if (!plan) return { state: 'dropped', issues: [] };
  const issues = plan.findings.map((finding) => describe(finding, plan.row));
  if (!plan.step || plan.findings.some(isError)) return { state: 'invalid', issues };
  return { state: 'valid', issues, step: plan.step };
}
