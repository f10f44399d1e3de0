import { said } from './said.ts';

/** What is said of exceptions, corrections and runs. */
export const decisionProblems = {
  'nothing-to-correct': said(
    422,
    'Nothing to correct',
    'Give an entry, an exit, a job type or a position of a day that has a record.',
    [
      '直す内容がありません',
      '入場・退場の時刻、職種、立場のいずれかを指定してください。記録のない日は時刻が必要です。',
    ],
  ),
  'day-mismatch': said(422, 'Times of another day', 'The entry must lie on the work date, in Japanese time.', [
    '就業日と時刻が合いません',
    '入場時刻は就業日の日付(日本時間)にしてください。',
  ]),
  'time-in-future': said(422, 'Time in the future', 'Give a time that has passed.', [
    '時刻が未来です',
    '過ぎた時刻を指定してください。',
  ]),
  'stay-too-long': said(
    422,
    'Stay too long',
    'The longest shift of the site is shorter; check the times, or change maxShiftHours of the site.',
    ['在場時間が長すぎます', '時刻を確かめるか、現場の最長勤務時間を直してください。'],
  ),
  'overlaps-another-stay': said(
    409,
    'Overlaps another stay',
    'The worker has another stay at that time; correct that one first.',
    ['他の在場と重なります', '同じ時間に別の記録があります。先にそちらを直してください。'],
  ),
  'correction-waiting': said(
    409,
    'A correction waits already',
    'Approve or reject the one that waits for this day first.',
    ['承認待ちの補正があります', 'この日の承認待ちの補正を先に承認または却下してください。'],
  ),
  'deadline-passed': said(
    422,
    'Deadline passed',
    'A day can be entered or corrected until the end of the next month.',
    ['期限を過ぎています', '補正できるのは、就業した月の翌月末までです。'],
  ),
  'already-decided': said(409, 'Decided already', 'Somebody has dealt with it; read it again.', [
    '対応済みです',
    'すでに対応されています。読み直してください。',
  ]),
  'note-needed': said(422, 'Note needed', 'This code asks for a few words.', [
    '説明が必要です',
    'このコードには説明を書いてください。',
  ]),
  'nothing-to-link': said(422, 'Nothing to link', 'This exception holds no call that could become a day.', [
    '結び付けるものがありません',
    'この例外には結び付けられる電話がありません。',
  ]),
  'job-unknown': said(422, 'Unknown job', 'See the reference for the jobs.', [
    'その処理はありません',
    '一覧にある処理を指定してください。',
  ]),
} as const;
