import type { E164, WorkerId } from '../ids.ts';
import { foldKana, foldVariants } from './fold-name.ts';
import type { Deed, RowCorrection, StoredRow } from './phone-import.ts';

/** By what a person may be known in a list or in an answer that names him. */
export interface PersonMarks {
  readonly workerId: WorkerId;
  readonly name: string;
  readonly kana: string;
  readonly ccusId?: string;
  readonly numbers: readonly E164[];
}

/** A text of one letter or two would be found in anything. */
const LEAST = 3;

/** The words by which the person is looked for in a text. */
export function wordsOf({ workerId, name, kana, ccusId, numbers }: PersonMarks): readonly string[] {
  const spelled = numbers.flatMap((number) => [number, number.replace(/^\+81/, '0')]);
  return [workerId, name, kana, ccusId ?? '', ...spelled].filter((word) => word.length >= LEAST);
}

/** Whether a row is this person: by number or id, else by name where no other id of the registry is given. */
export function isRowOf(marks: PersonMarks, { cells, reading: { row } }: StoredRow): boolean {
  const { worker, number } = row;
  if (number !== undefined && marks.numbers.includes(number)) return true;
  if (worker.ccusId !== undefined && worker.ccusId === marks.ccusId) return true;
  if (worker.ccusId !== undefined && marks.ccusId !== undefined) return false;
  // What a column means may be known later, so a number counts in any of them.
  return isNamedIn(marks, cells);
}

/** Whether somebody typed this person into a row. */
export function isCorrectedTo(marks: PersonMarks, { cells }: RowCorrection): boolean {
  return isNamedIn(marks, Object.values(cells));
}

/** Whether he stands in any of these texts, by his name, his number or the registry's id. */
export function isNamedIn(marks: PersonMarks, texts: readonly string[]): boolean {
  const digits = texts.map((text) => text.normalize('NFKC').replace(/\D/g, '').replace(/^81/, '0'));
  const known = [...marks.numbers.map((number) => number.replace(/^\+81/, '0')), marks.ccusId];
  return digits.some((text) => known.includes(text)) || isNamed(marks, texts);
}

/** Whether a deed made or changed something of this person. */
export function isDeedOn({ workerId }: PersonMarks, deed: Deed): boolean {
  switch (deed.kind) {
    case 'worker':
    case 'worker-id':
    case 'worker-job-type':
      return deed.id === workerId;
    case 'phone':
      return deed.holder === workerId;
    case 'phone-change':
      return [deed.before, deed.after].some(({ workerIds }) => workerIds.includes(workerId));
    default:
      return false;
  }
}

function isNamed({ name, kana }: PersonMarks, texts: readonly string[]): boolean {
  return texts.some((text) => foldVariants(text) === foldVariants(name) || foldKana(text) === foldKana(kana));
}
