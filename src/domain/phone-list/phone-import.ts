import { z } from 'zod';
import type { Firm } from '../firm.ts';
import type { Day, FirmId, NumberIndex, WorkerId } from '../ids.ts';
import type { PhoneRegistration } from '../phone.ts';
import type { TextEncoding } from './decode-text.ts';
import type { ImportOwner } from './list-bounds.ts';
import type { ColumnChoice, ColumnMap } from './map-headings.ts';
import type { RowReading } from './read-list-row.ts';
import type { HeadingLines } from './read-table.ts';

export const ImportId = z
  .string()
  .regex(/^imp_[a-z0-9]{4,40}$/)
  .brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;

/** What a person did to one row after the upload: other texts by heading, left it out, or said that it is another person. */
export interface RowCorrection {
  readonly cells: Readonly<Record<string, string>>;
  readonly dropped: boolean;
  /** A name that differs only in its way of writing is somebody else's. */
  readonly another?: boolean;
}

/** How a commit went, row by row. */
export interface CommitCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Rows that could not be applied although they were good when the commit began, with the code of the refusal. */
export interface CommitResult extends CommitCounts {
  readonly failed: readonly { readonly row: number; readonly code: string }[];
}

/** How a file was read: in which encoding (a workbook has none), and what its columns mean. */
export interface FileReading {
  readonly encoding: TextEncoding | 'xlsx';
  readonly headings: readonly string[];
  readonly columns: ColumnMap;
  /** Absent in lists of before it was kept: the first line, with nothing above. */
  readonly place?: HeadingLines;
}

/** One row of the file as it was read, before any correction. */
export interface StoredRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly reading: RowReading;
  /** It is about nobody (a sum, headings again, nothing but its number), and is left out unless somebody takes it in. */
  readonly aside?: true;
  /** What a person said of columns that the file lacks, by their headings in the template. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** Whether a row takes no part: as somebody said, else as it was read. */
export function isLeftOut({ row, aside }: StoredRow, corrections: PhoneImport['corrections']): boolean {
  return corrections[row]?.dropped ?? aside === true;
}

/** The line of the file in which the last of the headings stands; row 1 is the next. */
export function headingLine({ place }: FileReading): number {
  return place ? place.line + place.lines - 1 : 1;
}

/**
 * What a commit is about to do, noted before it is done, so that it can be undone: what is made, and what stood before
 * where something is changed. `had` are the registrations that a number had before one more was made.
 */
export type Deed =
  | { readonly kind: 'firm'; readonly row: number; readonly id: FirmId }
  | { readonly kind: 'worker'; readonly row: number; readonly id: WorkerId }
  | {
      readonly kind: 'firm-id';
      readonly row: number;
      readonly id: FirmId;
      readonly ccusId: NonNullable<Firm['ccusId']>;
    }
  | { readonly kind: 'worker-id'; readonly row: number; readonly id: WorkerId; readonly ccusId: string }
  | { readonly kind: 'worker-job-type'; readonly row: number; readonly id: WorkerId; readonly jobType: string }
  | {
      readonly kind: 'phone';
      readonly row: number;
      readonly index: NumberIndex;
      readonly holder: WorkerId;
      readonly had: readonly string[];
    }
  | {
      readonly kind: 'phone-change';
      readonly row: number;
      readonly index: NumberIndex;
      readonly before: PhoneRegistration;
      readonly after: PhoneRegistration;
    };

/** How far a commit or an undo is, in rows. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
}

/** `cancelling` and `undoing` end by themselves, or when the same is asked again after a crash. */
export const importStates = [
  'draft',
  'committing',
  'cancelling',
  'committed',
  'cancelled',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof importStates)[number];

/**
 * A list that was uploaded: how its file was read, what a person said about it, and how far it got. What it would do is
 * computed from these and from what is on file, so nothing of it can be out of date.
 */
export interface PhoneImport {
  readonly id: ImportId;
  readonly state: ImportState;
  /** Absent: the operator's, who may register everybody. */
  readonly owner?: ImportOwner;
  readonly createdAt: Date;
  /** The Tokyo day of the upload: from then on new numbers are valid when the list says nothing. */
  readonly day: Day;
  /** Names the reading of the file; the rows of each are kept apart. */
  readonly version: string;
  readonly reading: FileReading;
  readonly rows: number;
  /** Whoever committed it wanted people to be told of their numbers. */
  readonly inform?: true;
  /** What a person chose. */
  readonly encoding?: TextEncoding;
  readonly columns: ColumnChoice;
  /** In which line of the file a person says that the headings begin. */
  readonly headingLine?: number;
  /** By row number. */
  readonly corrections: Readonly<Record<string, RowCorrection>>;
  readonly result?: CommitResult;
  readonly progress?: ImportProgress;
}
