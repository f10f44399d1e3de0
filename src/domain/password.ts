import { plainRomaji, romanOf, looseKana } from './search/fold-words.ts';
import { foldFirmCore } from './phone-list/fold-name.ts';

/** Letters that a password has at least: it is the one proof where nobody uses a passkey, and wrong tries are counted. */
export const SHORTEST_PASSWORD = 10;

/** Why a password is too easy to guess. */
export const weaknesses = ['password-short', 'password-simple', 'password-named', 'password-common'] as const;
export type Weakness = (typeof weaknesses)[number];

/** What somebody who knows its owner would try first. */
export interface Owner {
  readonly mail: string;
  readonly name: string;
  readonly firms: readonly { readonly name: string; readonly kana: string }[];
}

const SERVICE = 'genbacall';
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
/** Letters that follow one another in the alphabet, on a keyboard and down its columns. */
const ROWS = [
  ...[ALPHABET, '01234567890', 'qwertyuiop[]', 'qwertyuiop@[', 'asdfghjkl;:', 'zxcvbnm,./', '!@#$%^&*()', '!"#$%&()'],
  ...['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik,', '9ol.', 'あいうえおかきくけこ'],
];
const STEPS = new Set(ROWS.flatMap((row) => [row, [...row].reverse().join('')]).flatMap(pairsOf));
const FEWEST_LETTERS = 5;
/** On average so many letters stand in one run of a password that is made of runs. */
const LONG_RUN = 4;
/** Shorter names are parts of too many other words. */
const SHORTEST_NAME = { latin: 4, japanese: 2 };
/** So much has to be left of a password without a name that stands in it. */
const LEAST_BESIDE_NAME = 8;
const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
/** What stands behind the name proper of many a builder. */
const TRADE = /(ケンセツ|コウギョウ|コウムテン|サンギョウ|ドボク|デンキ|デンコウ|セツビ|トソウ|テッキン|グミ)$/;

/** What is weak about a password (NIST SP 800-63B: length, no repeats and runs, no names at hand, nothing that many use), if anything. */
export function weaknessOf(password: string, owner: Owner, common: ReadonlySet<string>): Weakness | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < SHORTEST_PASSWORD) return 'password-short';
  if (isSimple(plain)) return 'password-simple';
  if (isNamed(plain, owner)) return 'password-named';
  return isCommon(plain, common) ? 'password-common' : undefined;
}

/** Few letters, one piece again and again, runs, or no letter at all, as telephone numbers and dates. */
function isSimple(plain: string): boolean {
  const letters = [...plain];
  if (new Set(letters).size < FEWEST_LETTERS || !/\p{L}/u.test(plain)) return true;
  const isRepeated = letters.some((_letter, size) => size > 0 && size <= letters.length / 2 && repeats(letters, size));
  const runs = 1 + pairsOf(plain).filter((pair) => !isStep(pair)).length;
  return isRepeated || runs <= letters.length / LONG_RUN;
}

function repeats(letters: readonly string[], size: number): boolean {
  return letters.every((letter, place) => letter === letters[place % size]);
}

function isStep(pair: string): boolean {
  const [one, two] = [...pair];
  return one === two || STEPS.has(pair);
}

function pairsOf(text: string): readonly string[] {
  const letters = [...text];
  return letters.slice(1).map((letter, place) => `${letters[place] ?? ''}${letter}`);
}

function isNamed(plain: string, { mail, name, firms }: Owner): boolean {
  const [local = '', host = ''] = mail.toLowerCase().split('@');
  const words = [local, ...host.split('.'), name, ...name.split(/\s/), ...firms.map((firm) => firm.name), SERVICE];
  const bare = squeezed(plain);
  if (words.map((word) => squeezed(foldFirmCore(word))).some((word) => isMostOf(bare, word))) return true;
  const roman = plainRomaji(plain);
  const read = firms.map(({ kana }) => looseKana(kana)).flatMap((kana) => [kana, kana.replace(TRADE, '')]);
  return read.map(romanOf).some((word) => isMostOf(squeezed(roman), word));
}

/** A name among many other letters is no help to whoever guesses. */
function isMostOf(text: string, name: string): boolean {
  return isLong(name) && text.includes(name) && text.length - name.length < LEAST_BESIDE_NAME;
}

function isLong(word: string): boolean {
  return word.length >= (/^[\x20-\x7e]+$/.test(word) ? SHORTEST_NAME.latin : SHORTEST_NAME.japanese);
}

/** Nothing but a word that many use, once or again and again, whatever digits and signs stand around it. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const unmasked = [...core].map((letter) => LEET[letter] ?? letter).join('');
  return [core, unmasked].map((text) => text.replace(/[^\p{L}]/gu, '')).some((text) => isMadeOf(text, common));
}

function isMadeOf(text: string, common: ReadonlySet<string>): boolean {
  const letters = [...text];
  return letters.some((_letter, place) => {
    const size = place + 1;
    return common.has(letters.slice(0, size).join('')) && letters.length % size === 0 && repeats(letters, size);
  });
}

function squeezed(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
