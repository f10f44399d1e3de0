import { said } from './said.ts';

/** What is said of firms, workers, sites, lines and telephones. */
export const registerProblems = {
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
  'employment-planned': said(
    409,
    'An employment is to come',
    'Take back the employment that begins on a day to come first (DELETE /workers/{id}/employments/{from}).',
    ['これから始まる所属が登録されています', '先に、これから始まる所属を取り消してください。'],
  ),
  'employment-begun': said(409, 'Employment has begun', 'Let the worker leave instead.', [
    'この所属はすでに始まっています',
    '取り消しではなく、退職を登録してください。',
  ]),
  'leave-differs': said(409, 'Leaves on another day', 'Take the leaving back first, then give the other day.', [
    '別の退職日が登録されています',
    '先に退職を取り消してから、正しい日を登録してください。',
  ]),
  'leave-planned': said(409, 'Leaving is planned', 'Take the leaving back first.', [
    '退職の予定があります',
    '先に退職の予定を取り消してください。',
  ]),
  'leave-used': said(409, 'Something has happened since', 'He has a firm again, or his number has another holder.', [
    '退職の後に変更があります',
    '別の所属先があるか、番号を別の人が使っているため取り消せません。',
  ]),
  'not-left': said(409, 'Has not left', 'There is no leaving to take back.', [
    '退職していません',
    '取り消す退職がありません。',
  ]),
  'merge-itself': said(422, 'One register only', 'Name two different workers.', [
    '同じ登録です',
    '異なる二つの登録を指定してください。',
  ]),
  'merge-chained': said(409, 'Merged with another register', 'Part that one first.', [
    '別の登録と統合されています',
    '先にその統合を解いてください。',
  ]),
  'ids-differ': said(409, 'Different ids of the registry', 'Two ids are two people, or one id is wrong: correct it.', [
    '技能者IDが異なります',
    '別の人か、どちらかの技能者IDが誤っています。先に直してください。',
  ]),
  'not-merged': said(409, 'Not merged', 'There is nothing to part.', ['統合されていません', '解く統合がありません。']),
  'worker-without-employer': said(422, 'Worker has no employer', 'Give the worker an employer first (R-101).', [
    '所属事業者がありません',
    '先に技能者の所属事業者を登録してください。',
  ]),
  'worker-erased': said(409, 'This person was deleted', 'Register the person anew.', [
    'この技能者の情報は削除されています',
    'あらためて技能者を登録してください。',
  ]),
  'undelivered-histories': said(
    409,
    'Days have not reached the registry',
    'Wait until they are delivered, or give them up with giveUpUndelivered.',
    ['未送信の就業履歴があります', '送信が終わるまで待つか、giveUpUndelivered で送らずに削除してください。'],
  ),
  'line-exists': said(409, 'Line exists already', 'Change the line that is there, or end it before another begins.', [
    'この受付番号は登録済みです',
    '登録済みの受付番号を変更するか、終了日を登録してから次の利用を登録してください。',
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
  'agent-without-id': said(
    422,
    'Agent has no id of the registry',
    'Only a registered firm may file for others (R-139).',
    ['代行する事業者に事業者IDがありません', '代行申請ができるのは登録済みの事業者だけです。'],
  ),
  'consent-missing': said(409, 'Consents are missing', 'Have the missing papers signed first (R-139).', [
    '同意がそろっていません',
    '足りない同意書をそろえてから提出してください。',
  ]),
  'proxy-not-above': said(422, 'Not a firm above yours', 'Only a prime or an upper firm may act for you (R-130).', [
    '上位の事業者ではありません',
    '代理にできるのは元請か上位の事業者だけです。',
  ]),
  'search-empty': said(422, 'Nothing to search for', 'Give a name, a reading, an id or a number in q (R-004).', [
    '検索する言葉がありません',
    'q に名前、読み、ID、番号のどれかを入れてください。',
  ]),
  'search-not-ready': said(503, 'Search is getting ready', 'Ask again in two seconds.', [
    '検索の準備中です',
    '2秒ほど待って、もう一度お試しください。',
  ]),
  'permit-number-needed': said(422, 'No permit on file', 'Give the permit with its number first.', [
    '建設業許可が登録されていません',
    '先に許可番号を入れて許可を登録してください。',
  ]),
  'kentaikyo-method-needed': said(422, 'Way of paying kentaikyo missing', 'Say electronic or stamp (PR-040).', [
    '建退共の方式がありません',
    '契約ごとに、電子申請方式か証紙貼付方式のどちらか一つを選んでください。',
  ]),
  'rows-invalid': said(
    422,
    'Some rows are wrong',
    'Look at the preview, correct the rows, and send them again; nothing was registered.',
    ['誤りのある行があります', 'プレビューで行を確かめて直し、もう一度送ってください。まだ何も登録していません。'],
  ),
  'paper-unknown': said(422, 'No copy of a paper', 'Send a PDF, a JPEG or a PNG.', [
    '書類の写しではありません',
    'PDF、JPEG、PNG のいずれかにしてください。',
  ]),
  'photo-unknown': said(422, 'No photo', 'Send a JPEG or a PNG.', [
    '写真ではありません',
    'JPEG か PNG にしてください。',
  ]),
  'qualification-unknown': said(
    422,
    'No such qualification on file',
    'Register the qualification first, and give its name or code.',
    ['この資格は登録されていません', '先に資格を登録してから、その名称かコードを入れてください。'],
  ),
  'not-public-works': said(
    409,
    'Not public works',
    'Only rosters of public works are handed in; check the order category of the site (PR-063).',
    ['公共工事ではありません', '名簿の提出状況は公共工事の現場だけで記録します。工事の発注区分を確かめてください。'],
  ),
  'submission-order': said(
    409,
    'Out of order',
    'What was handed in can be accepted or returned once, and what was returned handed in again; no day before the last one.',
    ['提出の順序が合いません', '提出した版だけを受理・差戻しにできます。日付は前の記録以降にしてください。'],
  ),
  'copies-full': said(409, 'Too many copies', 'Take away a copy that is not needed any more.', [
    '写しが多すぎます',
    '不要になった写しを削除してください。',
  ]),
} as const;
