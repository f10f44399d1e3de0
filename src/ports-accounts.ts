import type { Account, AccountId, Session } from './domain/account.ts';
import type { Register } from './ports.ts';

export type AccountStore = Register<Account, AccountId>;

/** Sign-ins; what is removed is signed out at once, on every instance. */
export interface SessionStore {
  open(session: Session): Promise<void>;
  find(id: string): Promise<Session | undefined>;
  touch(id: string, at: Date): Promise<void>;
  end(id: string): Promise<void>;
  endAll(accountId: AccountId): Promise<void>;
  /** Removes what expired before that moment. */
  sweep(before: Date): Promise<void>;
}
