import { toRomaji } from 'wanakana';
import { plainLetters } from '../phone-list/kanji-variants.ts';
import { foldFirmCore, shiftKana } from '../phone-list/fold-name.ts';

const READ_FORMS = /(カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ)(ガイシャ|カイシャ)/g;
const ROWS: readonly (readonly [vowels: RegExp, longs: string])[] = [
  [/[アカサタナハマヤラワガザダバパァャヮ]/, 'ア'],
  [/[イキシチニヒミリギジビピィ]/, 'イ'],
  [/[ウクスツヌフムユルグズブプゥュ]/, 'ウ'],
  [/[エケセテネヘメレゲゼデベペェ]/, 'エ'],
  [/[オコソトノホモヨロゴゾドボポォョ]/, 'オウ'],
];
/** Which vowel after a kana only makes it long. */
const LONG_AFTER = new Map(
  [
    ...'アカサタナハマヤラワガザダバパァャヮイキシチニヒミリギジビピィウクスツヌフムユルグズブプゥュエケセテネヘメレゲゼデベペェオコソトノホモヨロゴゾドボポォョ',
  ].map((kana) => [kana, ROWS.find(([row]) => row.test(kana))?.[1] ?? ''] as const),
);
/** 桜ヶ丘, 桜ケ丘 and 桜が丘 are one place. */
const BETWEEN_KANJI = /(?<=\p{Script=Han})[ヶヵケカガ](?=\p{Script=Han})/gu;
const SAME_SOUND: Readonly<Record<string, string>> = {
  ヂ: 'ジ',
  ヅ: 'ズ',
  ヲ: 'オ',
  ヰ: 'イ',
  ヱ: 'エ',
  ヴァ: 'バ',
  ヴィ: 'ビ',
  ヴェ: 'ベ',
  ヴォ: 'ボ',
  ヴ: 'ブ',
};

/** A name reduced for finding it: width, variants of kanji, marks over latin letters, legal forms; hiragana as katakana. */
export function foldLetters(text: string): string {
  const bare = text.replace(/[\p{Script=Latin}\p{M}]+/gu, (latin) =>
    latin.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd'),
  );
  return plainLetters(shiftKana(foldFirmCore(bare))).replace(BETWEEN_KANJI, 'ガ');
}

/** Kana without what people write now and then: long vowels, the small tsu, the two ways to write ji and zu, legal forms. */
export function looseKana(kana: string): string {
  const plain = shiftKana(kana)
    .replace(/[\s・ッー]/g, '')
    .replace(READ_FORMS, '')
    .replace(/ヴ[ァィェォ]|[ヂヅヲヰヱヴ]/g, (sound) => SAME_SOUND[sound] ?? sound);
  let loose = '';
  for (const letter of plain) if (!LONG_AFTER.get(loose.at(-1) ?? '')?.includes(letter)) loose += letter;
  return loose;
}

/** Kana in the latin letters in which all romanisations meet. */
export function romanOf(loose: string): string {
  return plainRomaji(toRomaji(loose));
}

/**
 * Any romanisation as one: Hepburn and Kunrei, long vowels written or not (oo, ou, oh, a bar), doubled consonants single, m before b as n.
 * The beginning of a word gives the beginning of its result, so that a word can be found while it is typed.
 */
export function plainRomaji(typed: string): string {
  const letters = typed
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  const kunrei = letters
    .replace(/m(?=[bmp])/g, 'n')
    .replace(/c(?=ch)|(?<=c)c$/g, '')
    .replace(/c$/, 't')
    .replace(/[sc]h(?=i|$)/g, (sound) => (sound === 'sh' ? 's' : 't'))
    .replace(/sh/g, 'sy')
    .replace(/ch/g, 'ty')
    .replace(/ts/g, 't')
    .replace(/d?j(?=[i]|$)/g, 'z')
    .replace(/j/g, 'zy')
    .replace(/zyy/g, 'zy')
    .replace(/d(?=[iuz])/g, 'z')
    .replace(/f/g, 'h')
    .replace(/v/g, 'b')
    .replace(/l/g, 'r')
    .replace(/[cq]/g, 'k')
    .replace(/w(?=o)/g, '');
  return kunrei
    .replace(/oh(?![aiueoy])/g, 'o')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=o)u/g, '')
    .replace(/(.)\1+/g, '$1');
}
