import { type Account, type AccountId, type Session, isOpen, personViewer, sameAct } from '../domain/account.ts';
import type { FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { AccountParts } from './answer-invitation.ts';
import { quickHash } from './hash-secret.ts';

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

/** For which firm somebody signs in, and the sign-in that his browser still has: it is replaced. */
export interface Wanted {
  readonly firmId?: FirmId | undefined;
  readonly cookie?: string | undefined;
  /** By what, as the audit says it. */
  readonly by?: string;
}

/** Opens sign-ins and knows which of them still hold. */
export function createHoldSession(parts: AccountParts) {
  const { accounts, sessions, clock, note } = parts;

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

  /** Opens a sign-in for one who has proved himself. */
  async function enter(
    id: AccountId,
    { firmId, cookie, by = 'post /sessions' }: Wanted,
  ): Promise<Outcome<SignedIn, 'login-failed'>> {
    const account = (await accounts.find(id))?.value;
    const act = account?.acts.find((one) => firmId === undefined || one.firmId === firmId);
    if (!account || !act || !isOpen(account)) return refuse('login-failed');
    await sessions.sweep(clock.real());
    if (cookie !== undefined) await sessions.end(quickHash(cookie));
    await note(personViewer(account, act), by);
    return accept(await openSession(parts, account, { act }));
  }

  return { live, enter };
}

/** Acting for another firm is the same sign-in: it ends when it would have ended, and is as old. */
type Opening = Pick<Session, 'act'> & Partial<Pick<Session, 'provenAt' | 'expiresAt'>>;

export async function openSession(
  { sessions, clock, randomBytes }: Pick<AccountParts, 'sessions' | 'clock' | 'randomBytes'>,
  account: Account,
  wish: Opening,
): Promise<SignedIn> {
  const secret = randomBytes(32).toString('hex');
  const now = clock.real();
  const first = account.state === 'first-login';
  const session: Session = {
    ...{ id: quickHash(secret), accountId: account.id, act: wish.act, first, createdAt: now, lastUsedAt: now },
    provenAt: wish.provenAt ?? now,
    expiresAt: wish.expiresAt ?? new Date(now.getTime() + (first ? FIRST_MS : LONGEST_MS)),
  };
  await sessions.open(session);
  return { session, account, secret, csrfToken: csrfOf(secret) };
}

function isOver({ expiresAt, lastUsedAt }: Session, now: Date): boolean {
  return expiresAt <= now || now.getTime() - lastUsedAt.getTime() > IDLE_MS;
}

function csrfOf(secret: string): string {
  return quickHash(`csrf ${secret}`);
}
