import type { z } from 'zod';
import type { InputError } from './problem.ts';

type Issue = z.core.$ZodIssue;

const words: Record<string, readonly [ja: string, en: string]> = {
  required: ['必須の項目です。', 'This is required.'],
  type: ['値の種類が違います。', 'The value is of the wrong kind.'],
  format: ['書式が違います。', 'The value does not have the expected form.'],
  'too-long': ['長すぎるか、大きすぎます。', 'Too long or too large.'],
  'too-short': ['短すぎるか、小さすぎます。', 'Too short or too small.'],
  'not-one-of': ['選べる値ではありません。', 'Not one of the values to choose from.'],
  'unknown-field': ['知らない項目です。', 'There is no such field.'],
  'text-unsafe': ['制御文字や壊れた文字は使えません。', 'Control characters and broken characters are not accepted.'],
  'kana-only': [
    'カタカナで入力してください（ひらがな、半角も可）。',
    'Write it in kana (hiragana and half-width are fine).',
  ],
  'ccus-id': ['IDは14桁の数字です。', 'The id has fourteen digits.'],
  'day-not-in-era': [
    'その元号にない日付です（昭和は64年1月7日まで、平成は31年4月30日まで）。',
    'The era had ended by that day, or not begun (Showa ends on 64-01-07, Heisei on 31-04-30).',
  ],
  moment: [
    '日付（2026-11-24）か時刻（2026-11-24T07:00:00+09:00）で書いてください。暦にない日は使えません。',
    'Write a day (2026-11-24) or an instant (2026-11-24T07:00:00+09:00) that the calendar has.',
  ],
  'cursor-unknown': ['cursor が正しくありません。', 'This cursor was not given out by this list.'],
  duplicate: ['同じ値が重なっています。', 'A value appears twice.'],
  'period-reversed': ['終わりの日が始まりの日より前です。', 'The last day lies before the first one.'],
  overlaps: ['期間が重なっています。', 'Two periods overlap.'],
  'planned-only': ['予定日は「申請予定」のときだけ入力します。', 'Only a planned registration has a planned day.'],
  invalid: ['値が正しくありません。', 'The value is not valid.'],
};

/** The list of what is wrong, one entry per place, from what zod found. Our own checks name their code in `params.code`. */
export function inputErrors(part: InputError['in'], error: z.core.$ZodError | undefined): readonly InputError[] {
  return (error?.issues ?? []).flatMap((issue) => placesOf(issue).map((path) => inputError(part, path, codeOf(issue))));
}

/** One complaint about the input, with its words. */
export function inputError(part: InputError['in'], path: readonly PropertyKey[], code: string): InputError {
  const [message, messageEn] = words[code] ?? ['値が正しくありません。', 'The value is not valid.'];
  const pointer = path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { in: part, pointer, code, message, messageEn };
}

function placesOf(issue: Issue): readonly (readonly PropertyKey[])[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

const codes: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'type',
  too_big: 'too-long',
  too_small: 'too-short',
  invalid_format: 'format',
  invalid_value: 'not-one-of',
  unrecognized_keys: 'unknown-field',
};

function codeOf(issue: Issue): string {
  if (issue.code === 'custom') {
    const own: unknown = issue.params?.['code'];
    return typeof own === 'string' ? own : 'invalid';
  }
  const choice = issue.code === 'invalid_type' || issue.code === 'invalid_value';
  return choice && issue.input === undefined ? 'required' : (codes[issue.code] ?? 'invalid');
}
