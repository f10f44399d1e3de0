import { type Act, personViewer } from '../domain/account.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { FirmId } from '../domain/ids.ts';
import { type Outcome, accept, refuse, refuseFor } from '../domain/outcome.ts';
import type { PinStore } from '../ports-pins.ts';
import type { AccountParts } from './answer-invitation.ts';
import { isSecret, quickHash } from './hash-secret.ts';
import { type SignedIn, type Wanted, createHoldSession, openSession } from './hold-session.ts';
import { accountIdOf } from './keep-accounts.ts';
import { createOwnSignIns } from './own-sign-ins.ts';
import { createAttemptLimit } from './limit-attempts.ts';
import { type FirmNames, type LoginRefusal, createSetPassword, loginKey } from './set-password.ts';

/** Who proved himself no longer ago may export and delete. */
const FRESH_MS = 15 * 60_000;

/** Who asks by cookie. */
export interface SessionHolder {
  readonly viewer: Viewer;
  readonly csrfToken: string;
  /** Only a new password may be set. */
  readonly first: boolean;
  /** Whether he showed lately who he is. */
  readonly fresh: boolean;
  /** Whether he acts for the firm that the request names, if it names one. */
  readonly mayActSo: boolean;
}

type Parts = AccountParts & { readonly pins: PinStore; readonly firms: FirmNames };

export type SessionService = ReturnType<typeof createSessionService>;

/** Signs people in and out. Wrong passwords and codes are counted and locked; of a mail address nobody learns whether it has an account. */
export function createSessionService(parts: Parts) {
  const { accounts, sessions, cipher, clock, pins } = parts;
  const limit = createAttemptLimit({ attempts: pins, now: () => clock.real() });

  const { live, enter } = createHoldSession(parts);

  return {
    live,
    /** Who holds this cookie; read anew each time, so that somebody signed out is refused at once. */
    async authenticate(secret: string, actingFor?: string): Promise<SessionHolder | undefined> {
      const found = await live(secret);
      if (!found) return undefined;
      const fresh = clock.real().getTime() - found.session.provenAt.getTime() <= FRESH_MS;
      return { ...holderOf(found, actingFor), fresh };
    },
    enter,
    async signIn(mail: string, password: string, wanted: Wanted = {}): Promise<Outcome<SignedIn, LoginRefusal>> {
      const id = accountIdOf(cipher, mail);
      const keys = [loginKey(id)];
      if (!(await limit.admits(keys))) return refuseFor('login-locked', await limit.secondsLeft(keys));
      const right = await isSecret((await accounts.find(id))?.value.passwordHash, password);
      if (right === undefined) return refuse('login-busy');
      if (!right) return refuse('login-failed');
      const entered = await enter(id, wanted);
      if (entered.ok) await limit.clear(keys);
      return entered;
    },
    /** The same person for another firm: a new sign-in in place of the old one. */
    async actFor(secret: string, firmId: FirmId | null): Promise<Outcome<SignedIn, 'not-found'>> {
      const found = await live(secret);
      const act = found?.account.acts.find((one) => (one.firmId ?? null) === firmId);
      if (!found || !act || found.session.first) return refuse('not-found');
      await sessions.end(found.session.id);
      return accept(await openSession(parts, found.account, { ...found.session, act }));
    },
    async signOut(secret: string, everywhere: boolean): Promise<void> {
      const session = await sessions.find(quickHash(secret));
      if (!session) return;
      if (everywhere) await sessions.endAll(session.accountId);
      else await sessions.end(session.id);
    },
    setPassword: createSetPassword({ ...parts, limit, live }),
    own: createOwnSignIns({ ...parts, limit, live }),
  };
}

/** Whoever acts for several firms may say for which with each request; `none` is for no firm. */
function holderOf(
  { session, account, csrfToken }: SignedIn,
  actingFor: string | undefined,
): Omit<SessionHolder, 'fresh'> {
  const isNamed = ({ firmId }: Act) => (firmId ?? 'none') === actingFor;
  const act = actingFor === undefined ? session.act : account.acts.find(isNamed);
  const viewer = personViewer(account, act ?? session.act);
  return { viewer, csrfToken, first: session.first, mayActSo: act !== undefined };
}
