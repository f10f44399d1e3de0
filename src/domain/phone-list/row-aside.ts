import { isHeadingsAgain } from './find-headings.ts';
import type { ListField } from './list-fields.ts';
import { type ColumnMap, missingColumns } from './map-headings.ts';

type Cells = readonly string[];

/** Whoever stands in none of these columns is nobody. */
const OF_SOMEBODY: ReadonlySet<ListField | null> = new Set<ListField>([
  ...(['firmName', 'firmKana', 'firmCcusId', 'workerName', 'workerKana', 'workerCcusId', 'number'] as const),
]);
/** No label is longer. */
const LONGEST = 24;
const SUM = /^(?:総?合計|小計|総計|総?計|総?人数|人数計|延べ?人数|(?:sub|grand)?total)[:：]?(?:\d+[名人件]?)?$/;
const COUNT = /^\d{1,6}[名人件]?$/;
const END = /^(?:以上|以下余白|以下省略|以下空白)[。.]?$/;
const REMARK = /^(?:[※*]|注(?:意|記)?[\d):]|備考:)/;

/**
 * Tells rows that are about nobody, as rosters have them below and between their people: a sum, the end, a remark, the headings of the next page,
 * a row that is numbered in advance. Nothing of the kind is told while columns are missing, since anything may be a name then.
 */
export function createAsideTest(headings: Cells, columns: ColumnMap): (cells: Cells) => boolean {
  if (missingColumns(columns).length > 0) return () => false;
  const number = columns.indexOf('number');
  const ofSomebody = columns.flatMap((field, place) => (OF_SOMEBODY.has(field) ? [place] : []));
  return (cells) => {
    // Most rows have a number, and then they are about somebody.
    if (/[\d０-９]{4}/.test(cells[number] ?? '')) return false;
    if (ofSomebody.every((place) => (cells[place] ?? '').trim() === '')) return true;
    const said = cells.map((cell) => cell.normalize('NFKC').replace(/\s/g, '').toLowerCase()).filter(Boolean);
    return isSum(said) || isLabel(said) || isHeadingsAgain(cells, headings);
  };
}

function isSum(said: Cells): boolean {
  const isPart = (cell: string) => cell.length <= LONGEST && (SUM.test(cell) || COUNT.test(cell));
  return said.every(isPart) && said.some((cell) => SUM.test(cell));
}

/** One cell alone in its row, that no name begins like. */
function isLabel([cell = '', ...others]: Cells): boolean {
  return others.length === 0 && ((cell.length <= LONGEST && END.test(cell)) || REMARK.test(cell));
}
