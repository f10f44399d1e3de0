import { type ListCells, fieldNamed } from '../domain/phone-list/list-fields.ts';
import type { PhoneImport, StoredRow } from '../domain/phone-list/phone-import.ts';
import type { Catalogues, ListRow } from '../domain/phone-list/read-list-row.ts';
import type { ImportStore } from '../ports-imports.ts';
import { readCells } from './read-list.ts';

/** What some rows of a list say, with their corrections, by their numbers. */
export type ReadRows = (list: PhoneImport, wanted: ReadonlySet<number>) => Promise<ReadonlyMap<number, ListRow>>;

interface Parts {
  readonly imports: Pick<ImportStore, 'rowsOf'>;
  readonly catalogues: Catalogues;
}

/** Reads single rows of a list again. */
export function createRowsReader({ imports, catalogues }: Parts): ReadRows {
  return async function readRows(list, wanted) {
    const found = new Map<number, ListRow>();
    for await (const stored of imports.rowsOf(list.id, list.version)) {
      for (const row of stored)
        if (wanted.has(row.row)) found.set(row.row, correctRow(row, list, catalogues).reading.row);
    }
    return found;
  };
}

/** A row as it stands after what a person said about it, also of columns that the file lacks. */
export function correctRow(
  stored: StoredRow,
  { reading, corrections }: PhoneImport,
  catalogues: Catalogues,
): StoredRow {
  const correction = corrections[stored.row];
  if (!correction) return stored;
  const { headings, columns } = reading;
  const { cells: texts, another } = correction;
  const width = Math.max(headings.length, stored.cells.length);
  const cells = Array.from({ length: width }, (_, place) => texts[headings[place] ?? ''] ?? stored.cells[place] ?? '');
  const beside = Object.fromEntries(Object.entries(texts).filter(([heading]) => !headings.includes(heading)));
  const said = { beside: cellsBeside(beside), ...(another === true ? { another } : {}) };
  return { ...stored, cells, beside, reading: readCells(cells, columns, catalogues, said) };
}

function cellsBeside(texts: Readonly<Record<string, string>>): ListCells {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([heading, text]) => {
      const field = fieldNamed(heading);
      return field ? [[field, text] as const] : [];
    }),
  );
}
