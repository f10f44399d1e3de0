import type { Account, AccountId, Session } from '../domain/account.ts';
import { type Outcome, accept, refuse, refuseFor } from '../domain/outcome.ts';
import { type AccountParts, newRecoveryCodes, openPerson } from './answer-invitation.ts';
import { isSecret, quickHash } from './hash-secret.ts';
import type { createAttemptLimit } from './limit-attempts.ts';
import { type LoginRefusal, loginKey } from './set-password.ts';
import type { SignedIn } from './hold-session.ts';

/** One of a person's sign-ins, as he sees it himself. */
export interface OwnSession {
  readonly id: string;
  readonly session: Session;
  /** The one that asks. */
  readonly isThis: boolean;
}

type Parts = Pick<AccountParts, 'accounts' | 'sessions' | 'cipher' | 'clock' | 'randomBytes'> & {
  readonly limit: ReturnType<typeof createAttemptLimit>;
  readonly live: (cookie: string) => Promise<SignedIn | undefined>;
};

/** What somebody who is signed in does with his own sign-ins and codes. */
export function createOwnSignIns({ accounts, sessions, cipher, clock, randomBytes, limit, live }: Parts) {
  /** New codes in place of all that are left; the security code shows that it is he. */
  async function renewCodes(
    id: AccountId,
    securityCode: string,
  ): Promise<Outcome<readonly string[], LoginRefusal | 'conflict'>> {
    const known = await accounts.find(id);
    const right = await isSecret(known?.value.securityCodeHash, securityCode);
    if (right === undefined) return refuse('login-busy');
    if (!right || !known) return refuse('login-failed');
    const codes = newRecoveryCodes(randomBytes);
    const next: Account = { ...known.value, recoveryHashes: codes.map(quickHash) };
    return (await accounts.replace(next, known.rev)) ? accept(codes) : refuse('conflict');
  }

  return {
    /** Who is signed in and may do more than set a password; with what he is called. */
    async owner(cookie: string) {
      const found = await live(cookie);
      if (!found || found.session.first) return undefined;
      return { accountId: found.account.id, ...openPerson(cipher, found.account) };
    },
    async list(cookie: string): Promise<readonly OwnSession[]> {
      const found = await live(cookie);
      if (!found) return [];
      const all = await sessions.ofAccount(found.account.id);
      const open = all.filter(({ expiresAt }) => expiresAt > clock.real());
      return open.map((session) => ({ id: shownId(session), session, isThis: session.id === found.session.id }));
    },
    /** Ends one of his own sign-ins. */
    async end(cookie: string, id: string): Promise<Outcome<undefined, 'not-found'>> {
      const found = await live(cookie);
      const all = found ? await sessions.ofAccount(found.account.id) : [];
      const meant = all.find((session) => shownId(session) === id);
      if (!meant) return refuse('not-found');
      await sessions.end(meant.id);
      return accept(undefined);
    },
    async newCodes(
      cookie: string,
      securityCode: string,
    ): Promise<Outcome<readonly string[], LoginRefusal | 'conflict'>> {
      const found = await live(cookie);
      if (!found || found.session.first) return refuse('login-failed');
      const keys = [loginKey(found.account.id)];
      if (!(await limit.admits(keys))) return refuseFor('login-locked', await limit.secondsLeft(keys));
      const done = await renewCodes(found.account.id, securityCode);
      if (done.ok) await limit.clear(keys);
      return done;
    },
  };
}

/** Part of the hash of the cookie: enough to tell sign-ins apart. */
function shownId({ id }: Session): string {
  return `ses_${id.slice(0, 32)}`;
}
