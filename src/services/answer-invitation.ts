import type { Account, AccountId } from '../domain/account.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { AccountStore, SessionStore } from '../ports-accounts.ts';
import type { Chance, Clock, TextIndexer, TextSealer } from '../ports.ts';
import { hashSlowly, quickHash, sameHash } from './hash-secret.ts';

const RECOVERY_CODES = 8;

/** Shown to one who was invited, this once. */
export interface FirstSecrets {
  readonly mail: string;
  readonly password: string;
  readonly securityCode: string;
  readonly recoveryCodes: readonly string[];
}

export interface AccountParts {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly cipher: TextSealer & TextIndexer;
  readonly clock: Pick<Clock, 'real'>;
  readonly chance: Chance;
  readonly randomBytes: (size: number) => Buffer;
}

/** Name and mail address, which are kept sealed. */
export function openPerson(cipher: TextSealer, { sealed }: Account): { readonly mail: string; readonly name: string } {
  return JSON.parse(cipher.openText(sealed)) as { readonly mail: string; readonly name: string };
}

/** Answers an invitation, once: the initial password and the codes that belong to it. */
export async function answerInvitation(
  parts: AccountParts,
  token: string,
): Promise<Outcome<FirstSecrets, 'invitation-unknown' | 'login-busy'>> {
  const { accounts, cipher, clock } = parts;
  const [id = '', secret = ''] = token.split('.');
  const found = await accounts.find(id as AccountId);
  if (!found || !isInvitedBy(found.value, secret, clock.real())) return refuse('invitation-unknown');
  const secrets = newSecrets(parts);
  const passwordHash = await hashSlowly(secrets.password);
  const securityCodeHash = await hashSlowly(secrets.securityCode);
  if (passwordHash === undefined || securityCodeHash === undefined) return refuse('login-busy');
  const { invitation: _answered, ...account } = found.value;
  const recoveryHashes = secrets.recoveryCodes.map(quickHash);
  const next = { ...account, state: 'first-login', passwordHash, securityCodeHash, recoveryHashes } as const;
  if (!(await accounts.replace(next, found.rev))) return refuse('invitation-unknown');
  return accept({ mail: openPerson(cipher, next).mail, ...secrets });
}

function isInvitedBy({ state, invitation }: Account, secret: string, now: Date): boolean {
  if (state !== 'invited' || !invitation || invitation.expiresAt <= now) return false;
  return sameHash(quickHash(secret), invitation.hash);
}

function newSecrets({ chance, randomBytes }: AccountParts): Omit<FirstSecrets, 'mail'> {
  return {
    password: randomBytes(12).toString('base64url'),
    securityCode: chance.digits(8),
    recoveryCodes: Array.from({ length: RECOVERY_CODES }, () => randomBytes(16).toString('hex')),
  };
}
