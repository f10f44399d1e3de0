import { type Outcome, accept, refuse } from '../outcome.ts';
import {
  type ListField,
  fieldNamed,
  foldHeading,
  headingOf,
  isBareReading,
  listFields,
  partNamed,
} from './list-fields.ts';

/** Which column of the file means what, by place; null where a column means nothing to us. */
export type ColumnMap = readonly (ListField | null)[];

/** What a person said about columns: heading → key or heading of ours, null to leave the column aside. */
export type ColumnChoice = Readonly<Record<string, string | null>>;

export type HeadingRefusal = 'import-columns-unknown';

/** Of each group one column must be there: a firm, a worker, a number. */
const NEEDED: readonly (readonly ListField[])[] = [
  ['firmName', 'firmCcusId'],
  ['workerName', 'workerCcusId'],
  ['number'],
];

/** What tells a repeated heading apart. */
const REPEATED = /\(\d+\)$/;

/**
 * Finds out what the columns mean: a heading of the template beats another spelling of it, what a person chose beats
 * both; 姓 and 名 are put together. What it does not find out, a person may say later.
 */
export function mapHeadings(
  headings: readonly string[],
  choice: ColumnChoice = {},
): Outcome<ColumnMap, HeadingRefusal> {
  const columns = guessColumns(headings);
  for (const [heading, meant] of Object.entries(choice)) {
    if (!choose(columns, headings, heading, meant)) return refuse('import-columns-unknown', heading.slice(0, 60));
  }
  return accept(columns);
}

/** The columns without which a list cannot be saved, each with those that would do as well. */
export function missingColumns(columns: ColumnMap): readonly (readonly ListField[])[] {
  return NEEDED.filter((group) => !group.some((field) => columns.includes(field)));
}

/** Columns that would do, in words: 事業者名・事業者ID. */
export function namesOfColumns(group: readonly ListField[]): string {
  return group.map(headingOf).join('・');
}

/** Gives a column the meaning that a person chose, and takes it from the others, but for the other half of a name. */
function choose(
  columns: (ListField | null)[],
  headings: readonly string[],
  heading: string,
  meant: string | null,
): boolean {
  const place = headings.findIndex((candidate) => foldHeading(candidate) === foldHeading(heading));
  const field = meant ? fieldNamed(meant) : null;
  if (place < 0 || field === undefined) return false;
  const isPart = (at: number) => partNamed(headings[at] ?? '') === field;
  columns.forEach((guessed, at) => {
    if (field !== null && guessed === field && !(isPart(at) && isPart(place))) columns[at] = null;
  });
  columns[place] = field;
  return true;
}

function guessColumns(headings: readonly string[]): (ListField | null)[] {
  const columns: (ListField | null)[] = headings.map(() => null);
  const take = (place: number, field: ListField | undefined) => {
    if (field !== undefined && columns[place] === null && !columns.includes(field)) columns[place] = field;
  };
  headings.forEach((heading, place) => take(place, exactField(heading)));
  headings.forEach((heading, place) => take(place, fieldNamed(heading)));
  for (const field of ['workerName', 'workerKana'] as const) {
    const parts = headings.map((heading) => partNamed(heading) === field);
    if (columns.includes(field) || parts.filter(Boolean).length !== 2) continue;
    parts.forEach((part, place) => part && (columns[place] ??= field));
  }
  headings.forEach((heading, place) => take(place, readsName(heading) ? readingAt(columns, place) : undefined));
  return columns;
}

function exactField(heading: string): ListField | undefined {
  return listFields.find((field) => field.heading === heading.normalize('NFKC').trim())?.key;
}

/** A heading that says only "reading", be it the second one of them. */
function readsName(heading: string): boolean {
  return isBareReading(heading.replace(REPEATED, ''));
}

/** 会社名, フリガナ, 氏名, フリガナ: each reading goes with the name before it. */
function readingAt(columns: readonly (ListField | null)[], place: number): ListField {
  const name = columns.slice(0, place).findLast((field) => field === 'firmName' || field === 'workerName');
  return name === 'firmName' ? 'firmKana' : 'workerKana';
}
