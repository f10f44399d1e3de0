import type { RefusalCode } from '../domain/refusal.ts';

interface Problem {
  readonly status: number;
  readonly title: string;
  readonly titleJa: string;
  /** What to do about it, in both languages. */
  readonly en: string;
  readonly ja: string;
}

const said = (status: number, title: string, en: string, [titleJa, ja]: readonly [string, string]): Problem => ({
  status,
  title,
  titleJa,
  en,
  ja,
});

const requestProblems = {
  'key-unknown': said(401, 'Key missing or unknown', 'Send a valid key as Authorization: Bearer.', [
    '認証できません',
    '有効なAPIキーを Authorization: Bearer で送ってください。',
  ]),
  'not-allowed': said(403, 'Not allowed', 'This key does not have the right to do that.', [
    '権限がありません',
    'このキーにはその操作の権限がありません。',
  ]),
  'not-found': said(404, 'Not found', 'Nothing of yours has this id.', [
    '見つかりません',
    'その ID のものはありません。ID を確かめてください。',
  ]),
  'route-unknown': said(404, 'No such address', 'See the reference page at docs for the addresses.', [
    'このアドレスはありません',
    'docs の一覧でアドレスを確かめてください。',
  ]),
  'method-unknown': said(405, 'Method not offered here', 'The Allow header lists the methods of this address.', [
    'この操作はできません',
    'Allow ヘッダーにある方法を使ってください。',
  ]),
  'input-invalid': said(400, 'Input is not valid', 'Correct what is listed under errors and send it again.', [
    '入力に誤りがあります',
    'errors に挙げた項目を直して、もう一度送ってください。',
  ]),
  'body-malformed': said(400, 'Body cannot be read', 'The body is not well-formed.', [
    '本文を読めません',
    '本文の形式が壊れています。',
  ]),
  'body-too-large': said(413, 'Body too large', 'Send less at once.', [
    '本文が大きすぎます',
    '一度に送る量を減らしてください。',
  ]),
  'content-type-unknown': said(415, 'Content type not accepted', 'Send the content type that the reference names.', [
    'この形式は受け付けません',
    '一覧にある Content-Type で送ってください。',
  ]),
  'file-missing': said(400, 'File missing', 'Send the file in the form field named in the reference.', [
    'ファイルがありません',
    'フォームの file にファイルを付けてください。',
  ]),
  stale: said(412, 'Changed meanwhile', 'Read it again and repeat the change with the new ETag.', [
    '先に変更されています',
    '読み直して、新しい ETag で変更してください。',
  ]),
  conflict: said(409, 'Changed at the same time', 'Somebody changed the same thing at once; try again.', [
    '同時に変更されました',
    '同じものが同時に変更されました。もう一度お試しください。',
  ]),
  'idempotency-reused': said(422, 'Idempotency key used for another request', 'Use a new key for a new request.', [
    'Idempotency-Key が別の要求に使われています',
    '新しい要求には新しいキーを使ってください。',
  ]),
  'in-progress': said(409, 'Still being worked on', 'The same request is being done right now; ask again shortly.', [
    '処理中です',
    '同じ要求を処理しています。少し待ってからもう一度お試しください。',
  ]),
  'shown-once': said(409, 'Done already, its secret was shown once', 'Revoke what was made and make a new one.', [
    '処理は済み、秘密は一度だけ表示しました',
    '作成済みのものを取り消して、新しく作ってください。',
  ]),
  'database-away': said(503, 'Database is not reachable', 'Nothing was kept; try again shortly.', [
    'データベースに接続できません',
    '保存できませんでした。少し待ってからもう一度お試しください。',
  ]),
  failed: said(500, 'Something broke here', 'It is our fault and has been logged under the request id.', [
    'こちらの不具合です',
    '要求番号とともに記録しました。',
  ]),
} as const;

