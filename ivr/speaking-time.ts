import type { Language } from '../src/domain/worker.ts';

/** Signs a second of a calm synthetic voice, and the pause that a comma or a full stop makes, in seconds. */
const PACE: Readonly<Record<'kana' | 'han' | 'letters', number>> = { kana: 7.5, han: 4.2, letters: 14 };
const SHORT_PAUSE = 0.2;
const LONG_PAUSE = 0.45;
/** Burmese and Nepali write one syllable with several signs. */
const SEGMENTER = new Intl.Segmenter('en');
/** Morae of a Chinese character as Japanese reads it, and of a digit. */
const MORAE = { han: 2, digit: 2 };

/**
 * How long a sentence takes to be spoken, in seconds: an estimate from its signs and pauses, for sentences must stay short (M4, M14). The
 * carrier's voice decides in the end.
 */
export function speakingTime(sentence: string, language: Language): number {
  const count = (signs: RegExp) => sentence.match(signs)?.length ?? 0;
  const pauses = count(/[、,，၊;:：]/gu) * SHORT_PAUSE + count(/[。.．।။]/gu) * LONG_PAUSE;
  const [han, digits] = [count(/\p{Script=Han}/gu), count(/\d/g)];
  if (language === 'zh') return pauses + (han + digits) / PACE.han + count(/[A-Za-z]/g) / PACE.letters;
  if (language === 'ja' || language === 'ja-easy') {
    const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}ー]/gu);
    return pauses + (kana + han * MORAE.han + digits * MORAE.digit) / PACE.kana;
  }
  return pauses + ([...SEGMENTER.segment(sentence)].length + digits * 4) / PACE.letters;
}
