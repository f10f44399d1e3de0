import type { FileReading, ImportId, PhoneImport } from '../domain/phone-list/phone-import.ts';
import {
  type PersonMarks,
  isCorrectedTo,
  isDeedOn,
  isNamedIn,
  isRowOf,
  wordsOf,
} from '../domain/phone-list/named-person.ts';
import { present } from '../domain/present.ts';
import type { Worker } from '../domain/worker.ts';
import type { ImportStore } from '../ports-imports.ts';
import type { NumberCipher, PhoneStore } from '../ports.ts';

interface Parts {
  readonly imports: ImportStore;
  readonly answers: { blankNaming(marks: readonly string[]): Promise<void> };
  readonly phones: Pick<PhoneStore, 'ofWorker'>;
  readonly cipher: Pick<NumberCipher, 'open'>;
}

const TRIES = 5;

/** Must be done while the person's register can still be read: afterwards nobody knows what to look for. */
export type ForgetWhereNamed = (worker: Worker) => Promise<void>;

/**
 * Takes a person out of what names him under nobody's key: rows of uploaded lists with what was typed into them, what a commit noted
 * to undo, and answers kept for repeated requests. A file that had him in it goes as a whole; its other rows stay.
 */
export function createForgetWhereNamed({ imports, answers, phones, cipher }: Parts): ForgetWhereNamed {
  async function forgetInList(id: ImportId, marks: PersonMarks): Promise<void> {
    const found = await imports.find(id);
    if (!found) return;
    const typed = Object.entries(found.value.corrections).filter(([, one]) => isCorrectedTo(marks, one));
    const meant = new Set(typed.map(([row]) => Number(row)));
    for await (const deeds of imports.deedsOf(id)) {
      for (const deed of deeds) if (isDeedOn(marks, deed)) meant.add(deed.row);
    }
    const isHis = (row: Parameters<typeof isRowOf>[1]) => {
      if (isRowOf(marks, row)) meant.add(row.row);
      return meant.has(row.row);
    };
    const gone = await imports.leaveOutRows(id, found.value.version, isHis);
    const isHeading = (heading: string) => isNamedIn(marks, [heading]);
    if (gone + meant.size === 0 && !wordsAround(found.value.reading).some(isHeading)) return;
    await imports.dropFile(id);
    await imports.leaveOutDeeds(id, (deed) => isDeedOn(marks, deed));
    await untype(imports, id, { rows: meant, isHeading });
  }

  return async function forgetWhereNamed(worker) {
    if (worker.erasedOn) return;
    const records = await phones.ofWorker(worker.id);
    const { id: workerId, name, kana, ccusId } = worker;
    const numbers = records.map(({ sealed }) => cipher.open(sealed));
    const marks: PersonMarks = { workerId, name, kana, numbers, ...present({ ccusId }) };
    await answers.blankNaming(wordsOf(marks));
    for await (const id of imports.ids()) await forgetInList(id, marks);
  };
}

interface Typed {
  readonly rows: ReadonlySet<number>;
  /** A list without headings has somebody's line in their place. */
  readonly isHeading: (heading: string) => boolean;
}

/** Takes what was typed into these rows out of the list, and him out of its headings. */
async function untype(imports: ImportStore, id: ImportId, { rows, isHeading }: Typed): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await imports.find(id);
    if (!found) return;
    const kept = Object.entries(found.value.corrections).filter(([row]) => !rows.has(Number(row)));
    const { corrections, reading } = found.value;
    const isClear = !wordsAround(reading).some(isHeading);
    if (isClear && kept.length === Object.keys(corrections).length) return;
    const next: PhoneImport = {
      ...found.value,
      ...{ corrections: Object.fromEntries(kept), reading: withoutHim(reading, isHeading) },
    };
    if (await imports.replace(next, found.rev)) return;
  }
  throw new Error('a list that names a deleted person is being changed faster than it can be cleared');
}

/** What stands in and above the headings. */
function wordsAround({ headings, place }: FileReading): readonly string[] {
  return [...headings, ...(place?.above.flatMap(({ cells }) => cells) ?? [])];
}

function withoutHim({ headings, place, ...reading }: FileReading, isHim: Typed['isHeading']): FileReading {
  const blanked = (texts: readonly string[]) => texts.map((text) => (isHim(text) ? '' : text));
  const above = place?.above.map(({ line, cells }) => ({ line, cells: blanked(cells) })) ?? [];
  return { ...reading, headings: blanked(headings), ...(place ? { place: { ...place, above } } : {}) };
}
