import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Day } from '../ids.ts';
import { JobTypeCode, type E164 } from '../ids.ts';
import { readDayText } from '../era-day.ts';
import { type CcusKind, ccusIdWarnings, isCcusId } from '../ccus-id.ts';
import { readCaller, readPersonalNumber } from '../phone-number.ts';
import { foldName } from './fold-name.ts';
import type { Finding } from './list-issue.ts';

type CellFinding = Omit<Finding, 'field'>;

/** What a cell says, if it says anything usable, and what is to be remarked about it. */
export interface CellReading<T> {
  readonly value?: T;
  readonly findings: readonly CellFinding[];
}

/** A code of a catalogue with its Japanese name. */
export interface CodeName {
  readonly code: string;
  readonly ja: string;
}

const YES = new Set([
  'はい',
  '有',
  'あり',
  '有り',
  '○',
  '◯',
  '〇',
  '1',
  'true',
  'yes',
  'y',
  '共用',
  '共有',
  'する',
  '済',
  '済み',
  '承諾',
  '同意',
  '可',
  '✓',
  '✔',
  'on',
]);
const NO = new Set([
  'いいえ',
  '無',
  'なし',
  '無し',
  '×',
  'x',
  '✕',
  '0',
  'false',
  'no',
  'n',
  '専用',
  '個人',
  'しない',
  '未',
  '不可',
  '-',
  'off',
]);
/** What a spreadsheet puts behind a number that it takes for one with decimals. */
const FRACTION = /\.0+$/;
/** The major class alone; with its minor class a code is 34-01. */
const MAJOR_DIGITS = 2;
const EXPONENT = /^\d(\.\d+)?e\+?\d+$/i;
const DASHES = /[\u2010-\u2015\u2212\u30fc\uff70]/g;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const SPREADSHEET_EPOCH = Date.UTC(1899, 11, 30);

/**
 * A telephone number as people type it. A leading zero that a spreadsheet swallowed is put back and said so; sentinels of
 * withheld callers, impossible and impersonal numbers are refused.
 */
export function readNumberCell(text: string): CellReading<E164> {
  const plain = plainText(text);
  if (EXPONENT.test(plain)) return only('number-exponent');
  const digits = withoutAbroad(plain.replace(FRACTION, '').replace(/[^\d+]/g, ''));
  if (digits === '')
    return only(readCaller(plain).kind === 'withheld' ? 'number-withheld-sentinel' : 'number-impossible');
  const zeroLost = /^[1-9]\d{8,9}$/.test(digits) && readCaller(digits).kind !== 'withheld';
  const read = readPersonalNumber(zeroLost ? `0${digits}` : digits === '' ? plain : digits);
  if (!read.ok) return only(read.code, isExampleWanted(read.code, digits) ? { suggestion: '090-1234-5678' } : {});
  return {
    value: read.value,
    findings: zeroLost ? [{ code: 'number-zero-lost', suggestion: nationalNumber(read.value) }] : [],
  };
}

/** What a number looks like is shown where one was meant. */
function isExampleWanted(code: CellFinding['code'], digits: string): boolean {
  return code !== 'number-withheld-sentinel' && digits.length !== 11;
}

/** 010-81, 0081: how the country is dialled from elsewhere, instead of a plus. */
function withoutAbroad(digits: string): string {
  return digits.replace(/^(?:010|00)81(?=\d{9})/, '+81');
}

/** The form that people in Japan write, 090-1234-5678; foreign numbers keep their country code. */
export function nationalNumber(number: E164): string {
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.country === 'JP' ? parsed.formatNational() : number;
}

