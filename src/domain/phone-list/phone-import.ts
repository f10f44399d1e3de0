import { z } from 'zod';
import type { Day } from '../ids.ts';
import type { TextEncoding } from './decode-text.ts';
import type { ColumnChoice } from './map-headings.ts';

export const ImportId = z
  .string()
  .regex(/^imp_[a-z0-9]{4,40}$/)
  .brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;

/** What a person did to one row after the upload: other texts by heading, or left it out. */
export interface RowCorrection {
  readonly cells: Readonly<Record<string, string>>;
  readonly dropped: boolean;
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

/**
 * A list that was uploaded: the file as it came, what a person said about it, and how far it got. All that is shown of
 * it is computed from these and from what is on file, so nothing of it can be out of date.
 */
export interface PhoneImport {
  readonly id: ImportId;
  readonly state: 'draft' | 'committing' | 'committed';
  readonly createdAt: Date;
  /** The Tokyo day of the upload: from then on new numbers are valid when the list says nothing. */
  readonly day: Day;
  readonly encoding?: TextEncoding;
  readonly columns: ColumnChoice;
  /** By row number. */
  readonly corrections: Readonly<Record<string, RowCorrection>>;
  readonly result?: CommitResult;
}
