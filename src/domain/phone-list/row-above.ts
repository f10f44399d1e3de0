import type { ListField } from './list-fields.ts';
import type { Finding } from './list-issue.ts';
import type { ColumnMap } from './map-headings.ts';
import type { RowReading } from './read-list-row.ts';

type Cells = readonly string[];

/** "The same as above", as people write it in lists. */
const DITTO = new Set(['〃', '〻', '々', '″', '”', '“', "''", '""', '"', '同上', '同', 'ditto', 'Ditto', '上に同じ']);
const LONGEST = 5;
/** What is each person's own is never the same as above. */
const OWN: ReadonlySet<ListField> = new Set(['workerName', 'workerKana', 'workerCcusId', 'number']);

/** A row in which every "same as above" is what stands above, with what is to be said about that. */
export interface FilledRow {
  readonly cells: Cells;
  readonly findings: readonly Finding[];
}

/** Goes through the rows of a list in their order and knows what stood above each. */
export function createRowsAbove(columns: ColumnMap) {
  const places = columns.flatMap((field, place) => (field && !OWN.has(field) ? [{ field, place }] : []));
  const firm = columns.indexOf('firmName');
  // By place; a long list is gone through, so it is an array.
  const above: (string | undefined)[] = [];
  return {
    /** Writes out what a row says by a mark. */
    fill(cells: Cells): FilledRow {
      const findings: Finding[] = [];
      let filled: string[] | undefined;
      for (const { field, place } of places) {
        const text = cells[place]?.trim() ?? '';
        const said = text.length <= LONGEST && DITTO.has(text) ? above[place] : undefined;
        if (said === undefined) {
          if (text !== '') above[place] = text;
          continue;
        }
        filled ??= [...cells];
        filled[place] = said;
        findings.push({ code: 'cell-ditto', field, suggestion: said });
      }
      return { cells: filled ?? cells, findings };
    },
    /** Of a row without an employer the one above is suggested: rosters say a firm once, in a cell over all its people. */
    suggest(reading: RowReading): RowReading {
      const suggestion = above[firm];
      if (suggestion === undefined || !reading.findings.some(isFirmMissing)) return reading;
      const findings = reading.findings.map((one) => (isFirmMissing(one) ? { ...one, suggestion } : one));
      return { ...reading, findings };
    },
  };
}

function isFirmMissing({ code }: Finding): boolean {
  return code === 'firm-missing';
}
