import { z } from 'zod';

/** Control characters, line separators, broken or replaced characters: they would break the carrier's markup or hide an error of decoding. */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\ufffd\ufffe\uffff]/u;

/** What can be spoken as kana: katakana, long mark, middle dot, spaces, latin letters and digits with their few marks. */
const SPOKEN = /^[ァ-ヺー・ A-Za-z0-9.&'()-]+$/;

/** Whether a text may be stored and spoken as it is. */
export function isPlainText(text: string): boolean {
  return !UNSAFE.test(text);
}

/**
 * Kana as it is stored and spoken: full-width katakana, from hiragana, half-width or full-width input; undefined when the
 * text holds anything that is no kana. A dash after a kana is the long mark that was meant.
 */
export function toKatakana(typed: string): string | undefined {
  const kana = typed
    .normalize('NFKC')
    .replace(/[ぁ-ゖ]/g, (hira) => String.fromCharCode(hira.charCodeAt(0) + 0x60))
    .replace(/(?<=[ァ-ヺ])[‐‑‒–—―−-]/g, 'ー')
    .replace(/\s+/g, ' ')
    .trim();
  return SPOKEN.test(kana) ? kana : undefined;
}

/** Text of people: trimmed, 1 to `max` characters, nothing in it that cannot be written or spoken. */
export function plainText(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isPlainText, { params: { code: 'text-unsafe' } });
}

/** The same over several lines, for what is only read. */
export function longText(max: number) {
  return z
    .string()
    .transform((typed) => typed.replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((text) => isPlainText(text.replace(/[\n\t]/g, ' ')), { params: { code: 'text-unsafe' } }),
    );
}

/** A reading in kana, stored as full-width katakana. */
export function kanaText(max: number) {
  return plainText(max).transform((typed, context) => {
    const kana = toKatakana(typed);
    if (kana !== undefined) return kana;
    context.issues.push({ code: 'custom', params: { code: 'kana-only' }, input: typed });
    return z.NEVER;
  });
}

/** An id of the registry as input: fourteen digits; what looks odd about it is a warning elsewhere (R-001…R-003). */
export const CcusIdText = z
  .string()
  .trim()
  .refine((text) => /^\d{14}$/.test(text), { params: { code: 'ccus-id' } });
