import { type Account, AccountId, type Act, INVITATION_MS, type Offer, mayGrant, sameAct } from '../domain/account.ts';
import { seesEverything } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { Within } from '../domain/reach.ts';
import type { Page, PageRequest, TextIndexer, TextSealer } from '../ports.ts';
import { changeRegister } from './change-register.ts';
import { type AccountParts, answerInvitation, openPerson, readInvitation } from './answer-invitation.ts';
import { quickHash } from './hash-secret.ts';

/** A person as an office sees him. */
export interface Person {
  readonly account: Account;
  readonly mail: string;
  readonly name: string;
  /** What was offered to him and not answered yet, by which name and when: all that whoever only invited him is told. */
  readonly offered: readonly { readonly acts: readonly Act[]; readonly name: string; readonly at: Date }[];
}

/** An invitation, with the token that is handed to the person. */
export interface Invited {
  readonly person: Person;
  readonly token: string;
  readonly expiresAt: Date;
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
  const { accounts, sessions, passkeys, cipher, clock } = parts;
  const personOf = (account: Account) => readPerson(cipher, account);
  return {
    personOf,
    async find(id: AccountId, within: Within): Promise<Person | undefined> {
      const found = await accounts.findWithin(id, within);
      return found && personOf(found);
    },
    async page(request: PageRequest): Promise<Page<Person>> {
      const page = await accounts.page(request);
      return { ...page, items: page.items.map(personOf) };
    },
    /**
     * Offers somebody to act for a firm: he answers with the token, which opens the account, or signed in where it is open already.
     * The same offer made again takes the place of the first, whose token is good for nothing then.
     */
    async invite(
      { mail, name, acts }: NewPerson,
      viewer: Viewer,
    ): Promise<Outcome<Invited, 'not-allowed' | 'conflict'>> {
      if (!acts.every((act) => mayGrant(viewer, act))) return refuse('not-allowed', 'role');
      const id = accountIdOf(cipher, mail);
      const { token, offer } = newOffer(id, { acts, name }, parts);
      const sealed = cipher.sealText(JSON.stringify({ mail: mail.trim(), name }));
      const blank = { id, sealed, acts: [], state: 'invited', recoveryHashes: [], createdAt: clock.real() } as const;
      const account: Account = { ...blank, offers: [offer] };
      const invited = { token, expiresAt: offer.expiresAt };
      if (await accounts.create(account)) return accept({ person: personOf(account), ...invited });
      const done = await changeRegister<Account, AccountId, never>(accounts, id, (known) => {
        const standing = known.offers.filter((one) => one.expiresAt > clock.real() && !isSameOffer(one, offer));
        return accept({ ...known, offers: [...standing, offer] });
      });
      return done.ok ? accept({ person: personOf(done.value), ...invited }) : refuse('conflict');
    },
    /** What a link offers, to whoever holds it; undefined where it is answered or has expired. */
    invitation: (token: string) => readInvitation(parts, token),
    answer: (token: string, signedInAs: AccountId | undefined) => answerInvitation(parts, token, signedInAs),
    /** Takes the rights of the viewer's firm away, from the operator's hand all of them; the person is signed out at once. */
    async end(id: AccountId, viewer: Viewer): Promise<Outcome<undefined, 'not-found' | 'conflict'>> {
      const done = await changeRegister<Account, AccountId, never>(accounts, id, (account) => {
        const isKept = ({ firmId }: Act) => !seesEverything(viewer) && firmId !== viewer.firmId;
        const acts = account.acts.filter(isKept);
        const offers = account.offers.filter((offer) => offer.acts.some(isKept));
        return accept({ ...account, acts, offers, ...(acts.length === 0 ? { state: 'ended' as const } : {}) });
      });
      if (!done.ok) return done;
      await sessions.endAll(id);
      if (done.value.state === 'ended') await passkeys.removeAll(id);
      return accept(undefined);
    },
  };
}

function readPerson(cipher: TextSealer, account: Account): Person {
  const offered = account.offers.map(({ acts, expiresAt, sealedName }) => ({
    acts,
    name: sealedName === undefined ? '' : cipher.openText(sealedName),
    at: new Date(expiresAt.getTime() - INVITATION_MS),
  }));
  return { account, ...openPerson(cipher, account), offered };
}

function isSameOffer(a: Offer, b: Offer): boolean {
  return a.acts.length === b.acts.length && a.acts.every((act) => b.acts.some((one) => sameAct(one, act)));
}

function newOffer(
  id: AccountId,
  { acts, name }: Pick<NewPerson, 'acts' | 'name'>,
  { cipher, clock, randomBytes }: AccountParts,
) {
  const secret = randomBytes(32).toString('hex');
  const expiresAt = new Date(clock.real().getTime() + INVITATION_MS);
  return {
    token: `${id}.${secret}`,
    offer: { hash: quickHash(secret), expiresAt, acts, sealedName: cipher.sealText(name) },
  };
}
