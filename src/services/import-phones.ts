import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type TextEncoding, encodingNamed } from '../domain/phone-list/decode-text.ts';
import { fieldNamed, headingOf } from '../domain/phone-list/list-fields.ts';
import type { ImportOwner } from '../domain/phone-list/list-bounds.ts';
import type { ColumnChoice } from '../domain/phone-list/map-headings.ts';
import {
  type FileReading,
  ImportId,
  type ImportState,
  type PhoneImport,
  type RowCorrection,
  headingLine,
} from '../domain/phone-list/phone-import.ts';
import { present } from '../domain/present.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { ColumnMapping, ImportStore, MappingStore } from '../ports-imports.ts';
import type { Chance, Clock } from '../ports.ts';
import type { FileToRead, ReadList, ReadRefusal } from './read-list.ts';
import type { ImportReport, ImportReporter, PreviewRow, RowsWanted } from './report-import.ts';

/** What a person says about a file: its encoding by name, which heading means which column, a mapping saved before. */
export interface Reading {
  readonly encoding?: string;
  readonly columns?: ColumnChoice;
  readonly mapping?: string;
  /** The line of the file in which the headings begin, 1 for the first. */
  readonly headingLine?: number;
}

/** A correction of one row: other texts by heading or column, left out, taken in again, or somebody else than who it seems. */
export interface RowChange {
  readonly cells?: Readonly<Record<string, string>>;
  readonly drop?: boolean;
  readonly anotherPerson?: boolean;
}

type UploadRefusal = ReadRefusal | 'mapping-unknown';
type StateRefusal = 'in-progress' | 'import-committed' | 'import-over';
type ChangeRefusal = UploadRefusal | StateRefusal | 'not-found' | 'stale' | 'conflict';
type RowRefusal =
  StateRefusal | 'not-found' | 'conflict' | 'import-row-unknown' | 'import-columns-unknown' | 'import-too-large';

