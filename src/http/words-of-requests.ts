import { said } from './said.ts';

/** What is said of the request as such. */
export const requestProblems = {
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
  'too-many-requests': said(429, 'Too many requests', 'This key asks too often; wait a minute.', [
    '要求が多すぎます',
    '1分ほど待ってから、もう一度お試しください。',
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
