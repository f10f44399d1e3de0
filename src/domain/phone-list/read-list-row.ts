import type { Day, E164 } from '../ids.ts';
import { isPlainText, toKatakana } from '../text.ts';
import { type ListCells, type ListField, listFields } from './list-fields.ts';
import type { Finding, IssueCode } from './list-issue.ts';
import {
  type CellReading,
  type CodeName,
  readDayCell,
  readIdCell,
  readJobTypeCell,
  readNumberCell,
  readPositionCell,
  readYesNoCell,
} from './read-cell.ts';
import { unshieldCell } from './shield-cell.ts';
import { present } from '../present.ts';
import { createRecall } from '../remembered.ts';

/** A firm or a worker as a row names it. */
export interface NamedParty {
  readonly name?: string;
  readonly kana?: string;
  readonly ccusId?: string;
  /** A person said that it is somebody else than the one whose name differs only in its way of writing. */
  readonly another?: boolean;
}

/** What one row says, cell by cell; an absent member was left empty and changes nothing. */
export interface ListRow {
  readonly firm: NamedParty;
  readonly worker: NamedParty;
  readonly number?: E164;
  readonly shared?: boolean;
  readonly jobType?: string;
  readonly position?: string;
  /** An id of the registry, or a name. */
  readonly upperFirm?: string;
  readonly consent?: boolean;
  readonly validFrom?: Day;
  readonly validTo?: Day;
}

export interface Catalogues {
  readonly jobTypes: readonly CodeName[];
  readonly positions: readonly CodeName[];
}

export interface RowReading {
  readonly row: ListRow;
  readonly findings: readonly Finding[];
}

/** The longest name, and with it the longest cell, that is taken. */
const MAX_LETTERS = 120;
const PRIVATE = /\p{Co}/u;
const QUOTED_NUMBER = /^="([\d\s+-]*)"$/;

/** How one cell is read. */
type ReadOne = <T>(field: ListField, text: string, read: (text: string) => CellReading<T>) => CellReading<T>;

/** Reads one row by itself: every cell in its own words, then what the cells say together (R-101, R-001…R-003). */
export function readListRow(
  cells: ListCells,
  catalogues: Catalogues,
  readOne: ReadOne = (_field, text, read) => read(text),
): RowReading {
  const findings: Finding[] = [];
  const texts: Partial<Record<ListField, string>> = {};
  for (const { key } of listFields) {
    const text = cleanText(cells[key] ?? '');
    if (text === '') continue;
    const code = oddText(text);
    if (code) findings.push({ field: key, code, detail: String(MAX_LETTERS) });
    if (code === undefined || code === 'private-letters') texts[key] = text;
  }
  const take = <T>(field: ListField, read: (text: string) => CellReading<T>): T | undefined => {
    const text = texts[field];
    if (text === undefined) return undefined;
    const reading = readOne(field, text, read);
    for (const finding of reading.findings) findings.push({ field, ...finding });
    return reading.value;
  };
  const row = present({
    firm: present({
      name: texts.firmName,
      kana: take('firmKana', readKanaCell),
      ccusId: take('firmCcusId', (text) => readIdCell(text, 'firm')),
    }),
    worker: present({
      name: texts.workerName,
      kana: take('workerKana', readKanaCell),
      ccusId: take('workerCcusId', (text) => readIdCell(text, 'worker')),
    }),
    number: take('number', readNumberCell),
    shared: take('shared', readYesNoCell),
    jobType: take('jobType', (text) => readJobTypeCell(text, catalogues.jobTypes)),
    position: take('position', (text) => readPositionCell(text, catalogues.positions)),
    upperFirm: texts.upperFirm,
    consent: take('consent', readYesNoCell),
    validFrom: take('validFrom', readDayCell),
    validTo: take('validTo', readDayCell),
  });
  return { row, findings: [...findings, ...gaps(row, findings)] };
}

/** Of each of these a long list has few different ones; more than so many are forgotten again. */
const REPEATED: ReadonlySet<ListField> = new Set([
  'firmKana',
  'firmCcusId',
  'shared',
  'jobType',
  'position',
  'consent',
  'validFrom',
  'validTo',
]);
const MOST_REMEMBERED = 2_000;

/** Reads the rows of a long list: what many of them say in the same words is read once. */
export function createRowReader(catalogues: Catalogues): (cells: ListCells) => RowReading {
  const memory = createRecall<CellReading<unknown>>(MOST_REMEMBERED);
  const readOne: ReadOne = (field, text, read) => {
    if (!REPEATED.has(field)) return read(text);
    return memory.recall(`${field} ${text}`, () => read(text)) as ReturnType<typeof read>;
  };
  return (cells) => readListRow(cells, catalogues, readOne);
}

/** A reading in full-width katakana, from hiragana or half-width letters too. */
function readKanaCell(text: string): CellReading<string> {
  const kana = toKatakana(text);
  return kana === undefined ? { findings: [{ code: 'kana-odd' }] } : { value: kana, findings: [] };
}

/** What is missing or contradicts itself; a cell that is there but unreadable has been remarked on already. */
function gaps({ firm, worker, ...row }: ListRow, found: readonly Finding[]): readonly Finding[] {
  const remarked = new Set(found.map(({ field }) => field));
  const needed: readonly {
    readonly code: IssueCode;
    readonly fields: readonly ListField[];
    readonly there: boolean;
  }[] = [
    { code: 'firm-missing', fields: ['firmName', 'firmCcusId'], there: Boolean(firm.name ?? firm.ccusId) },
    { code: 'worker-missing', fields: ['workerName', 'workerCcusId'], there: Boolean(worker.name ?? worker.ccusId) },
    { code: 'number-missing', fields: ['number'], there: row.number !== undefined },
  ];
  const missing: readonly Finding[] = needed
    .filter(({ there, fields }) => !there && !fields.some((field) => remarked.has(field)))
    .flatMap(({ code, fields: [field] }) => (field ? [{ code, field }] : []));
  const reversed = row.validFrom && row.validTo && row.validTo < row.validFrom;
  return reversed ? [...missing, { code: 'days-reversed', field: 'validTo' }] : missing;
}

/** A line break inside a cell is a space; what kept a spreadsheet from calculating goes: the apostrophe, or ="…" around a number. */
function cleanText(cell: string): string {
  return unshieldCell(cell.trim().replace(QUOTED_NUMBER, '$1'))
    .replace(/[\t\r\n]+/g, ' ')
    .trim();
}

function oddText(text: string): 'cell-too-long' | 'cell-unreadable' | 'private-letters' | undefined {
  if (text.length > MAX_LETTERS) return 'cell-too-long';
  if (!isPlainText(text)) return 'cell-unreadable';
  return PRIVATE.test(text) ? 'private-letters' : undefined;
}
