import { toRomaji } from 'wanakana';

/** A name in kana as Latin letters, each word with a capital, for voices that read no Japanese. */
export function romanOf(kana: string): string {
  return toRomaji(kana.normalize('NFKC')).replace(/(^|\s)\p{Ll}/gu, (start) => start.toUpperCase());
}
