import type { Account, AccountId, Session } from './domain/account.ts';
import type { Challenge, Passkey } from './domain/passkey.ts';
import type { Register } from './ports.ts';

export type AccountStore = Register<Account, AccountId>;

/** Sign-ins; what is removed is signed out at once, on every instance. */
export interface SessionStore {
  open(session: Session): Promise<void>;
  find(id: string): Promise<Session | undefined>;
  touch(id: string, at: Date): Promise<void>;
  end(id: string): Promise<void>;
  endAll(accountId: AccountId): Promise<void>;
  ofAccount(accountId: AccountId): Promise<readonly Session[]>;
  /** Removes what expired before that moment. */
  sweep(before: Date): Promise<void>;
}

/** The passkeys of people, and what their devices are being asked to sign. */
export interface PasskeyStore {
  /** False: it is known already. */
  create(passkey: Passkey): Promise<boolean>;
  find(id: string): Promise<Passkey | undefined>;
  ofAccount(accountId: AccountId): Promise<readonly Passkey[]>;
  /** Notes a use while the counter still stands where it was read; false: it does not. */
  noteUse(id: string, use: { readonly from: number; readonly to: number; readonly at: Date }): Promise<boolean>;
  /** False: this person has no such passkey. */
  remove(accountId: AccountId, id: string): Promise<boolean>;
  removeAll(accountId: AccountId): Promise<void>;
  keepChallenge(challenge: Challenge): Promise<void>;
  /** Takes it away: nobody is given it twice. */
  takeChallenge(id: string): Promise<Challenge | undefined>;
  sweepChallenges(before: Date): Promise<void>;
}