interface Parts {
  readonly imports: ImportStore;
  readonly mappings: MappingStore;
  readonly readList: ReadList;
  readonly reporter: ImportReporter;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** All corrections of one list together, in characters of JSON: they are kept in one document. */
const MAX_CORRECTIONS = 4_000_000;
const TRIES = 5;
/** A list with its numbers is kept for thirty days. */
const KEPT_MS = 30 * 86_400_000;

/** Why a list can no longer be changed, by its state. */
const OVER: Readonly<Partial<Record<ImportState, StateRefusal>>> = {
  committing: 'in-progress',
  cancelling: 'in-progress',
  undoing: 'in-progress',
  committed: 'import-committed',
  cancelled: 'import-over',
  undone: 'import-over',
};

/** Takes a builder's telephone list and shows what is wrong with it, row by row, before anything is saved. */
export function createPhoneImporter(parts: Parts) {
  const { imports, reporter } = parts;
  const readAgain = createRereader(parts);
  const edit = createEditor(imports);
  return {
    upload: createUpload(parts, readAgain),
    async find(id: ImportId): Promise<Outcome<ImportReport, 'not-found'>> {
      const found = await imports.find(id);
      return found ? accept(await reporter.report(found.value)) : refuse('not-found');
    },
    async rows(id: ImportId, wanted: RowsWanted): Promise<Outcome<readonly PreviewRow[], 'not-found'>> {
      const found = await imports.find(id);
      return found ? accept(await reporter.rows(found.value, wanted)) : refuse('not-found');
    },
    async change(
      id: ImportId,
      said: Reading,
      seen: (report: ImportReport) => boolean,
    ): Promise<Outcome<ImportReport, ChangeRefusal>> {
      const edited = await edit<UploadRefusal | 'stale'>(id, async (found) => {
        if (!seen(await reporter.report(found))) return refuse('stale');
        const read = await readAgain(found, await imports.fileOf(id), said);
        return read.ok ? accept({ ...found, ...read.value, corrections: movedBy(found, read.value.reading) }) : read;
      });
      return edited.ok ? accept(await reporter.report(edited.value)) : edited;
    },
    async changeRow(id: ImportId, row: number, rowChange: RowChange): Promise<Outcome<PreviewRow, RowRefusal>> {
      const edited = await edit<RowRefusal>(id, async (found) =>
        (await hasRow(imports, found, row))
          ? withRow(found, row, rowChange)
          : refuse('import-row-unknown', String(row)),
      );
      if (!edited.ok) return edited;
      const [changed] = await reporter.rows(edited.value, { after: row - 1, limit: 1 });
      return changed?.row === row ? accept(changed) : refuse('import-row-unknown', String(row));
    },
  };
}

type Upload = Reading & { readonly owner?: ImportOwner };

function createUpload({ imports, reporter, clock, chance }: Parts, readAgain: ReturnType<typeof createRereader>) {
  return async (file: Buffer, { owner, ...said }: Upload): Promise<Outcome<ImportReport, UploadRefusal>> => {
    const now = clock.now();
    const id = ImportId.parse(chance.id('imp'));
    const read = await readAgain({ id, columns: {}, ...present({ owner }) }, file, said);
    if (!read.ok) return read;
    const phoneImport: PhoneImport = {
      ...{ id, state: 'draft', createdAt: now, day: tokyoDay(now), corrections: {} },
      ...read.value,
      ...present({ owner }),
    };
    await imports.create(phoneImport, file);
    await imports.dropOlder(new Date(now.getTime() - KEPT_MS));
    return accept(await reporter.report(phoneImport));
  };
}

/** Reads a file as a person wants it now; what was chosen before holds on. */
function createRereader({ mappings, readList, chance }: Parts) {
  return async function readAgain(
    before: Pick<PhoneImport, 'id' | 'columns' | 'encoding' | 'owner' | 'headingLine'>,
    file: Buffer,
    said: Reading,
  ): Promise<Outcome<ReadAgain, UploadRefusal>> {
    const mapping = said.mapping === undefined ? undefined : await mappings.find(said.mapping, before.owner?.firmId);
    if (said.mapping !== undefined && !mapping) return refuse('mapping-unknown', said.mapping);
    const chosen = chosenEncoding(said, mapping, before.encoding);
    if (!chosen.ok) return chosen;
    const version = chance.id('rows');
    const kept = present({ encoding: chosen.value, headingLine: said.headingLine ?? before.headingLine });
    // What was said of the headings of one line need not fit those of another.
    const [earlier, columns] = said.headingLine === undefined ? [{}, before.columns] : [before.columns, {}];
    const wanted: FileToRead = {
      ...{ id: before.id, version, file, columns: { ...columns, ...said.columns }, ...kept },
      remembered: { ...earlier, ...mapping?.columns },
    };
    const read = await readList(wanted);
    return read.ok ? accept({ version, ...read.value, ...kept }) : read;
  };
}

type ReadAgain = Pick<PhoneImport, 'version' | 'reading' | 'rows' | 'columns' | 'encoding' | 'headingLine'>;

/** Corrections stay with their lines when the headings are found in another line. */
function movedBy({ corrections, reading }: PhoneImport, next: FileReading): PhoneImport['corrections'] {
  const up = headingLine(next) - headingLine(reading);
  if (up === 0) return corrections;
  const moved = Object.entries(corrections).map(([row, one]) => [Number(row) - up, one] as const);
  return Object.fromEntries(moved.filter(([row]) => row > 0));
}

function chosenEncoding(
  said: Reading,
  remembered: ColumnMapping | undefined,
  before: TextEncoding | undefined,
): Outcome<TextEncoding | undefined, 'encoding-unknown'> {
  const name = said.encoding || remembered?.encoding;
  if (!name) return accept(before);
  const encoding = encodingNamed(name);
  return encoding ? accept(encoding) : refuse('encoding-unknown', name.slice(0, 40));
}

/** Changes a draft by compare-and-set; a reading that nobody needs any more goes with its rows. */
function createEditor(imports: ImportStore) {
  return async function edit<Code extends string>(
    id: ImportId,
    decide: (found: PhoneImport) => Promise<Outcome<PhoneImport, Code>>,
  ): Promise<Outcome<PhoneImport, Code | StateRefusal | 'not-found' | 'conflict'>> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await imports.find(id);
      if (!found) return refuse('not-found');
      const over = OVER[found.value.state];
      if (over) return refuse(over);
      const decided = await decide(found.value);
      if (!decided.ok) return decided;
      const replaced = await imports.replace(decided.value, found.rev);
      const [kept, dropped] = replaced ? [decided.value, found.value] : [found.value, decided.value];
      if (kept.version !== dropped.version) await imports.dropRows(id, dropped.version);
      if (replaced) return decided;
    }
    return refuse('conflict');
  };
}

async function hasRow(imports: ImportStore, { id, version }: PhoneImport, row: number): Promise<boolean> {
  for await (const rows of imports.rowsOf(id, version)) {
    if (row <= (rows.at(-1)?.row ?? 0)) return rows.some((one) => one.row === row);
  }
  return false;
}

function withRow(found: PhoneImport, row: number, rowChange: RowChange): Outcome<PhoneImport, RowRefusal> {
  const texts = byHeading(rowChange.cells ?? {}, found);
  if (!texts.ok) return texts;
  const earlier: RowCorrection = found.corrections[row] ?? { cells: {}, dropped: false };
  const correction: RowCorrection = {
    cells: { ...earlier.cells, ...texts.value },
    dropped: rowChange.drop ?? earlier.dropped,
    another: rowChange.anotherPerson ?? earlier.another ?? false,
  };
  const corrections = { ...found.corrections, [row]: correction };
  if (JSON.stringify(corrections).length > MAX_CORRECTIONS) return refuse('import-too-large');
  return accept({ ...found, corrections });
}

/** Texts under the headings of the file, from texts under headings of the file or of the template; the file may lack a column. */
function byHeading(
  cells: Readonly<Record<string, string>>,
  { reading: { headings, columns } }: PhoneImport,
): Outcome<Readonly<Record<string, string>>, 'import-columns-unknown'> {
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(cells)) {
    const field = fieldNamed(name);
    const heading = headings.includes(name) ? name : field && (headings[columns.indexOf(field)] ?? headingOf(field));
    if (heading === undefined) return refuse('import-columns-unknown', name.slice(0, 60));
    texts[heading] = text;
  }
  return accept(texts);
}
