import { z } from 'zod';
import { ImportId } from '../src/domain/phone-list/phone-import.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import type { ImportReport } from '../src/services/import-phones.ts';
import type { PreviewRow } from '../src/services/preview-import.ts';

/** As many findings as one answer lists; the rest is found row by row. */
const MOST_FINDINGS = 5000;

const Count = z.number().int();

const FindingView = z
  .object({
    /** 1 is the first row below the headings; blank lines count. */
    row: Count,
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
    state: z.enum(['draft', 'committing', 'committed']),
    createdAt: z.string(),
    encoding: z.string(),
    /** What each heading of the file means to us; null for columns left aside. */
    columns: z.record(z.string(), z.string().nullable()),
    counts: z.object({ rows: Count, valid: Count, invalid: Count, warnings: Count, dropped: Count }),
    errors: z.array(FindingView),
    warnings: z.array(FindingView),
    result: CommitView.extend({ failed: z.array(z.object({ row: Count, code: z.string() })) }).exactOptional(),
  })
  .meta({ id: 'PhoneImport' });

/** What rows can be listed by; `warning` are those that something was remarked about. */
export const RowStates = z.enum(['valid', 'invalid', 'dropped', 'warning']);

/** One row as it stands, with what a commit would do about its number. */
export const RowView = z
  .object({
    row: Count,
    state: z.enum(['valid', 'invalid', 'dropped']),
    effect: z.enum(['create', 'update', 'unchanged']).exactOptional(),
    cells: z.record(z.string(), z.string()),
    issues: z.array(FindingView),
  })
  .meta({ id: 'PhoneImportRow' });

/** An import as it is shown; the counts are of rows. */
export function importView({ phoneImport, preview }: ImportReport) {
  const { id, state, createdAt, result } = phoneImport;
  const { rows, headings, columns, encoding } = preview;
  const issues = rows.flatMap((row) => row.issues);
  const withSeverity = (severity: 'error' | 'warning') =>
    issues.filter((issue) => issue.severity === severity).slice(0, MOST_FINDINGS);
  const inState = (wanted: z.infer<typeof RowStates>) => rows.filter((row) => isInState(row, wanted)).length;
  return {
    id,
    state,
    createdAt: tokyoText(createdAt),
    encoding,
    columns: Object.fromEntries(headings.map((heading, place) => [heading, columns[place] ?? null])),
    counts: {
      rows: rows.length,
      valid: inState('valid'),
      invalid: inState('invalid'),
      warnings: inState('warning'),
      dropped: inState('dropped'),
    },
    errors: withSeverity('error'),
    warnings: withSeverity('warning'),
    ...(result ? { result } : {}),
  };
}

/** A row as it is shown. */
export function rowView({ row, state, cells, issues, step }: PreviewRow) {
  return { row, state, cells, issues, ...(step ? { effect: step.phone.kind } : {}) };
}

/** Whether a row belongs to a list of rows asked for by state; all do when none is asked for. */
export function isInState(row: PreviewRow, wanted: z.infer<typeof RowStates> | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted === 'warning' ? row.issues.some(({ severity }) => severity === 'warning') : row.state === wanted;
}
