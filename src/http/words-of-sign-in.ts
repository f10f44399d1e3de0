import { said } from './said.ts';

/** What is said to people who sign in. Whether a mail address has an account is told to nobody. */
export const signInProblems = {
  'login-failed': said(401, 'Could not sign in', 'Check mail address, password and codes.', [
    'サインインできません',
    'メールアドレス、パスワード、コードを確かめてください。',
  ]),
  'login-locked': said(
    429,
    'Locked after several wrong attempts',
    'Wait, a quarter of an hour at first and longer each time, then try again.',
    [
      '続けて間違えたため、しばらく止めています',
      '最初は15分、くり返すと長く止まります。待ってから、もう一度お試しください。',
    ],
  ),
  'login-busy': said(503, 'Too many sign in at once', 'Try again shortly.', [
    '混み合っています',
    '少し待ってからもう一度お試しください。',
  ]),
  'password-first': said(
    403,
    'A new password is needed first',
    'Set one with your security code, then sign in again.',
    [
      '先に新しいパスワードが必要です',
      'セキュリティコードを使って新しいパスワードを決め、サインインし直してください。',
    ],
  ),
  'password-used': said(422, 'That is the password you have', 'Choose another one.', [
    '今と同じパスワードです',
    '別のパスワードにしてください。',
  ]),
  'password-short': said(
    422,
    'Password too short',
    'Take ten characters or more; a few words in a row are easy to remember.',
    ['パスワードが短すぎます', '10文字以上にしてください。いくつかの言葉をつなげると覚えやすくなります。'],
  ),
  'password-simple': said(
    422,
    'Password too simple',
    'It repeats itself, follows the alphabet or the keyboard, or is digits alone; take a few words that do not belong together.',
    [
      'パスワードが単純すぎます',
      '同じ文字のくり返し、連番やキーボードの並び、数字だけは使えません。つながりのない言葉をいくつか組み合わせてください。',
    ],
  ),
  'password-named': said(
    422,
    'Password contains a name',
    'Leave out your mail address, your name, the name of your firm and of this service.',
    ['パスワードに名前が入っています', 'メールアドレス、氏名、事業者名、本サービスの名前を入れないでください。'],
  ),
  'password-common': said(
    422,
    'Password used by many',
    'It is made of words that are tried first; take a few words that do not belong together.',
    [
      'よく使われるパスワードです',
      '真っ先に試される言葉でできています。つながりのない言葉をいくつか組み合わせてください。',
    ],
  ),
  'csrf-token-needed': said(403, 'Token of the page missing', 'Send the csrfToken of the sign-in as X-CSRF-Token.', [
    'ページの確認ができません',
    'サインイン時の csrfToken を X-CSRF-Token で送ってください。',
  ]),
  'invitation-unknown': said(404, 'No such invitation', 'It was answered already or has expired; ask for a new one.', [
    '招待が見つかりません',
    '使用済みか期限切れです。新しい招待を頼んでください。',
  ]),
  'sign-in-first': said(401, 'Sign in first', 'You have an account: sign in, then answer the invitation.', [
    '先にサインインしてください',
    'すでに利用者です。サインインしてから招待に答えてください。',
  ]),
  'sign-in-again': said(403, 'Signed in too long ago for that', 'Sign in again, then repeat it.', [
    'もう一度サインインしてください',
    '書き出しと削除の前に、サインインし直してください。',
  ]),
  'passkey-refused': said(422, 'Passkey not accepted', 'Begin again: what the device signed did not fit.', [
    'パスキーを登録できません',
    '端末の応答が合いませんでした。最初からやり直してください。',
  ]),
  'passkey-known': said(409, 'Passkey registered already', 'Use it, or register another device.', [
    'このパスキーは登録済みです',
    'そのまま使うか、別の端末を登録してください。',
  ]),
  'too-many-passkeys': said(409, 'Too many passkeys', 'Remove one that is no longer used.', [
    'パスキーが多すぎます',
    '使わないものを削除してください。',
  ]),
} as const;
