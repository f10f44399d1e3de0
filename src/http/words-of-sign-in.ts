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
