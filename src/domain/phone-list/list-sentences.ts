type Severity = 'error' | 'warning';
type Sentences = readonly [severity: Severity, ja: string, en: string];

/** What can be wrong with a row. `{}` stands for the detail: a row number, a name of a column, a limit. */
export const sentences = {
  'column-missing': [
    'error',
    '「{}」の列がわかりません。どの見出しがそれに当たるかを columns で指定してください。',
    'No heading was taken for {}: say in columns which one it is.',
  ],
  'lines-above': [
    'warning',
    '見出しより上にある行（{}行目）は、表題などとみて取り込みません。違うときは headingLine で見出しの行を指定してください。',
    'Lines above the headings (line {}) are taken for titles: if that is wrong, say in headingLine where the headings are.',
  ],
  'column-rival': [
    'warning',
    'この列を使います。「{}」の列は読みません。違うときは columns で指定してください。',
    'This column is read, and {} is not: if that is wrong, say so in columns.',
  ],
  'row-aside': [
    'warning',
    '合計、注記、空の番号、見出しの繰り返しなど、人の行ではないとみて除きました。',
    'Left out, since it is about nobody: a sum, a remark, a number alone, or the headings again.',
  ],
  'row-ragged': [
    'error',
    '見出しより列が多い行です。カンマや引用符を確かめてください。',
    'The row has more cells than there are headings.',
  ],
  'row-short': [
    'warning',
    '見出しより列が少ない行です。足りない列は空欄として読みます。',
    'The row has fewer cells than headings; the rest is read as empty.',
  ],
  'row-twice': [
    'warning',
    '行{}と同じ技能者・電話番号です。この行は登録されません。',
    'Same worker and number as row {}; this row adds nothing.',
  ],
  'cell-ditto': [
    'warning',
    '上の行と同じという印とみて、上の行の内容で読みました。',
    'Read as what stands in the row above, since it says "the same".',
  ],
  'cell-unreadable': [
    'error',
    '読めない文字があります。文字コードを確かめるか、打ち直してください。',
    'Unreadable characters: check the encoding or type them again.',
  ],
  'cell-too-long': ['error', '{}文字以内で入力してください。', 'At most {} characters.'],
  'private-letters': [
    'warning',
    '外字が含まれています。ほかの端末では表示できません。',
    'Contains user-defined characters that other machines cannot show.',
  ],
  'firm-missing': [
    'error',
    '所属する事業者がありません。事業者名か事業者IDを入力してください。',
    'The employer is missing: give its name or its id.',
  ],
  'firm-unknown': [
    'error',
    'この事業者IDは未登録です。事業者名と事業者カナも入力してください。',
    'No firm has this id; give its name and reading as well.',
  ],
  'firm-not-yours': [
    'error',
    '自社か、代行登録に同意した下位事業者の技能者だけを登録できます。',
    'Only people of your own firm, or of a lower firm that agreed to it, can be registered.',
  ],
  'change-not-yours': [
    'error',
    '登録済みの内容を変更できるのは、所属する事業者だけです。',
    'What is on file already is changed by the employer alone.',
  ],
  'firm-ambiguous': [
    'error',
    '同名の事業者が複数あります。事業者IDを入力してください。',
    'Several firms have this name: give the id.',
  ],
  'worker-missing': ['error', '技能者名がありません。', 'The name of the worker is missing.'],
  'worker-unknown': [
    'error',
    'この技能者IDは未登録です。技能者名と技能者カナも入力してください。',
    'No worker has this id; give the name and its reading as well.',
  ],
  'worker-ambiguous': [
    'error',
    '同名の技能者が複数います。技能者IDを入力してください。',
    'Several workers have this name: give the id.',
  ],
  'employer-differs': [
    'error',
    'この技能者は別の事業者の所属です。先に技能者の所属を変更してください。',
    'The worker belongs to another firm: change the employment first.',
  ],
  'kana-missing': [
    'error',
    '読み（カナ）がありません。電話で名前を読み上げるために必要です。',
    'The reading in kana is missing; it is what callers hear.',
  ],
  'kana-odd': ['error', '読みはカタカナで入力してください。', 'Write the reading in katakana.'],
  'name-differs': [
    'warning',
    '登録されている名前と違います。登録済みの名前のままにします。',
    'The name on file differs and is kept.',
  ],
  'same-worker': [
    'warning',
    '表記だけが違う名前があります。同じ人として扱います。別の人なら、この行を別人としてください。',
    'The same name stands in other letters and is taken for the same person: if it is somebody else, say so for this row.',
  ],
  'same-firm': [
    'warning',
    '表記だけが違う事業者名があります。同じ事業者として扱います。',
    'The same name stands in other letters and is taken for the same firm.',
  ],
  'firm-alike': [
    'warning',
    '法人の種類だけが違う名前の事業者が登録されています。同じ事業者なら、登録済みの名前にしてください。',
    'A firm on file differs only in its legal form: if it is the same one, write its name as it is on file.',
  ],
  'same-name-other-kana': [
    'warning',
    '同名で読みの違う登録があります。別のものとして登録します。',
    'The same name stands with another reading; a new entry is made.',
  ],
  'same-name-other-id': [
    'warning',
    '同名でIDの違う登録があります。別のものとして登録します。',
    'The same name stands with another id; a new entry is made.',
  ],
  'id-exponent': [
    'error',
    '表計算ソフトで桁が失われたIDです（指数表示）。列を文字列にして14桁で入力し直してください。',
    'A spreadsheet has damaged the id (exponent form): make the column text and type all 14 digits.',
  ],
  'id-form': ['error', 'IDは14桁の数字です。', 'An id has 14 digits.'],
  'id-zero-lost': ['warning', 'IDの先頭の0を補いました。', 'The leading zeros of the id were put back.'],
  'id-other-kind': [
    'warning',
    'IDの末尾2桁がこの種類のものと違います。',
    'The last two digits are those of another kind of id.',
  ],
  'id-check-digit': [
    'warning',
    'IDの検査数字が合いません。打ち間違いがないか確かめてください。',
    'The check digit does not fit: look for a slip.',
  ],
  'number-missing': ['error', '電話番号がありません。', 'The telephone number is missing.'],
  'number-exponent': [
    'error',
    '表計算ソフトで桁が失われた電話番号です（指数表示）。入力し直してください。',
    'A spreadsheet has damaged the number (exponent form): type it again.',
  ],
  'number-impossible': [
    'error',
    '電話番号として使えません。桁を確かめてください。',
    'This cannot be a telephone number: count its digits.',
  ],
  'number-withheld-sentinel': [
    'error',
    '非通知・公衆電話・表示圏外など、番号がわからないことを表す語や番号です。本人の電話番号を入力してください。',
    'This stands for a caller without a number (withheld, public telephone, unavailable): give the number itself.',
  ],
  'number-not-personal': [
    'error',
    'フリーダイヤルなど、人が発信できない番号です。',
    'Nobody calls from such a number (free-phone and the like).',
  ],
  'number-zero-lost': ['warning', '先頭の0を補いました。', 'The leading zero was put back.'],
  'number-twice': [
    'error',
    '行{}と同じ電話番号です。共用なら、どちらの行も「共用」を「はい」にしてください。',
    'Same number as row {}: if it is shared, say so in both rows.',
  ],
  'number-taken': [
    'error',
    'この電話番号は別の技能者が使っています。共用なら、どちらも共用にしてください。',
    'Another worker holds this number: if it is shared, both must say so.',
  ],
  'number-crowded': ['error', '同じ電話番号の行が{}を超えています。', 'More than {} rows have this number.'],
  'registration-shared': [
    'error',
    '複数人で一つの登録になっている番号は、一覧からは変更できません。',
    'One registration for several people cannot be changed from a list.',
  ],
  'yes-no-unclear': ['error', '「はい」か「いいえ」で入力してください。', 'Write yes or no.'],
  'day-unreadable': [
    'error',
    '日付として読めません（例 2026-11-20、R8.11.20）。',
    'Not a day (write 2026-11-20 or R8.11.20).',
  ],
  'days-reversed': ['error', '有効終了日が有効開始日より前です。', 'The last day lies before the first.'],
  'code-unknown': ['warning', 'コード表にないコードです。', 'The code is not in the catalogue.'],
  'code-major-only': [
    'warning',
    '職種が大分類だけです。このままでは就業履歴が能力評価の対象になりません。',
    'The job type is given to its major class alone: the days will not count.',
  ],
  'job-types-full': [
    'warning',
    'この技能者には職種がすでに{}件あります。職種は電話番号だけに登録します。',
    'The worker has {} job types already; this one is kept with the telephone alone.',
  ],
  'job-type-second': [
    'warning',
    'この技能者の職種が複数になります。職種のない電話番号からの記録には、職種が付かなくなります。',
    'The worker gets a second job type; calls from telephones without one no longer take his only one.',
  ],
  'job-type-employers': [
    'warning',
    '技能者の職種を追加できるのは、所属する事業者だけです。職種は電話番号だけに登録します。',
    'Only the employer adds job types to a worker; this one is kept with the telephone alone.',
  ],
  'code-unreadable': ['warning', 'コードとして読めないため、空欄として扱います。', 'Not a code; read as empty.'],
  'code-from-name': ['warning', '名称からコードに読み替えました。', 'The name was replaced by its code.'],
  'upper-firm-unknown': [
    'error',
    '上位事業者が、登録にもこの一覧にもありません。',
    'The upper firm is neither on file nor in this list.',
  ],
  'upper-firm-self': ['error', '上位事業者に自社が指定されています。', 'A firm cannot be its own upper firm.'],
} as const satisfies Record<string, Sentences>;
