import type { Firm } from '../firm.ts';
import { eraText } from '../era-day.ts';
import type { Day, E164 } from '../ids.ts';
import type { PhoneRegistration } from '../phone.ts';
import type { Worker } from '../worker.ts';
import { type ListCells, type ListField, listFields } from './list-fields.ts';
import { nationalNumber } from './read-cell.ts';
import { shieldCell } from './shield-cell.ts';

/** One holder of one number, with everything that a line of the list says about it. */
export interface ListedPhone {
  readonly firm: Firm;
  readonly worker: Worker;
  readonly number: E164;
  readonly registration: PhoneRegistration;
  readonly upper?: Firm;
}

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const SIMPLE = new Set<ListField>(['firmName', 'firmKana', 'workerName', 'workerKana', 'number']);

/** The headings of every list that we write; the simple one has what a first list needs. */
export function headingCells(kind: 'full' | 'simple' = 'full'): readonly string[] {
  const fields = kind === 'full' ? listFields : listFields.filter(({ key }) => SIMPLE.has(key));
  return fields.map(({ heading }) => heading);
}

/** The cells of one line of the export; reading them back changes nothing. */
export function phoneCells(
  { firm, worker, number, registration, upper }: ListedPhone,
  inEra = false,
): readonly string[] {
  const dayText = (day: Day) => (inEra ? eraText(day) : day);
  const cells: ListCells = {
    firmName: firm.name,
    firmKana: firm.kana,
    firmCcusId: firm.ccusId ?? '',
    workerName: worker.name,
    workerKana: worker.kana,
    workerCcusId: worker.ccusId ?? '',
    number: nationalNumber(number),
    shared: yesNo(registration.shared),
    jobType: registration.jobType ?? '',
    position: registration.position ?? '',
    upperFirm: upper ? (upper.ccusId ?? upper.name) : '',
    consent: yesNo(registration.standingConsent),
    validFrom: dayText(registration.validFrom),
    validTo: registration.validTo ? dayText(registration.validTo) : '',
  };
  return listFields.map(({ key }: { readonly key: ListField }) => shieldCell(cells[key] ?? ''));
}

/** Lines of cells as CSV, with the mark by which spreadsheets recognise UTF-8 before the first. */
export function writeCsv(lines: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + lines.map((cells) => cells.map(quote).join(',') + LINE_END).join('');
}

function yesNo(value: boolean): string {
  return value ? 'はい' : 'いいえ';
}

function quote(text: string): string {
  return /[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