const registerProblems = {
  'unknown-firm': said(422, 'Unknown firm', 'Register the firm first, or correct its id.', [
    '事業者がありません',
    '先に事業者を登録するか、ID を直してください。',
  ]),
  'unknown-worker': said(422, 'Unknown worker', 'Register the worker first, or correct the id.', [
    '技能者がありません',
    '先に技能者を登録するか、ID を直してください。',
  ]),
  'unknown-site': said(422, 'Unknown site', 'Register the site first, or correct its id.', [
    '現場がありません',
    '先に現場を登録するか、ID を直してください。',
  ]),
  'unknown-line': said(422, 'Unknown line', 'Register the line first, or correct its number.', [
    '受付番号がありません',
    '先に受付番号を登録するか、番号を直してください。',
  ]),
  'period-reversed': said(422, 'Period ends before it begins', 'Let the first day be no later than the last.', [
    '期間が逆です',
    '開始日を終了日以前にしてください。',
  ]),
  'day-in-future': said(422, 'Day lies in the future', 'Give today or an earlier day.', [
    '未来の日付です',
    '今日かそれより前の日付にしてください。',
  ]),
  'employment-overlaps': said(409, 'Employments overlap', 'A worker has one employer at a time.', [
    '所属期間が重なっています',
    '一人の所属先は同時に一つです。期間を直してください。',
  ]),
  'worker-without-employer': said(422, 'Worker has no employer', 'Give the worker an employer first (R-101).', [
    '所属事業者がありません',
    '先に技能者の所属事業者を登録してください。',
  ]),
  'line-exists': said(409, 'Line exists already', 'Change the line that is there.', [
    'この受付番号は登録済みです',
    '登録済みの受付番号を変更してください。',
  ]),
  'number-taken': said(409, 'Number belongs to somebody else', 'End the other registration, or mark both as shared.', [
    'この番号は別の人が使っています',
    '先の登録を終えるか、両方を共用にしてください。',
  ]),
  'number-registered': said(409, 'Number is registered for this worker', 'Change the registration that is there.', [
    'この番号は登録済みです',
    '登録済みの内容を変更してください。',
  ]),
  'number-withheld-sentinel': said(422, 'Stands for a withheld number', 'Give the telephone number itself.', [
    '非通知を表す番号です',
    '実際の電話番号を入力してください。',
  ]),
  'number-impossible': said(422, 'No such telephone number', 'Check the digits.', [
    '存在しない電話番号です',
    '桁を確かめてください。',
  ]),
  'number-not-personal': said(422, 'Nobody calls from such a number', 'Give a mobile or ordinary number.', [
    '発信に使えない番号です',
    '携帯電話か一般の電話番号を入力してください。',
  ]),
  'shared-needed': said(422, 'Several workers need a shared number', 'Set shared to true.', [
    '共用の指定が必要です',
    '複数の技能者が使う番号は共用にしてください。',
  ]),
} as const;

const decisionProblems = {
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
  'reason-unknown': said(422, 'Unknown reason code', 'Take a code of the catalogue reason-codes.', [
    '理由コードがありません',
    'reason-codes のコードを使ってください。',
  ]),
  'action-unknown': said(422, 'Unknown action code', 'Take a code of the catalogue action-codes.', [
    '対応コードがありません',
    'action-codes のコードを使ってください。',
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

const importProblems = {
  'format-unknown': said(422, 'Format not offered', 'Ask for csv.', [
    'この形式はありません',
    'csv を指定してください。',
  ]),
  'encoding-unknown': said(422, 'Encoding not known', 'Name utf-8, shift_jis, euc-jp or iso-2022-jp.', [
    '文字コードがわかりません',
    'utf-8、shift_jis、euc-jp、iso-2022-jp のどれかを指定してください。',
  ]),
  'import-unreadable': said(422, 'File cannot be read', 'Send a CSV or TSV text file.', [
    'ファイルを読めません',
    'CSV または TSV の文字ファイルを送ってください。',
  ]),
  'import-too-large': said(413, 'File too large', 'Split the file.', [
    'ファイルが大きすぎます',
    'ファイルを分けてください。',
  ]),
  'import-empty': said(422, 'File has no rows', 'Put rows below the headings.', [
    '行がありません',
    '見出しの下に行を入れてください。',
  ]),
  'import-columns-missing': said(422, 'Columns missing', 'Add the columns, or say which heading stands for which.', [
    '必要な列がありません',
    '列を足すか、columns で見出しを割り当ててください。',
  ]),
  'import-columns-unknown': said(422, 'Columns not known', 'Map headings of the file to fields of the template.', [
    '列の指定が正しくありません',
    'ファイルの見出しをひな形の項目に割り当ててください。',
  ]),
  'import-row-unknown': said(404, 'No such row', 'Rows count from 1 below the headings.', [
    'その行はありません',
    '見出しの次の行が 1 です。',
  ]),
  'import-committed': said(409, 'Committed already', 'A committed import cannot be changed; send a new file.', [
    '取込済みです',
    '取り込んだ後は変更できません。新しいファイルを送ってください。',
  ]),
} as const;

/** The words and the HTTP status of every refusal: one that is forgotten does not compile. */
export const problems = {
  ...requestProblems,
  ...registerProblems,
  ...decisionProblems,
  ...importProblems,
} as const satisfies Record<RefusalCode, Problem>;
