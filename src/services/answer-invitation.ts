import {
  type Account,
  type AccountId,
  type Act,
  type Offer,
  isOpen,
  personViewer,
  sameAct,
} from '../domain/account.ts';
import type { Viewer } from '../domain/api-key.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { AccountStore, PasskeyStore, SessionStore } from '../ports-accounts.ts';
import type { Chance, Clock, TextIndexer, TextSealer } from '../ports.ts';
import { hashSlowly, quickHash, sameHash } from './hash-secret.ts';

const RECOVERY_CODES = 8;

/** Shown to one who was invited, this once. */
export interface FirstSecrets {
  readonly password: string;
  readonly securityCode: string;
  readonly recoveryCodes: readonly string[];
}

export interface Answered {
  readonly mail: string;
  /** Where the account was opened by it. */
  readonly secrets?: FirstSecrets;
}

/** Writes down that somebody signed in or changed his secrets. */
export type NoteSignIn = (viewer: Viewer, what: string) => Promise<void>;

export interface AccountParts {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly passkeys: PasskeyStore;
  readonly cipher: TextSealer & TextIndexer;
  readonly clock: Pick<Clock, 'real'>;
  readonly chance: Chance;
  readonly randomBytes: (size: number) => Buffer;
  readonly note: NoteSignIn;
}

/** Name and mail address, which are kept sealed. */
export function openPerson(cipher: TextSealer, { sealed }: Account): { readonly mail: string; readonly name: string } {
  return JSON.parse(cipher.openText(sealed)) as { readonly mail: string; readonly name: string };
}

/**
 * Answers an invitation, once. Where nobody has a password yet it gives the initial one and the codes that belong to it.
 * Where the account is open, its owner adds what is offered to him, signed in: that somebody opened an account with an address
 * does not show that it is his.
 */
export async function answerInvitation(
  parts: AccountParts,
  token: string,
  signedInAs: AccountId | undefined,
): Promise<Outcome<Answered, 'invitation-unknown' | 'login-busy' | 'sign-in-first'>> {
  const { accounts, cipher, clock, note } = parts;
  const [id = '', secret = ''] = token.split('.');
  const found = await accounts.find(id as AccountId);
  const offer = found && offerOf(found.value, secret, clock.real());
  if (!found || !offer) return refuse('invitation-unknown');
  const account = accepting(found.value, offer);
  if (!isOpen(account)) return openAccount(parts, account, found.rev);
  if (signedInAs !== account.id) return refuse('sign-in-first');
  const isSaved = await accounts.replace(account, found.rev);
  if (isSaved) await note(personViewer(account), 'post /invitations/{token}/accept');
  return isSaved ? accept({ mail: openPerson(cipher, account).mail }) : refuse('invitation-unknown');
}

/** What a link offers, and whether its account is open already. */
export interface Invitation {
  readonly acts: readonly Act[];
  readonly isKnown: boolean;
}

/** Reads an invitation without answering it. */
export async function readInvitation(
  { accounts, clock }: Pick<AccountParts, 'accounts' | 'clock'>,
  token: string,
): Promise<Invitation | undefined> {
  const [id = '', secret = ''] = token.split('.');
  const account = (await accounts.find(id as AccountId))?.value;
  const offer = account && offerOf(account, secret, clock.real());
  return account && offer && { acts: offer.acts, isKnown: isOpen(account) };
}

async function openAccount(
  parts: AccountParts,
  account: Account,
  rev: number,
): Promise<Outcome<Answered, 'invitation-unknown' | 'login-busy'>> {
  const secrets = newSecrets(parts);
  const passwordHash = await hashSlowly(secrets.password);
  const securityCodeHash = await hashSlowly(secrets.securityCode);
  if (passwordHash === undefined || securityCodeHash === undefined) return refuse('login-busy');
  const recoveryHashes = secrets.recoveryCodes.map(quickHash);
  const next = { ...account, state: 'first-login', passwordHash, securityCodeHash, recoveryHashes } as const;
  if (!(await parts.accounts.replace(next, rev))) return refuse('invitation-unknown');
  // What is left of whoever had the account before is not this person's.
  await Promise.all([parts.passkeys.removeAll(next.id), parts.sessions.endAll(next.id)]);
  await parts.note(personViewer(next), 'post /invitations/{token}/accept');
  return accept({ mail: openPerson(parts.cipher, next).mail, secrets });
}

function offerOf({ offers }: Account, secret: string, now: Date): Offer | undefined {
  const hash = quickHash(secret);
  return offers.find((offer) => offer.expiresAt > now && sameHash(offer.hash, hash));
}

function accepting(account: Account, offer: Offer): Account {
  const added = offer.acts.filter((act) => !account.acts.some((one) => sameAct(one, act)));
  return { ...account, acts: [...account.acts, ...added], offers: account.offers.filter((one) => one !== offer) };
}

function newSecrets({ chance, randomBytes }: AccountParts): FirstSecrets {
  return {
    password: randomBytes(12).toString('base64url'),
    securityCode: chance.digits(8),
    recoveryCodes: newRecoveryCodes(randomBytes),
  };
}

/** Codes that are each good once, where the password was lost. */
export function newRecoveryCodes(randomBytes: AccountParts['randomBytes']): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => randomBytes(16).toString('hex'));
}
