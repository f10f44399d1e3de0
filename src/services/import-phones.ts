import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { encodingNamed } from '../domain/phone-list/decode-text.ts';
import { fieldNamed } from '../domain/phone-list/list-fields.ts';
import type { ColumnChoice } from '../domain/phone-list/map-headings.ts';
import { ImportId, type PhoneImport, type RowCorrection } from '../domain/phone-list/phone-import.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Chance, Clock, ImportStore } from '../ports.ts';
import {
  type Preview,
  type PreviewImport,
  type PreviewRefusal,
  type PreviewRow,
  type UploadedTable,
  readUploadedTable,
} from './preview-import.ts';

/** What a person says about a file: its encoding by name, and which heading means which column. */
export interface Reading {
  readonly encoding?: string;
  readonly columns?: ColumnChoice;
}

/** A correction of one row: other texts by heading or column, left out, or taken in again. */
export interface RowChange {
  readonly cells?: Readonly<Record<string, string>>;
  readonly drop?: boolean;
}

/** An uploaded list and what it would do now. */
export interface ImportReport {
  readonly phoneImport: PhoneImport;
  readonly preview: Preview;
}

type ChangeRefusal = PreviewRefusal | 'not-found' | 'stale' | 'conflict' | 'in-progress' | 'import-committed';
type Report = (phoneImport: PhoneImport, file: Buffer) => Promise<Outcome<ImportReport, PreviewRefusal>>;
type Decide<Code extends string> = (found: PhoneImport, file: Buffer) => Promise<Outcome<PhoneImport, Code>>;

interface Parts {
  readonly imports: ImportStore;
  readonly preview: PreviewImport;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** All corrections of one list together, in characters of JSON: they are kept in one document. */
const MAX_CORRECTIONS = 4_000_000;
const TRIES = 5;

export type PhoneImporter = ReturnType<typeof createPhoneImporter>;

/** Takes a builder's telephone list and shows what is wrong with it, row by row, before anything is saved. */
export function createPhoneImporter({ imports, preview, clock, chance }: Parts) {
  const report: Report = async (phoneImport, file) => {
    const previewed = await preview(file, phoneImport);
    return previewed.ok ? accept({ phoneImport, preview: previewed.value }) : previewed;
  };
  const edit = createEditor(imports, report);
  return {
    async upload(file: Buffer, reading: Reading): Promise<Outcome<ImportReport, PreviewRefusal>> {
      const now = clock.now();
      const blank = { state: 'draft', createdAt: now, day: tokyoDay(now), columns: {}, corrections: {} } as const;
      const read = withReading({ id: ImportId.parse(chance.id('imp')), ...blank }, reading);
      if (!read.ok) return read;
      const reported = await report(read.value, file);
      if (reported.ok) await imports.create(read.value, file);
      return reported;
    },
    async find(id: ImportId): Promise<Outcome<ImportReport, 'not-found' | PreviewRefusal>> {
      const found = await imports.find(id);
      return found ? report(found.value, await imports.fileOf(id)) : refuse('not-found');
    },
    async change(
      id: ImportId,
      reading: Reading,
      seen: (report: ImportReport) => boolean,
    ): Promise<Outcome<ImportReport, ChangeRefusal>> {
      return edit<PreviewRefusal | 'stale'>(id, async (found, file) => {
        const current = await report(found, file);
        return current.ok && !seen(current.value) ? refuse('stale') : withReading(found, reading);
      });
    },
    async changeRow(
      id: ImportId,
      row: number,
      rowChange: RowChange,
    ): Promise<Outcome<PreviewRow, ChangeRefusal | 'import-row-unknown'>> {
      const edited = await edit<PreviewRefusal | 'import-row-unknown'>(id, (found, file) =>
        Promise.resolve(withRow({ found, file, row, rowChange })),
      );
      if (!edited.ok) return edited;
      const changed = edited.value.preview.rows.find((one) => one.row === row);
      return changed ? accept(changed) : refuse('import-row-unknown');
    },
  };
}

/** Changes a draft by compare-and-set, and only if the list can still be read with the change. */
function createEditor(imports: ImportStore, report: Report) {
  return async function edit<Code extends string>(id: ImportId, decide: Decide<Code>) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await imports.find(id);
      if (!found) return refuse('not-found');
      if (found.value.state === 'committing') return refuse('in-progress');
      if (found.value.state === 'committed') return refuse('import-committed');
      const file = await imports.fileOf(id);
      const decided = await decide(found.value, file);
      if (!decided.ok) return decided;
      const reported = await report(decided.value, file);
      if (!reported.ok || (await imports.replace(decided.value, found.rev))) return reported;
    }
    return refuse('conflict');
  };
}

function withReading(found: PhoneImport, reading: Reading): Outcome<PhoneImport, 'encoding-unknown'> {
  const columns = { ...found.columns, ...reading.columns };
  if (!reading.encoding) return accept({ ...found, columns });
  const encoding = encodingNamed(reading.encoding);
  return encoding ? accept({ ...found, columns, encoding }) : refuse('encoding-unknown', reading.encoding.slice(0, 40));
}

interface RowEdit {
  readonly found: PhoneImport;
  readonly file: Buffer;
  readonly row: number;
  readonly rowChange: RowChange;
}

function withRow({
  found,
  file,
  row,
  rowChange,
}: RowEdit): Outcome<PhoneImport, PreviewRefusal | 'import-row-unknown'> {
  const table = readUploadedTable(file, found);
  if (!table.ok) return table;
  if (!table.value.rows.some((one) => one.row === row)) return refuse('import-row-unknown', String(row));
  const texts = byHeading(rowChange.cells ?? {}, table.value);
  if (!texts.ok) return texts;
  const earlier: RowCorrection = found.corrections[row] ?? { cells: {}, dropped: false };
  const cells = { ...earlier.cells, ...texts.value };
  const corrections = { ...found.corrections, [row]: { cells, dropped: rowChange.drop ?? earlier.dropped } };
  if (JSON.stringify(corrections).length > MAX_CORRECTIONS) return refuse('import-too-large');
  return accept({ ...found, corrections });
}

/** Texts under the headings of the file, from texts under headings of the file or of the template. */
function byHeading(
  cells: Readonly<Record<string, string>>,
  { headings, columns }: UploadedTable,
): Outcome<Readonly<Record<string, string>>, 'import-columns-unknown'> {
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(cells)) {
    const field = fieldNamed(name);
    const heading = headings.includes(name) ? name : field && headings[columns.indexOf(field)];
    if (heading === undefined) return refuse('import-columns-unknown', name.slice(0, 60));
    texts[heading] = text;
  }
  return accept(texts);
}
