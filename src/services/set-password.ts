import commonPasswords from '../../catalogs/common-passwords.json' with { type: 'json' };
import { type Account, type AccountId, isOpen, personViewer } from '../domain/account.ts';
import type { FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse, refuseFor } from '../domain/outcome.ts';
import { type Weakness, weaknessOf } from '../domain/password.ts';
import { type AccountParts, openPerson } from './answer-invitation.ts';
import { hashSlowly, isSecret, quickHash, sameHash } from './hash-secret.ts';
import { accountIdOf } from './keep-accounts.ts';
import type { createAttemptLimit } from './limit-attempts.ts';

export type LoginRefusal = 'login-failed' | 'login-locked' | 'login-busy';

/** Who proves himself to set a new password: by a sign-in, or by a recovery code. */
export interface NewPassword {
  readonly cookie?: string | undefined;
  readonly mail?: string | undefined;
  readonly recoveryCode?: string | undefined;
  readonly securityCode: string;
  readonly password: string;
}

type Unfit = 'password-used' | Weakness;

/** Who stands in the firms' register, as far as passwords go. */
export interface FirmNames {
  findMany(ids: readonly FirmId[]): Promise<readonly { readonly name: string; readonly kana: string }[]>;
}

const COMMON: ReadonlySet<string> = new Set(commonPasswords.words);

type Parts = AccountParts & {
  readonly firms: FirmNames;
  readonly limit: ReturnType<typeof createAttemptLimit>;
  readonly live: (cookie: string) => Promise<{ readonly account: Account } | undefined>;
};

/** Sets a new password, which needs the security code; every sign-in of the account ends, a new one is needed. */
export function createSetPassword(parts: Parts) {
  const { accounts, sessions, passkeys, cipher, firms, limit, live, note } = parts;

  async function weaknessFor(account: Account, password: string): Promise<Weakness | undefined> {
    const ids = [...account.acts, ...account.offers.flatMap(({ acts }) => acts)].flatMap(({ firmId }) => firmId ?? []);
    const known = ids.length > 0 ? await firms.findMany(ids) : [];
    return weaknessOf(password, { ...openPerson(cipher, account), firms: known }, COMMON);
  }

  async function change(
    id: AccountId,
    wish: NewPassword,
    isSignedIn: boolean,
  ): Promise<Outcome<undefined, LoginRefusal | 'conflict' | Unfit>> {
    const known = await accounts.find(id);
    const proven = await prove(known?.value, wish, isSignedIn);
    if (!proven.ok) return proven;
    const { account, recoveryHashes } = proven.value;
    const weakness = await weaknessFor(account, wish.password);
    if (weakness) return refuse(weakness);
    const hashed = await hashNew(account, wish.password);
    if (!hashed.ok) return hashed;
    const next: Account = { ...account, passwordHash: hashed.value, recoveryHashes, state: 'active' };
    if (!(await accounts.replace(next, known?.rev ?? 0))) return refuse('conflict');
    await note(personViewer(next), 'post /sessions/password');
    return accept(undefined);
  }

  return async (wish: NewPassword) => {
    const holder = await live(wish.cookie ?? '');
    const id = holder?.account.id ?? accountIdOf(cipher, wish.mail ?? '');
    const keys = [loginKey(id)];
    if (!(await limit.admits(keys))) return refuseFor('login-locked', await limit.secondsLeft(keys));
    const changed = await change(id, wish, holder !== undefined);
    // Whose password does not fit has shown all the same who he is: he may try others.
    if (changed.ok || changed.code.startsWith('password-')) await limit.clear(keys);
    if (!changed.ok) return changed;
    await sessions.endAll(id);
    // Who needs a recovery code has lost control: nobody else's device may stay.
    if (!holder) await passkeys.removeAll(id);
    return changed;
  };
}

interface Proven {
  readonly account: Account;
  /** Those that are left. */
  readonly recoveryHashes: readonly string[];
}

/** Security code, and beside it a sign-in or a recovery code. */
async function prove(
  account: Account | undefined,
  { securityCode, recoveryCode }: NewPassword,
  isSignedIn: boolean,
): Promise<Outcome<Proven, LoginRefusal>> {
  const right = await isSecret(account?.securityCodeHash, securityCode);
  if (right === undefined) return refuse('login-busy');
  const left = isSignedIn ? account?.recoveryHashes : spend(account, recoveryCode);
  if (!right || !account || !left || !isOpen(account)) return refuse('login-failed');
  return accept({ account, recoveryHashes: left });
}

async function hashNew(account: Account, password: string): Promise<Outcome<string, 'password-used' | 'login-busy'>> {
  const isUsed = await isSecret(account.passwordHash, password);
  if (isUsed) return refuse('password-used');
  const hashed = isUsed === undefined ? undefined : await hashSlowly(password);
  return hashed === undefined ? refuse('login-busy') : accept(hashed);
}

/** A recovery code is good once; what is left of the others. */
function spend(account: Account | undefined, code: string | undefined): readonly string[] | undefined {
  const hashed = quickHash((code ?? '').replace(/[\s-]/g, '').toLowerCase());
  const spent = account?.recoveryHashes.find((one) => sameHash(one, hashed));
  return spent === undefined ? undefined : account?.recoveryHashes.filter((one) => one !== spent);
}

/** Under which key wrong attempts are counted, whether or not there is such an account. */
export function loginKey(id: AccountId): string {
  return `login:${id}`;
}
