import { createRequire } from 'node:module';
import type { Address } from 'yubin';
import { plainLetters } from '../domain/phone-list/kanji-variants.ts';
import type { Warning } from '../domain/warning.ts';

/** What the post says of a code; a suggestion that people may overwrite. */
export interface SuggestedAddress {
  readonly postalCode: string;
  /** Five digits of the municipality; the first two are the prefecture's. */
  readonly municipalityCode: string;
  readonly prefectureCode: string;
  readonly prefecture: string;
  readonly prefectureKana: string | null;
  readonly city: string;
  readonly cityKana: string | null;
  readonly town: string;
  readonly townKana: string | null;
  /** The code stands for several towns, of which this is one. */
  readonly severalTowns: boolean;
  /** The office that has this code for itself, and its place in the town. */
  readonly office: string | null;
  readonly street: string | null;
}

interface PostalData {
  getAddress(code: string): Address | null;
}

const load = createRequire(import.meta.url);
let known: PostalData | undefined;

/** Seven digits, whatever stands around and between them; undefined when they are none. */
export function readPostalCode(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[〒\s\-‐-―−ー]/g, '');
  return /^\d{7}$/.test(digits) ? digits : undefined;
}

/** The address of a postal code; the data is loaded when it is first asked for, since it takes some thirty megabytes. */
export function suggestAddress(text: string): SuggestedAddress | undefined {
  const code = readPostalCode(text);
  if (code === undefined) return undefined;
  known ??= load('yubin') as PostalData;
  const found = known.getAddress(code);
  return found ? shownAddress(code, found) : undefined;
}

function shownAddress(code: string, found: Address): SuggestedAddress {
  const town = placeName(found.town);
  return {
    postalCode: `${code.slice(0, 3)}-${code.slice(3)}`,
    municipalityCode: found.jisCode,
    prefectureCode: found.jisCode.slice(0, 2),
    ...{ prefecture: found.prefecture, city: found.city, town },
    ...(found.source === 'ken_all' ? kanaOf(found, town) : ofOffice(found)),
  };
}

type KanaKeys = 'prefectureKana' | 'cityKana' | 'townKana' | 'severalTowns' | 'office' | 'street';

function kanaOf(found: Address & { source: 'ken_all' }, town: string): Pick<SuggestedAddress, KanaKeys> {
  const { prefectureKana, cityKana, multiTown: severalTowns } = found;
  const townKana = town === '' ? null : placeName(found.townKana);
  return { prefectureKana, cityKana, townKana, severalTowns, office: null, street: null };
}

function ofOffice(found: Address & { source: 'jigyosyo' }): Pick<SuggestedAddress, KanaKeys> {
  const none = { prefectureKana: null, cityKana: null, townKana: null, severalTowns: false };
  return { ...none, office: found.companyName, street: found.streetAddress };
}

/** The post writes sentences where a code has no town of its own, and remarks in brackets behind one. */
function placeName(town: string): string {
  return /以下に掲載がない場合|の次に番地がくる場合/.test(town) ? '' : town.replace(/（.*$/, '');
}

/** A code that the post does not know, or an address that is elsewhere; never a refusal, since codes change. */
export function warnOfPostalCode(code: string | undefined, address: string | undefined): readonly Warning[] {
  if (code === undefined) return [];
  const found = suggestAddress(code);
  if (!found) return [{ pointer: '/postalCode', code: 'postal-code-unknown', ...UNKNOWN }];
  if (address === undefined) return [];
  const plain = folded(address);
  const fits = plain.includes(folded(found.city)) || folded(found.city).endsWith(plain);
  return fits ? [] : [{ pointer: '/postalCode', code: 'postal-code-elsewhere', ...ELSEWHERE }];
}

const UNKNOWN = {
  message: 'この郵便番号は見つかりません。写し間違いがないか確かめてください。',
  messageEn: 'There is no such postal code; look for a slip of copying.',
};
const ELSEWHERE = {
  message: '郵便番号と住所の市区町村が合いません。',
  messageEn: 'The postal code belongs to another city than the address.',
};

function folded(text: string): string {
  return plainLetters(text.normalize('NFKC').replace(/\s/g, '')).replace(/ヶ|が/g, 'ケ');
}
