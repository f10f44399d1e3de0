import type { FirmId, WorkerId } from './domain/ids.ts';
import type { ColumnChoice } from './domain/phone-list/map-headings.ts';
import type { Outcome } from './domain/outcome.ts';
import type { TableRefusal } from './domain/phone-list/read-table.ts';
import type { Deed, ImportId, ImportProgress, PhoneImport, StoredRow } from './domain/phone-list/phone-import.ts';
import type { Revised } from './ports.ts';

/** Uploaded telephone lists: what is said of each in one document, its file, rows and deeds in pieces beside it. */
export interface ImportStore {
  create(phoneImport: PhoneImport, file: Buffer): Promise<void>;
  find(id: ImportId): Promise<Revised<PhoneImport> | undefined>;
  fileOf(id: ImportId): Promise<Buffer>;
  /** Writes it if its revision is still `rev`; progress is left as it is. */
  replace(phoneImport: PhoneImport, rev: number): Promise<boolean>;
  /** Says how far a commit is; touches no revision. */
  note(id: ImportId, progress: ImportProgress): Promise<void>;
  /** The rows of one reading of the file, in pieces from place 0 on; several pieces at once. */
  putRows(id: ImportId, version: string, place: number, pieces: readonly (readonly StoredRow[])[]): Promise<void>;
  rowsOf(id: ImportId, version: string): AsyncIterable<readonly StoredRow[]>;
  dropRows(id: ImportId, version: string): Promise<void>;
  /** What a commit is about to do, one piece after the other; several attempts follow each other. */
  addDeeds(id: ImportId, deeds: readonly Deed[]): Promise<void>;
  deedsOf(id: ImportId): AsyncIterable<readonly Deed[]>;
  /** Every list that is kept. */
  ids(): AsyncIterable<ImportId>;
  /** Leaves out rows of one reading; answers how many went. */
  leaveOutRows(id: ImportId, version: string, isMeant: (row: StoredRow) => boolean): Promise<number>;
  /** Leaves out noted deeds: they are neither shown nor undone any more. */
  leaveOutDeeds(id: ImportId, isMeant: (deed: Deed) => boolean): Promise<void>;
  /** Drops the file; what is left says who did what, and no number. */
  dropFile(id: ImportId): Promise<void>;
  /** Drops some lists of before that moment with all that belongs to them. */
  dropOlder(before: Date): Promise<void>;
  /** The right to apply lists, for one at a time; true again for the holder. It lapses by itself at `until`, in real time. */
  lease(holder: string, now: Date, until: Date): Promise<boolean>;
  release(holder: string): Promise<void>;
}

/** What a kind of list has for columns, kept under a name for the next list of that kind. */
export interface ColumnMapping {
  readonly name: string;
  readonly columns: ColumnChoice;
  readonly encoding?: string;
}

/** Mappings of columns by name: each firm's own, and without a firm the operator's. */
export interface MappingStore {
  save(mapping: ColumnMapping, owner?: FirmId): Promise<void>;
  find(name: string, owner?: FirmId): Promise<ColumnMapping | undefined>;
  all(owner?: FirmId): Promise<readonly ColumnMapping[]>;
  remove(name: string, owner?: FirmId): Promise<boolean>;
}

/** Reads and writes workbooks (XLSX) with cells of text. */
export interface Workbooks {
  /** The lines of the first sheet that looks like a table, else that has any; `import-too-large` before anything large is unpacked. */
  read(file: Buffer): Promise<Outcome<AsyncIterable<readonly string[]>, TableRefusal>>;
  write(lines: readonly (readonly string[])[]): Promise<Buffer>;
}

/** Which of these are referred to by anything that was recorded, planned or registered. */
export interface UseFinder {
  ofWorkers(ids: readonly WorkerId[]): Promise<ReadonlySet<string>>;
  ofFirms(ids: readonly FirmId[]): Promise<ReadonlySet<string>>;
}
