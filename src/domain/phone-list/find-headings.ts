import { fieldNamed, foldHeading, isBareReading, nameOfGroup, partNamed } from './list-fields.ts';
import { mapHeadings } from './map-headings.ts';

/** Where the headings of a list stand among its lines, 0 for the first, and what they are. */
export interface HeadingPlace {
  readonly at: number;
  /** Two where a second line says what stands under the groups of the first: 氏名 over 姓 and 名. */
  readonly lines: 1 | 2;
  readonly headings: readonly string[];
}

type Line = readonly string[];
type Candidate = HeadingPlace & { readonly known: number };

/** So many lines are looked at: a title, a date, a firm's address, and some people. */
export const HEADINGS_WITHIN = 30;

/** One heading that we know may stand in any line of words; two do not by chance. */
const LEAST_KNOWN = 2;
/** A day, a telephone number or an id: no heading has so many digits. */
const VALUE = /\d[\d\-/.()]{4,}\d/;
/** A group about somebody else than the worker. */
const OF_OTHERS = /緊急|家族|元請|世帯/;
/** A group whose telephone is not what he calls from. */
const NOT_HIS = /会社|事業者|業者|自宅|勤務|事務所|現場|fax/i;

/**
 * Finds the line of headings among the first lines: rosters have a title, a date or the site above it. It is the line with the most headings
 * that we know, alone or with the line below it; where we know hardly any, the first line that looks like a line of a table.
 */
export function findHeadings(lines: readonly Line[]): HeadingPlace | undefined {
  const found = lines
    .slice(0, HEADINGS_WITHIN)
    .flatMap((_line, at) => candidatesAt(lines, at))
    .filter(({ known }) => known >= LEAST_KNOWN);
  // Of several that say as much one line before two, and the first.
  const [best] = found.toSorted((a, b) => b.known - a.known || a.lines - b.lines || a.at - b.at);
  return best ? placeOf(best, lines) : firstOfTable(lines);
}

/** The headings where a person says that they are. */
export function headingsAt(lines: readonly Line[], at: number): HeadingPlace | undefined {
  const [alone, both] = candidatesAt(lines, at);
  const line = lines[at];
  if (!line || isBlank(line)) return undefined;
  return placeOf(both && alone && both.known > alone.known ? both : { at, lines: 1, headings: line }, lines);
}

/** The line by itself, and with the next one where that goes on with its headings. */
function candidatesAt(lines: readonly Line[], at: number): readonly Candidate[] {
  const [upper, lower] = lines.slice(at, at + 2);
  if (!upper || isBlank(upper) || hasValues(upper)) return [];
  const alone: Candidate = { at, lines: 1, headings: upper, known: knownIn(upper) };
  if (!lower || !goesOn(upper, lower)) return [alone];
  const headings = joinLines(upper, lower);
  return [alone, { at, lines: 2, headings, known: knownIn(headings) }];
}

/** Whether a line says more of the headings above it: under a heading that we know stands none of its cells that says nothing to us. */
function goesOn(upper: Line, lower: Line): boolean {
  if (isBlank(lower) || hasValues(lower)) return false;
  const joined = joinLines(upper, lower);
  return lower.every((cell, place) => {
    if (cell.trim() === '') return true;
    const own = upper[place]?.trim() ?? '';
    return isKnown(cell) || isKnown(joined[place] ?? '') || (!isKnown(own) && !VALUE.test(own));
  });
}

/** Headings out of two lines; a group stands over its own column and those to its right that have nothing else above them. */
function joinLines(upper: Line, lower: Line): Line {
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_unused, place) => {
    const own = upper[place]?.trim() ?? '';
    const below = lower[place]?.trim() ?? '';
    if (own !== '' || below === '') group = own;
    return below === '' ? own : joinHeading(group, below);
  });
}

function joinHeading(group: string, below: string): string {
  if (group === '') return below;
  const named = nameOfGroup(group, below);
  if (named) return named;
  const joined = `${group} ${below}`;
  const isOther = OF_OTHERS.test(group) || (NOT_HIS.test(group) && fieldNamed(below) === 'number');
  return isKnown(joined) || isOther || !isKnown(below) ? joined : below;
}

/** A name whose heading stands over two columns, the second without one, is in two halves where people fill both. */
function placeOf({ at, lines: height, headings }: HeadingPlace, lines: readonly Line[]): HeadingPlace {
  const people = lines.slice(at + height, at + height + HEADINGS_WITHIN).filter((line) => !isBlank(line));
  const isHalved = (place: number) =>
    isOfPerson(headings[place] ?? '') &&
    place + 1 < Math.max(...people.map(({ length }) => length), headings.length) &&
    (headings[place + 1]?.trim() ?? '') === '' &&
    people.length > 0 &&
    people.filter((line) => (line[place + 1] ?? '').trim() !== '').length * 2 > people.length;
  const width = isHalved(headings.length - 1) ? headings.length + 1 : headings.length;
  const whole = Array.from({ length: width }, (_unused, place) => {
    const heading = headings[place]?.trim() ?? '';
    if (isHalved(place)) return `${heading} 姓`;
    return place > 0 && isHalved(place - 1) ? `${headings[place - 1]?.trim() ?? ''} 名` : (headings[place] ?? '');
  });
  return { at, lines: height, headings: whole };
}

/** Where we know no headings: titles have one cell, a table more. */
function firstOfTable(lines: readonly Line[]): HeadingPlace | undefined {
  const first = lines.findIndex((line) => !isBlank(line));
  const headings = lines[first];
  if (!headings) return undefined;
  const table = lines.findIndex((line) => filled(line) > 1);
  const isTitled = filled(headings) === 1 && table > first && !hasValues(lines[table] ?? []);
  const at = isTitled ? table : first;
  return placeOf({ at, lines: 1, headings: lines[at] ?? headings }, lines);
}

function knownIn(headings: Line): number {
  const columns = mapHeadings(headings);
  return columns.ok ? columns.value.filter((field) => field !== null).length : 0;
}

function isKnown(heading: string): boolean {
  return fieldNamed(heading) !== undefined || partNamed(heading) !== undefined || isBareReading(heading);
}

function isOfPerson(heading: string): boolean {
  const field = fieldNamed(heading);
  return field === 'workerName' || field === 'workerKana' || isBareReading(heading);
}

function hasValues(line: Line): boolean {
  return line.some((cell) => VALUE.test(foldDashes(cell)));
}

function foldDashes(cell: string): string {
  return cell.normalize('NFKC').replace(/[\u2010-\u2015\u2212\u30fc\s]/g, '-');
}

function filled(line: Line): number {
  return line.filter((cell) => cell.trim() !== '').length;
}

function isBlank(line: Line): boolean {
  return filled(line) === 0;
}

/** Whether a line says the headings again, as each page of a printed list does. */
export function isHeadingsAgain(cells: Line, headings: Line): boolean {
  const said = cells.flatMap((cell, place) => (cell.trim() === '' ? [] : [[cell, headings[place] ?? ''] as const]));
  return said.length > 1 && said.every(([cell, heading]) => isSaidIn(foldHeading(cell), foldHeading(heading)));
}

function isSaidIn(cell: string, heading: string): boolean {
  return cell !== '' && heading.includes(cell);
}
