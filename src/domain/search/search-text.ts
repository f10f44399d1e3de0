import { foldLetters, looseKana, plainRomaji, romanOf } from './fold-words.ts';
import { shiftKana } from '../phone-list/fold-name.ts';
import { readPersonalNumber } from '../phone-number.ts';
import { present } from '../present.ts';
import { remembered } from '../remembered.ts';

/** Before the first letter of every word, and behind the last one of a name. */
export const WORD = '\u0001';
export const END = '\u0002';

/** What is known of a thing that is searched for. */
export interface Searched {
  readonly names: readonly string[];
  readonly kana: string;
  /** Other names that it goes by, with their readings where they are known. */
  readonly aliases?: readonly { readonly name: string; readonly kana?: string }[];
}

/** All names that a thing may be found by, in one text; the reading stands first, so that texts compare in its order. */
export function searchText({ names, kana, aliases = [] }: Searched): string {
  const keys = [
    ...readings(kana),
    ...names.flatMap(spellings),
    ...aliases.flatMap((other) => [...spellings(other.name), ...readings(other.kana ?? '')]),
  ];
  return [...new Set(keys)].join('');
}

/** Many people share the words of their names. */
const soundsOf = remembered((word: string) => {
  const loose = looseKana(word);
  return { raw: shiftKana(word), loose, roman: romanOf(loose) };
}, 10_000);
const lettersOf = remembered(foldLetters);

function readings(kana: string): readonly string[] {
  const words = wordsOf(kana).map(soundsOf);
  return [
    ...segments(words.map(({ raw }) => raw)),
    ...segments(words.map(({ loose }) => loose)),
    ...segments(words.map(({ roman }) => roman)),
  ];
}

function spellings(name: string): readonly string[] {
  return segments(wordsOf(name).map(lettersOf));
}

/** An id as it is compared; it is found only when it is given whole. */
export function plainId(id: string): string {
  return id.normalize('NFKC').toLowerCase();
}

/** A name from each of its words to its end: it is found by any word of it, and without the spaces. */
function segments(words: readonly string[]): readonly string[] {
  return words
    .map((_word, place) => words.slice(place).join(''))
    .flatMap((key) => (key ? [`${WORD}${key}${END}`] : []));
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .split(/[\s・]+/)
    .filter((word) => word !== '');
}

/** One word of a question: a thing fits when it holds all of any of the alternatives, or when the word is one of its ids. */
export interface Wanted {
  readonly alternatives: readonly (readonly string[])[];
  readonly id: string;
  /** The last four digits of a telephone number, perhaps; a whole one with its country, `+81…`. */
  readonly tail?: string;
}

/** A name in latin letters with a hyphen, as in shin-ichi: it is one word. */
const HYPHENED = /^[\p{Script=Latin}\p{M}']+([-‐-―−][\p{Script=Latin}\p{M}']+)+$/u;
const MAX_WORDS = 8;
const PARTS = /[ァ-ヺー]+|[a-z']+|\d+|[^ァ-ヺーa-z'\d]+/g;

/** The words of a question; none where it says nothing that anything could be found by. */
export function readQuestion(typed: string): readonly Wanted[] {
  const text = typed.normalize('NFKC');
  // A number or an id in groups with spaces between them is one word.
  const words = isLongNumber(text) ? [text.replace(/\s/g, '')] : wordsOf(typed);
  return words.slice(0, MAX_WORDS).flatMap(wantedOf);
}

/** Digits as people group them, with as many as a telephone number has at least. */
function isLongNumber(text: string): boolean {
  return /^[\d+().\s‐-―−ー-]+$/.test(text) && text.replace(/\D/g, '').length >= 10;
}

/** What a word may say of a telephone number: the last four digits, or all of it in any writing. */
function tailOf(word: string, folded: string): string | undefined {
  if (/^\d{4}$/.test(folded)) return folded;
  const number = isLongNumber(word) ? readPersonalNumber(word) : undefined;
  return number?.ok ? number.value : undefined;
}

function wantedOf(word: string): readonly Wanted[] {
  const folded = foldLetters(word);
  const parts = [...folded.matchAll(PARTS)].map(([part]) => part);
  if (parts.length === 0) return [];
  const apart = HYPHENED.test(word) ? [plainRomaji(word)] : parts.map(loosePart).filter((part) => part !== '');
  const alternatives = [[folded], ...(apart.length > 0 && apart.join() !== folded ? [apart] : [])];
  // People write an id in groups of four digits.
  const joined = word.replace(/(?<=\d)[-‐-―−](?=\d)/g, '');
  return [{ alternatives, id: plainId(joined), ...present({ tail: tailOf(word, folded) }) }];
}

function loosePart(part: string): string {
  if (/^[ァ-ヺー]/.test(part)) return looseKana(part);
  return /^[a-z']/.test(part) ? plainRomaji(part) : part;
}
