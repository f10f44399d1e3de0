import type { Role } from '../src/domain/api-key.ts';
import type { RefusalCode } from '../src/domain/refusal.ts';
import { problems } from '../src/http/problem-words.ts';
import type { FirstSecrets } from '../src/services/answer-invitation.ts';
import { type Markup, both, complaint, field, form, page, piece, roleWords } from './invitation-markup.ts';

export function refusalPage(code: RefusalCode): string {
  return page([problems[code].titleJa, problems[code].title], [complaint(code)]);
}

/** What is offered, by role and name of the firm. */
export interface OfferRow {
  readonly role: Role;
  readonly firm: string;
}

export function offerPage(token: string, offered: readonly OfferRow[], isKnown: boolean): string {
  const rows = offered.map(({ role, firm }) => piece`<dt>${firm}</dt><dd>${both(...roleWords[role])}</dd>`);
  if (isKnown) return knownPage(token, undefined, rows);
  const hint = both(
    '受けると、初期パスワードとコードを一度だけ表示します。書き留める用意をしてください。',
    'Once you accept, an initial password and codes are shown this once. Have something to write at hand.',
  );
  const accept = form(`/invitations/${token}`, [], both('招待を受ける', 'Accept'));
  return page(['招待', 'Invitation'], [piece`<dl>${rows}</dl>`, piece`<p>${hint}</p>`, accept]);
}

export function knownPage(token: string, code?: RefusalCode, rows: readonly Markup[] = []): string {
  return page(
    ['招待', 'Invitation'],
    [
      piece`<dl>${rows}</dl>`,
      ...(code && code !== 'sign-in-first' ? [complaint(code)] : []),
      piece`<p>${both('すでに利用者です。サインインして招待を受けてください。', 'You have an account: sign in to accept.')}</p>`,
      form(`/invitations/${token}`, signInFields(''), both('サインインして受ける', 'Sign in and accept')),
      piece`<form method="post" action="/invitations/${token}" data-passkey hidden>
<button>${both('パスキーでサインインして受ける', 'Sign in by passkey and accept')}</button>
</form>`,
      piece`<p role="status"></p>`,
      piece`<script src="/invitations/sign-in.js" defer></script>`,
    ],
  );
}

export function secretsPage(mail: string, { password, securityCode, recoveryCodes }: FirstSecrets): string {
  const rows: readonly (readonly [Markup, string | readonly Markup[]])[] = [
    [both('メールアドレス', 'Mail address'), mail],
    [both('初期パスワード', 'Initial password'), password],
    [both('セキュリティコード', 'Security code'), securityCode],
    ...recoveryCodes.map((code, n) => [both(`回復コード ${String(n + 1)}`, 'Recovery code'), inFours(code)] as const),
  ];
  return page(
    ['いま書き留めてください', 'Write these down now'],
    [
      piece`<p role="alert">${both('この画面は一度しか表示されません。', 'They are not shown again.')}</p>`,
      piece`<dl class="secrets">${rows.map(([name, value]) => piece`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`,
      passwordForm(mail),
    ],
  );
}

/** A long code as people read and write it; what is copied has a space at most, which is overlooked. */
function inFours(code: string): readonly Markup[] {
  return (code.match(/.{1,4}/g) ?? []).map((four) => piece`<span>${four}</span>`);
}

export function passwordPage(mail: string, code: RefusalCode): string {
  return page(['新しいパスワード', 'New password'], [complaint(code), passwordForm(mail)]);
}

function passwordForm(mail: string): Markup {
  const fields = [
    field('mail', both('メールアドレス', 'Mail address'), { type: 'email', complete: 'username', value: mail }),
    field('initial', both('初期パスワード', 'Initial password'), { type: 'password', complete: 'off' }),
    field('securityCode', both('セキュリティコード', 'Security code'), { complete: 'off' }),
    field('password', both('新しいパスワード（10文字以上）', 'New password, ten characters or more'), {
      ...{ type: 'password', complete: 'new-password' },
    }),
    piece`<p>${both('名前や会社名、よく使われる言葉、連番は使えません。言葉をいくつかつなげると覚えやすくなります。', 'No names, no words that many use, no runs. A few words in a row are easy to remember.')}</p>`,
  ];
  return form('/invitations/password', fields, both('パスワードを決める', 'Set the password'));
}

export function signInPage(mail: string, code?: RefusalCode): string {
  const said = code
    ? complaint(code)
    : piece`<p>${both('パスワードを決めました。もう一度サインインしてください。', 'The password is set. Sign in again.')}</p>`;
  return page(
    ['サインイン', 'Sign in'],
    [said, form('/invitations/sign-in', signInFields(mail), both('サインイン', 'Sign in'))],
  );
}

function signInFields(mail: string): readonly Markup[] {
  return [
    field('mail', both('メールアドレス', 'Mail address'), { type: 'email', complete: 'username', value: mail }),
    field('password', both('パスワード', 'Password'), { type: 'password', complete: 'current-password' }),
  ];
}

export function addedPage(): string {
  return page(
    ['招待を受けました', 'Accepted'],
    [
      piece`<p>${both('サインインの時に、どの事業者として使うかを選べます。', 'At sign-in you may say for which firm you act.')}</p>`,
    ],
  );
}

export function passkeyPage(csrfToken: string): string {
  return page(
    ['サインインしました', 'Signed in'],
    [
      piece`<p>${both('この端末のパスキー（指紋、顔、画面ロック）を登録すると、次からパスワードが要りません。', 'With a passkey of this device (finger, face, screen lock) you need no password next time.')}</p>`,
      field('name', both('端末の名前', 'Name of the device'), { complete: 'off', value: '自分の端末' }),
      piece`<button type="button" data-csrf="${csrfToken}">${both('パスキーを登録する', 'Keep a passkey')}</button>`,
      piece`<p role="status"></p>`,
      piece`<script src="/invitations/passkey.js" defer></script>`,
    ],
  );
}
