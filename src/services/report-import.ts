import { type ListField, headingOf } from '../domain/phone-list/list-fields.ts';
import { type Finding, type ListIssue, describeFinding, isError } from '../domain/phone-list/list-issue.ts';
import { missingColumns, namesOfColumns, rivalColumns } from '../domain/phone-list/map-headings.ts';
import { type FileReading, type PhoneImport, headingLine } from '../domain/phone-list/phone-import.ts';
import type { RowStep } from '../domain/phone-list/plan-list.ts';
import type { PlanImport, ViewedRow } from './plan-import.ts';

/** One row as it would be taken now. */
export interface PreviewRow {
  readonly row: number;
  /** In the file or sheet, 1 for the first. */
  readonly line: number;
  /** By heading, corrections included. */
  readonly cells: Readonly<Record<string, string>>;
  readonly state: 'valid' | 'invalid' | 'dropped';
  readonly issues: readonly ListIssue[];
  /** What a commit does with it; only of a valid row. */
  readonly step?: RowStep;
}

export const rowStates = ['valid', 'invalid', 'dropped', 'warning'] as const;
/** What rows can be listed by; `warning` are those that something was remarked about. */
export type RowState = (typeof rowStates)[number];

/** How many rows are in which state. */
export type RowCounts = Readonly<Record<'rows' | 'valid' | 'invalid' | 'warnings' | 'dropped', number>>;

/** An uploaded list and what it would do now. */
export interface ImportReport {
  readonly phoneImport: PhoneImport;
  readonly counts: RowCounts;
  readonly errors: readonly ListIssue[];
  readonly warnings: readonly ListIssue[];
}

/** Which rows are asked for. */
export interface RowsWanted {
  readonly after: number;
  readonly limit: number;
  readonly state?: RowState;
}

/** As many findings of each severity as one report lists; the rest is found row by row. */
const MOST_FINDINGS = 1000;
const HEADING_ROW = 0;
/** What is said of each row in which this column says nothing. */
const LACKS: Readonly<Partial<Record<ListField, ListIssue['code'][]>>> = {
  firmName: ['firm-missing'],
  workerName: ['worker-missing'],
  number: ['number-missing'],
};

export type ImportReporter = ReturnType<typeof createImportReporter>;

/** Shows what a list would do: as a whole, or rows of it. */
export function createImportReporter(planImport: PlanImport) {
  return {
    async report(phoneImport: PhoneImport): Promise<ImportReport> {
      const counts = { rows: 0, valid: 0, invalid: 0, warnings: 0, dropped: 0 };
      const missing = missingColumns(phoneImport.reading.columns);
      const errors: ListIssue[] = missing.map(describeMissing);
      const isSaid = saidOnce(missing);
      const warnings: ListIssue[] = [...describeAbove(phoneImport.reading), ...describeRivals(phoneImport)];
      await planImport(phoneImport, (rows) => {
        for (const viewed of rows) {
          const { state, issues } = verdictOf(viewed, phoneImport.reading);
          counts.rows += 1;
          counts[state] += 1;
          if (issues.some(({ severity }) => severity === 'warning')) counts.warnings += 1;
          for (const issue of issues.filter((one) => !isSaid(one))) {
            const list = issue.severity === 'error' ? errors : warnings;
            if (list.length < MOST_FINDINGS) list.push(issue);
          }
        }
        return true;
      });
      return { phoneImport, counts, errors, warnings };
    },
    /** Some rows in their order; one more than the limit when there are more. */
    async rows(phoneImport: PhoneImport, { after, limit, state }: RowsWanted): Promise<readonly PreviewRow[]> {
      const found: PreviewRow[] = [];
      await planImport(phoneImport, (rows) => {
        for (const viewed of rows) {
          if (viewed.row <= after || found.length > limit) continue;
          const row = previewOf(viewed, phoneImport.reading);
          if (isInState(row, state)) found.push(row);
        }
        return found.length <= limit;
      });
      return found;
    },
  };
}

/** The headings stand in the line above the first row. */
function describeMissing(group: readonly ListField[]): ListIssue {
  const [field] = group;
  return describeFinding(
    { code: 'column-missing', detail: namesOfColumns(group) },
    HEADING_ROW,
    field ? headingOf(field) : null,
  );
}

/** That something stands above the headings is told once, so that nobody misses a row. */
function describeAbove({ place }: FileReading): ListIssue[] {
  const lines = place?.above.map(({ line }) => line) ?? [];
  if (lines.length === 0) return [];
  const detail = lines.length > 2 ? `${String(lines[0])}-${String(lines.at(-1))}` : lines.join(', ');
  return [describeFinding({ code: 'lines-above', detail }, HEADING_ROW, null)];
}

/** Where two columns might be meant, it is told which one is; nothing of columns that a person has spoken about. */
function describeRivals({ reading: { headings, columns }, columns: chosen }: PhoneImport): ListIssue[] {
  return rivalColumns(headings, columns).flatMap(({ taken, others }) => {
    const unsaid = others.filter((heading) => !(heading in chosen));
    const detail = unsaid.join('」「');
    return unsaid.length === 0 || taken in chosen
      ? []
      : [describeFinding({ code: 'column-rival', detail }, HEADING_ROW, taken)];
  });
}

/** What a column that is missing leaves to be said of every row is said once, of the column. */
function saidOnce(missing: readonly (readonly ListField[])[]): (issue: ListIssue) => boolean {
  const codes = missing.flatMap(([field]) => (field === undefined ? [] : (LACKS[field] ?? [])));
  return ({ code }) => codes.includes(code);
}

function previewOf(viewed: ViewedRow, reading: FileReading): PreviewRow {
  const { row, cells: texts, beside } = viewed;
  const ofFile = Object.fromEntries(reading.headings.map((heading, place) => [heading, texts[place] ?? '']));
  const cells = { ...ofFile, ...beside };
  return { row, line: headingLine(reading) + row, cells, ...verdictOf(viewed, reading) };
}

type Verdict = Pick<PreviewRow, 'state' | 'issues' | 'step'>;

function verdictOf({ row, plan, aside }: ViewedRow, { headings, columns }: FileReading): Verdict {
  if (!plan) return { state: 'dropped', issues: aside ? [describeFinding({ code: 'row-aside' }, row, null)] : [] };
  const describe = (finding: Finding) => {
    const { field } = finding;
    const heading = field && (headings[columns.indexOf(field)] ?? headingOf(field));
    return describeFinding(finding, row, heading ?? null);
  };
  const issues = plan.findings.map(describe);
  if (!plan.step || plan.findings.some(isError)) return { state: 'invalid', issues };
  return { state: 'valid', issues, step: plan.step };
}

function isInState(row: PreviewRow, wanted: RowState | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted === 'warning' ? row.issues.some(({ severity }) => severity === 'warning') : row.state === wanted;
}
