import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { E164 } from './ids.ts';

/** Who is calling, as far as the carrier can tell. `impossible` is a number that no network could have sent. */
export type Caller =
  { readonly kind: 'number'; readonly number: E164 } | { readonly kind: 'withheld' | 'impossible' | 'client' | 'sip' };

/** Words keyed on a telephone (A-N-O-N-Y-M-O-U-S …) that carriers send in place of a withheld number. */
const SENTINEL_DIGITS = new Set(['266696687', '7378742833', '2562533', '8656696', '86282452253']);
const SENTINEL_WORDS = new Set([
  '',
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'private',
  'blocked',
  'withheld',
]);
/** What Japanese telephones show in place of a number: withheld, a public telephone, not available, out of the service's area. */
const WITHHELD_WORDS = /非通知|公衆電話|通知不可|通知できません|表示圏外|表示不可|番号非表示/;
/** What the networks' word for it is put in: brackets, quotes, spaces. */
const AROUND_WORDS = /[\s()<>[\]【】「」"'*]/g;

/**
 * Reads the caller of a request. A sentinel is recognised before any parsing, because the metadata takes some of
 * them for foreign numbers, and a scheme before that, because `sip:100@x` parses as a Japanese number.
 */
export function readCaller(from: string): Caller {
  const text = from.trim();
  if (/^client:/i.test(text)) return { kind: 'client' };
  if (/^sips?:/i.test(text)) return { kind: 'sip' };
  if (isWithheld(text)) return { kind: 'withheld' };
  const parsed = parsePhoneNumberFromString(text);
  return parsed?.isValid() ? { kind: 'number', number: parsed.number as E164 } : { kind: 'impossible' };
}

export type PhoneRefusal = 'number-withheld-sentinel' | 'number-impossible' | 'number-not-personal';

/** Kinds of number that nobody can call from as a person: free-phone, uniform access and pager numbers. */
const NOT_PERSONAL = new Set(['TOLL_FREE', 'UAN', 'PAGER', 'PREMIUM_RATE', 'SHARED_COST']);

/** Most telephones of technicians: the numbering plan gives out all of these (not 0800, which is free-phone), so nothing needs to be looked up. */
const MOBILE = /^0[789]0[1-9]\d{7}$/;

/**
 * A number as people type it (national or international form, any width, hyphens, 184/186 in front) in E.164, or why
 * it cannot be a worker's telephone. A sentinel is refused, or every withheld caller would become that worker.
 */
export function readPersonalNumber(typed: string): Outcome<E164, PhoneRefusal> {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replace(/[^\d+]/g, '').replace(/^(184|186)(?=0)/, '');
  if (MOBILE.test(digits)) return accept(`+81${digits.slice(1)}` as E164);
  if (isWithheld(digits) || isWithheld(text)) return refuse('number-withheld-sentinel');
  const parsed = parsePhoneNumberFromString(digits, 'JP');
  if (!parsed?.isValid()) return refuse('number-impossible');
  if (NOT_PERSONAL.has(parsed.getType() ?? '')) return refuse('number-not-personal');
  return accept(parsed.number as E164);
}

/** A number of any kind (our own lines may be free-phone numbers) in E.164. */
export function readLineNumber(typed: string): Outcome<E164, 'number-impossible'> {
  const parsed = parsePhoneNumberFromString(typed.normalize('NFKC').replace(/[^\d+]/g, ''), 'JP');
  return parsed?.isPossible() ? accept(parsed.number as E164) : refuse('number-impossible');
}

/** A number as people in its country write it. */
export function nationalForm(number: E164): string {
  return parsePhoneNumberFromString(number)?.formatNational() ?? number;
}

/** Whether a text can reach it: mobile telephones only. */
export function takesTexts(number: E164): boolean {
  return parsePhoneNumberFromString(number)?.getType() === 'MOBILE';
}

/** The form shown in lists and logs: country code and last two digits, the rest hidden. */
export function maskNumber(number: E164): string {
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(0, number.length - 5))}${number.slice(-2)}`;
}

function isWithheld(text: string): boolean {
  const digits = text.replace(/^\+/, '');
  return isWithheldWord(text) || [digits, digits.replace(/^1/, '')].some((d) => SENTINEL_DIGITS.has(d));
}

function isWithheldWord(text: string): boolean {
  if (/\d/.test(text)) return false;
  const word = text.normalize('NFKC').toLowerCase().replace(AROUND_WORDS, '');
  return SENTINEL_WORDS.has(word) || WITHHELD_WORDS.test(word);
}
