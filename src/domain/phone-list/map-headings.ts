import { type Outcome, accept, refuse } from '../outcome.ts';
import {
  type ListField,
  fieldNamed,
  foldHeading,
  headingOf,
  isBareReading,
  isSpokenOf,
  partNamed,
  rankOf,
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

/** Columns that are looked for by a word of their heading where no heading names them. */
const SPOKEN_OF = ['number', 'workerName', 'firmName'] as const;
/** Columns of which it matters that the right one was taken. */
const RIVALS = ['number', 'firmName', 'workerName'] as const;

/**
 * Finds out what the columns mean: a worker's own telephone beats any other, a heading of the template another spelling of it, what a person
 * chose beats all; 姓 and 名 are put together. What it does not find out, a person may say later.
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
  for (const { place, field } of namedColumns(headings)) take(place, field);
  for (const field of ['workerName', 'workerKana', 'jobType'] as const) {
    const parts = headings.map((heading) => partNamed(heading) === field);
    if (columns.includes(field) || parts.filter(Boolean).length !== 2) continue;
    parts.forEach((part, place) => part && (columns[place] ??= field));
  }
  headings.forEach((heading, place) => take(place, readsName(heading) ? readingAt(columns, place) : undefined));
  for (const field of SPOKEN_OF) {
    headings.forEach((heading, place) => take(place, isSpokenOf(heading, field) ? field : undefined));
  }
  return columns;
}

/** The headings that name a column, those first that name it best. */
function namedColumns(headings: readonly string[]) {
  return headings
    .flatMap((heading, place) => {
      const field = fieldNamed(heading);
      return field ? [{ place, field, rank: rankOf(heading, field) }] : [];
    })
    .toSorted((a, b) => a.rank - b.rank || a.place - b.place);
}

/** Columns that would do for another that was taken instead: 電話番号 beside 携帯電話番号. */
export function rivalColumns(
  headings: readonly string[],
  columns: ColumnMap,
): readonly { readonly taken: string; readonly others: readonly string[] }[] {
  return RIVALS.flatMap((field) => {
    const taken = headings[columns.indexOf(field)];
    const others = headings.filter((heading, place) => columns[place] === null && fieldNamed(heading) === field);
    return taken === undefined || others.length === 0 ? [] : [{ taken, others }];
  });
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
