import type { Firm } from '../firm.ts';
import type { E164 } from '../ids.ts';
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

/** The first line of every list that we write, with the mark by which spreadsheets recognise UTF-8. */
export function writeHeadings(): string {
  return BYTE_ORDER_MARK + writeLine(Object.fromEntries(listFields.map(({ key, heading }) => [key, heading])));
}

/** One line of the export; reading it back changes nothing. */
export function writeListedPhone({ firm, worker, number, registration, upper }: ListedPhone): string {
  return writeLine({
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
    validFrom: registration.validFrom,
    validTo: registration.validTo ?? '',
  });
}

function yesNo(value: boolean): string {
  return value ? 'はい' : 'いいえ';
}

function writeLine(cells: ListCells): string {
  return (
    listFields.map(({ key }: { readonly key: ListField }) => quote(shieldCell(cells[key] ?? ''))).join(',') + LINE_END
  );
}

function quote(text: string): string {
  return /[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
