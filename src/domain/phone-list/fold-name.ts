import { remembered } from '../remembered.ts';
import { plainLetters } from './kanji-variants.ts';

const COMPANY_FORM = /(株式|有限|合同|合資|合名)会社/g;
const SHORT: Readonly<Record<string, string>> = {
  株式: '(株)',
  有限: '(有)',
  合同: '(同)',
  合資: '(資)',
  合名: '(名)',
};

/** A name reduced for comparing: width, spaces and the ways to write 株式会社 fall away; where it stands is kept. */
export const foldName = remembered((name: string): string => {
  const plain = name.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return plain.replace(COMPANY_FORM, (_whole, form: string) => SHORT[form] ?? form);
});

/** A name reduced further: 髙 and 高 are one, so that a person is found however he is written. */
export const foldVariants = remembered((name: string): string => plainLetters(foldName(name)));

/** The name of a firm without its legal form, which people leave out or put on the other side. */
export function foldFirmCore(name: string): string {
  return foldVariants(name).replace(/\((株|有|同|資|名)\)/g, '');
}

/** A name of a firm as it is written, but for its legal form. */
export function withoutLegalForm(name: string): string {
  return name
    .normalize('NFKC')
    .replace(COMPANY_FORM, '')
    .replace(/\([株有同資名]\)/g, '')
    .trim();
}

/** A reading reduced for comparing: width, hiragana, spaces and middle dots fall away. */
export const foldKana = remembered((kana: string): string =>
  shiftKana(kana)
    .replace(/[\s・]/g, '')
    .toLowerCase(),
);

/** Any text with its hiragana and half-width kana as full-width katakana, for comparing. */
export function shiftKana(text: string): string {
  return text.normalize('NFKC').replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
}
