import { type Account, AccountId, type Act, mayGrant, sameAct } from '../domain/account.ts';
import { seesEverything } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { Page, PageRequest, TextIndexer } from '../ports.ts';
import { changeRegister } from './change-register.ts';
import { type AccountParts, answerInvitation, openPerson } from './answer-invitation.ts';
import { quickHash } from './hash-secret.ts';

const INVITATION_MS = 7 * 24 * 3_600_000;

/** A person as an office sees him. */
export interface Person {
  readonly account: Account;
  readonly mail: string;
  readonly name: string;
}

export interface NewPerson {
  readonly mail: string;
  readonly name: string;
  readonly acts: readonly Act[];
}

export type AccountService = ReturnType<typeof createAccountService>;

/** The account that a mail address has, whether or not there is one. */
export function accountIdOf(cipher: TextIndexer, mail: string): AccountId {
  return AccountId.parse(`acc_${cipher.indexText(`mail ${mail.normalize('NFKC').trim().toLowerCase()}`)}`);
}

/** Accounts of people: made with an invitation, answered by the invited, ended by those who may (5.4, R-010). */
export function createAccountService(parts: AccountParts) {
  const { accounts, sessions, cipher, clock } = parts;
  const personOf = (account: Account): Person => ({ account, ...openPerson(cipher, account) });
  return {
    personOf,
    async find(id: AccountId): Promise<Person | undefined> {
      const found = await accounts.find(id);
      return found && personOf(found.value);
    },
    async page(request: PageRequest): Promise<Page<Person>> {
      const page = await accounts.page(request);
      return { ...page, items: page.items.map(personOf) };
    },
    /** A new person with an invitation, or further rights for one who has an account already. */
    async invite(
      { mail, name, acts }: NewPerson,
      viewer: Viewer,
    ): Promise<Outcome<{ person: Person; token?: string }, 'not-allowed' | 'conflict'>> {
      if (!acts.every((act) => mayGrant(viewer, act))) return refuse('not-allowed', 'role');
      const id = accountIdOf(cipher, mail);
      const { token, invitation } = newInvitation(id, parts);
      const sealed = cipher.sealText(JSON.stringify({ mail: mail.trim(), name }));
      const created = { id, sealed, acts, state: 'invited', invitation, recoveryHashes: [] } as const;
      const account: Account = { ...created, createdAt: clock.real() };
      if (await accounts.create(account)) return accept({ person: personOf(account), token });
      const done = await changeRegister<Account, AccountId, never>(accounts, id, (known) => {
        const added = acts.filter((act) => !known.acts.some((one) => sameAct(one, act)));
        const again = known.state === 'invited' || known.state === 'ended';
        const next = { ...known, acts: [...known.acts, ...added] };
        return accept(again ? { ...next, sealed, invitation, state: 'invited' as const } : next);
      });
      if (!done.ok) return refuse('conflict');
      const isInvited = done.value.state === 'invited';
      return accept({ person: personOf(done.value), ...(isInvited ? { token } : {}) });
    },
    answer: (token: string) => answerInvitation(parts, token),
    /** Takes the rights of the viewer's firm away, from the operator's hand all of them; the person is signed out at once. */
    async end(id: AccountId, viewer: Viewer): Promise<Outcome<undefined, 'not-found' | 'conflict'>> {
      const done = await changeRegister<Account, AccountId, never>(accounts, id, (account) => {
        const kept = seesEverything(viewer) ? [] : account.acts.filter(({ firmId }) => firmId !== viewer.firmId);
        return accept({ ...account, acts: kept, ...(kept.length === 0 ? { state: 'ended' as const } : {}) });
      });
      if (!done.ok) return done;
      await sessions.endAll(id);
      return accept(undefined);
    },
  };
}

function newInvitation(id: AccountId, { clock, randomBytes }: AccountParts) {
  const secret = randomBytes(32).toString('hex');
  const expiresAt = new Date(clock.real().getTime() + INVITATION_MS);
  return { token: `${id}.${secret}`, invitation: { hash: quickHash(secret), expiresAt } };
}
