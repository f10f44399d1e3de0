import { z } from 'zod';
import { headingOf } from '../src/domain/phone-list/list-fields.ts';
import { missingColumns } from '../src/domain/phone-list/map-headings.ts';
import type { ListIssue } from '../src/domain/phone-list/list-issue.ts';
import { type FileReading, ImportId, headingLine, importStates } from '../src/domain/phone-list/phone-import.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import type { ImportReport, PreviewRow } from '../src/services/report-import.ts';

/** Of one uploaded list: its id in the address, and who may ask. */
export const ofImport = { params: z.object({ id: ImportId }) };
/** The right to keep telephone lists. */
export const rightToImport = ['phone-import', 'keep'] as const;
/** Who may ask for one uploaded list. */
export const accessToImport = {
  right: rightToImport,
  one: ({ params }: { readonly params: { readonly id: ImportId } }) => params.id,
};

const Count = z.number().int();

const FindingView = z
  .object({
    /** 1 is the first row below the headings, 0 their own line; blank lines count. */
    row: Count,
    /** The line of the file or sheet, 1 for the first. */
    line: Count,
    column: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    messageEn: z.string(),
    severity: z.enum(['error', 'warning']),
    suggestion: z.string().exactOptional(),
  })
  .meta({ id: 'PhoneImportFinding' });

/** How many rows a commit created, changed, or found as they were. */
export const CommitView = z
  .object({ created: Count, updated: Count, unchanged: Count })
  .meta({ id: 'PhoneImportCommit' });

/** An uploaded list: how it was read, how many rows are good, and what is wrong with the others. */
export const ImportView = z
  .object({
    id: ImportId,
    state: z.enum(importStates),
    createdAt: z.string(),
    /** `xlsx` for a workbook. */
    encoding: z.string(),
    /** What each heading of the file means to us; null for columns left aside. */
    columns: z.record(z.string(), z.string().nullable()),
    /** In the order of the file; a heading that is repeated has its place in brackets. */
    headings: z.array(z.string()),
    /** The line of the file in which the headings begin, and how many lines they are. */
    headingLine: Count,
    headingLines: Count,
    /** What stands above the headings: titles, dates; the first twenty lines that are not blank. */
    above: z.array(z.object({ line: Count, cells: z.array(z.string()) })),
    /** Columns that `columns` must still name before the list can be saved: any of `fields` does. */
    missing: z.array(z.object({ fields: z.array(z.string()), headings: z.array(z.string()) })),
    counts: z.object({ rows: Count, valid: Count, invalid: Count, warnings: Count, dropped: Count }),
    /** The first thousand of each; the rest is found row by row. */
    errors: z.array(FindingView),
    warnings: z.array(FindingView),
    progress: z.object({ done: Count, total: Count }).exactOptional(),
    result: CommitView.extend({ failed: z.array(z.object({ row: Count, code: z.string() })) }).exactOptional(),
  })
  .meta({ id: 'PhoneImport' });

/** One row as it stands, with what a commit would do about its number. */
export const RowView = z
  .object({
    row: Count,
    /** The line of the file or sheet, 1 for the first. */
    line: Count,
    state: z.enum(['valid', 'invalid', 'dropped']),
    effect: z.enum(['create', 'update', 'unchanged']).exactOptional(),
    cells: z.record(z.string(), z.string()),
    issues: z.array(FindingView),
  })
  .meta({ id: 'PhoneImportRow' });

/** An import as it is shown; the counts are of rows. */
export function importView({ phoneImport, counts, errors, warnings }: ImportReport) {
  const { id, state, createdAt, result, progress, reading } = phoneImport;
  const { headings, columns, encoding } = reading;
  const lined = linedBy(reading);
  return {
    id,
    state,
    createdAt: tokyoText(createdAt),
    encoding,
    columns: Object.fromEntries(headings.map((heading, place) => [heading, columns[place] ?? null])),
    headings: [...headings],
    headingLine: reading.place?.line ?? 1,
    headingLines: reading.place?.lines ?? 1,
    above: reading.place?.above.map(({ line, cells }) => ({ line, cells: [...cells] })) ?? [],
    missing: missingColumns(columns).map((fields) => ({ fields: [...fields], headings: fields.map(headingOf) })),
    counts,
    errors: errors.map(lined),
    warnings: warnings.map(lined),
    ...(progress ? { progress } : {}),
    ...(result ? { result } : {}),
  };
}

/** A row as it is shown. */
export function rowView({ row, line, state, cells, issues, step }: PreviewRow) {
  const lined = issues.map((issue) => ({ ...issue, line }));
  return { row, line, state, cells, issues: lined, ...(step ? { effect: step.phone.kind } : {}) };
}

function linedBy(reading: FileReading) {
  const last = headingLine(reading);
  return (issue: ListIssue) => ({ ...issue, line: last + issue.row });
}