/** An id of the registry: 14 digits; its ending and check digit are only remarked on. */
export function readIdCell(text: string, kind: CcusKind): CellReading<string> {
  const plain = plainText(text)
    .replace(FRACTION, '')
    .replace(/[\s\-'’]/g, '');
  if (EXPONENT.test(plain)) return only('id-exponent');
  if (!isCcusId(plain)) return withZeros(plain, kind);
  return { value: plain, findings: ccusIdWarnings(plain, kind).map((warning) => ({ code: `id-${warning}` as const })) };
}

/** A spreadsheet swallows leading zeros: they are put back and said so where kind and check digit then fit. */
function withZeros(plain: string, kind: CcusKind): CellReading<string> {
  const whole = /^[1-9]\d{7,12}$/.test(plain) ? plain.padStart(14, '0') : undefined;
  if (whole && ccusIdWarnings(whole, kind).length === 0)
    return { value: whole, findings: [{ code: 'id-zero-lost', suggestion: whole }] };
  return only('id-form', /^\d{13}$/.test(plain) ? { suggestion: `0${plain}` } : {});
}

/** A day in any of the forms that lists have: 2026-11-20, 2026/11/20, 20261120, 2026年11月20日, R8.11.20, 令和8年11月20日. */
export function readDayCell(text: string): CellReading<Day> {
  const plain = plainText(text)
    .replace(/\s+0?0:00(:00)?$/, '')
    .replace(/\s/g, '');
  const read = readDayText(plain);
  if ('day' in read) return { value: read.day as Day, findings: [] };
  return only('day-unreadable', spreadsheetDay(plain));
}

/** Yes or no, in the words and marks of lists. */
export function readYesNoCell(text: string): CellReading<boolean> {
  const word = plainText(text).toLowerCase();
  if (YES.has(word)) return { value: true, findings: [] };
  return NO.has(word) ? { value: false, findings: [] } : only('yes-no-unclear');
}

/**
 * A job type by its code (34-01, 3401) or its name. A spreadsheet turns 34-01 into Jan-34: the code is suggested. A code
 * that the catalogue lacks is kept with a warning, since the catalogue is not the registry's whole table (D-26).
 */
export function readJobTypeCell(text: string, catalogue: readonly CodeName[]): CellReading<string> {
  // Of the major and the minor class in two columns the minor one says all.
  const named = codeNamed(text, catalogue) ?? codeNamed(text.trim().split(/\s/).at(-1) ?? '', catalogue);
  if (named) return named;
  const plain = plainText(text).replace(/\s/g, '');
  const code = plain
    .replace(/^(\d{2})-?(\d{2})$/, '$1-$2')
    .replace(/^(\d)-(\d{1,2})$/, '0$1-$2')
    .replace(/-(\d)$/, '-0$1');
  if (!JobTypeCode.safeParse(code).success) return only('code-unreadable', damagedCode(plain));
  if (!catalogue.some((entry) => entry.code === code)) return { value: code, findings: [{ code: 'code-unknown' }] };
  return { value: code, findings: code.length === MAJOR_DIGITS ? [{ code: 'code-major-only' }] : [] };
}

/** A position by its code or its Japanese name. */
export function readPositionCell(text: string, catalogue: readonly CodeName[]): CellReading<string> {
  const plain = plainText(text);
  const listed = catalogue.find(({ code }) => code.toLowerCase() === plain.toLowerCase());
  if (listed) return { value: listed.code, findings: [] };
  const named = codeNamed(text, catalogue);
  if (named) return named;
  return /^[\w-]{1,40}$/.test(plain) ? { value: plain, findings: [{ code: 'code-unknown' }] } : only('code-unreadable');
}

/** Where a major class and its minor one have the same name, the minor one follows it and is meant. */
function codeNamed(text: string, catalogue: readonly CodeName[]): CellReading<string> | undefined {
  const named = namesOf(catalogue).get(foldName(text));
  return named && { value: named.code, findings: [{ code: 'code-from-name', suggestion: named.code }] };
}

/** The folded names of a catalogue, folded once and not for every row. */
function namesOf(catalogue: readonly CodeName[]): ReadonlyMap<string, CodeName> {
  const known = foldedNames.get(catalogue);
  if (known) return known;
  const folded = new Map(catalogue.map((entry) => [foldName(entry.ja), entry]));
  foldedNames.set(catalogue, folded);
  return folded;
}

const foldedNames = new WeakMap<readonly CodeName[], ReadonlyMap<string, CodeName>>();

function only(code: CellFinding['code'], more: { readonly suggestion?: string } = {}): CellReading<never> {
  return { findings: [{ code, ...more }] };
}

function plainText(text: string): string {
  return text.normalize('NFKC').replace(DASHES, '-').trim();
}

/** 46346 is how a spreadsheet counts days when the column lost its format. */
function spreadsheetDay(plain: string): { readonly suggestion?: string } {
  if (!/^[34]\d{4}$/.test(plain)) return {};
  return { suggestion: new Date(SPREADSHEET_EPOCH + Number(plain) * 86_400_000).toISOString().slice(0, 10) };
}

/** What a spreadsheet makes of a code: 34-01 becomes Jan-34, 01-02 becomes 2-Jan or 1月2日. */
function damagedCode(plain: string): { readonly suggestion?: string } {
  const yearForm = /^([a-z]{3})-(\d{2})$/i.exec(plain);
  const dayForm = /^(\d{1,2})-([a-z]{3})$/i.exec(plain);
  const japanese = /^(\d{1,2})月(\d{1,2})日$/.exec(plain);
  if (yearForm) return joinCode(yearForm[2], monthNumber(yearForm[1]));
  if (dayForm) return joinCode(monthNumber(dayForm[2]), dayForm[1]);
  return japanese ? joinCode(japanese[1], japanese[2]) : {};
}

function monthNumber(name = ''): string | undefined {
  const place = MONTHS.indexOf(name.toLowerCase());
  return place < 0 ? undefined : String(place + 1);
}

function joinCode(major: string | undefined, minor: string | undefined): { readonly suggestion?: string } {
  return major && minor ? { suggestion: `${major.padStart(2, '0')}-${minor.padStart(2, '0')}` } : {};
}
