import { type Account, type Act, type Session, isOpen, sameAct, scopesOf } from '../domain/account.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { PinStore } from '../ports-pins.ts';
import type { AccountParts } from './answer-invitation.ts';
import { isSecret, quickHash } from './hash-secret.ts';
import { accountIdOf } from './keep-accounts.ts';
import { createAttemptLimit } from './limit-attempts.ts';
import { type LoginRefusal, createSetPassword, loginKey } from './set-password.ts';

const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
const FIRST_MS = 15 * 60_000;
const TOUCH_EVERY_MS = 60_000;

/** A sign-in with what only its holder has. */
export interface SignedIn {
  readonly session: Session;
  readonly account: Account;
  /** What the cookie holds; the database has its hash. */
  readonly secret: string;
  /** Sent along with every change: a foreign page can make a browser send the cookie, and cannot read this. */
  readonly csrfToken: string;
}

/** Who asks by cookie. */
export interface SessionHolder {
  readonly viewer: Viewer;
  readonly csrfToken: string;
  /** Only a new password may be set. */
  readonly first: boolean;
}

type Parts = AccountParts & { readonly pins: PinStore };

export type SessionService = ReturnType<typeof createSessionService>;

/** Signs people in and out. Wrong passwords and codes are counted and locked; of a mail address nobody learns whether it has an account. */
export function createSessionService(parts: Parts) {
  const { accounts, sessions, cipher, clock, pins } = parts;
  const limit = createAttemptLimit({ attempts: pins, now: () => clock.real() });

  async function live(secret: string): Promise<SignedIn | undefined> {
    const session = await sessions.find(quickHash(secret));
    if (!session || isOver(session, clock.real())) return undefined;
    const account = (await accounts.find(session.accountId))?.value;
    const act = account?.acts.find((one) => sameAct(one, session.act));
    if (!account || !act || !isOpen(account)) return undefined;
    const used = clock.real();
    if (used.getTime() - session.lastUsedAt.getTime() >= TOUCH_EVERY_MS) await sessions.touch(session.id, used);
    return { session: { ...session, act }, account, secret, csrfToken: csrfOf(secret) };
  }

  return {
    live,
    /** Who holds this cookie; read anew each time, so that somebody signed out is refused at once. */
    async authenticate(secret: string): Promise<SessionHolder | undefined> {
      const found = await live(secret);
      if (!found) return undefined;
      const { session, csrfToken } = found;
      return { viewer: viewerOf(session), csrfToken, first: session.first };
    },
    async signIn(mail: string, password: string, firmId?: FirmId): Promise<Outcome<SignedIn, LoginRefusal>> {
      const id = accountIdOf(cipher, mail);
      const keys = [loginKey(id)];
      if (!(await limit.admits(keys))) return refuse('login-locked');
      const account = (await accounts.find(id))?.value;
      const right = await isSecret(account?.passwordHash, password);
      if (right === undefined) return refuse('login-busy');
      const act = account?.acts.find((one) => firmId === undefined || one.firmId === firmId);
      if (!right || !account || !act || !isOpen(account)) return refuse('login-failed');
      await limit.clear(keys);
      await sessions.sweep(clock.real());
      return accept(await open(parts, account, act));
    },
    /** The same person for another firm: a new sign-in in place of the old one. */
    async actFor(secret: string, firmId: FirmId | null): Promise<Outcome<SignedIn, 'not-found'>> {
      const found = await live(secret);
      const act = found?.account.acts.find((one) => (one.firmId ?? null) === firmId);
      if (!found || !act || found.session.first) return refuse('not-found');
      await sessions.end(found.session.id);
      return accept(await open(parts, found.account, act));
    },
    async signOut(secret: string, everywhere: boolean): Promise<void> {
      const session = await sessions.find(quickHash(secret));
      if (!session) return;
      if (everywhere) await sessions.endAll(session.accountId);
      else await sessions.end(session.id);
    },
    setPassword: createSetPassword({ ...parts, limit, live }),
  };
}

async function open({ sessions, clock, randomBytes }: Parts, account: Account, act: Act): Promise<SignedIn> {
  const secret = randomBytes(32).toString('hex');
  const now = clock.real();
  const first = account.state === 'first-login';
  const session: Session = {
    id: quickHash(secret),
    accountId: account.id,
    act,
    first,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + (first ? FIRST_MS : LONGEST_MS)),
  };
  await sessions.open(session);
  return { session, account, secret, csrfToken: csrfOf(secret) };
}

function isOver({ expiresAt, lastUsedAt }: Session, now: Date): boolean {
  return expiresAt <= now || now.getTime() - lastUsedAt.getTime() > IDLE_MS;
}

function viewerOf({ accountId, act }: Session): Viewer {
  const { role, firmId, siteIds, workerId } = act;
  return {
    keyId: accountId,
    name: 'account',
    role,
    scopes: scopesOf(role),
    ...(firmId ? { firmId } : {}),
    ...(siteIds ? { siteIds } : {}),
    ...(workerId ? { workerId } : {}),
  };
}

function csrfOf(secret: string): string {
  return quickHash(`csrf ${secret}`);
}
