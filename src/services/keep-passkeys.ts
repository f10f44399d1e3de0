import type { AuthenticationResponseJSON, RegistrationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server';
import type { AccountId } from '../domain/account.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { Challenge, Passkey } from '../domain/passkey.ts';
import type { PasskeyStore } from '../ports-accounts.ts';
import type { Clock } from '../ports.ts';
import { quickHash } from './hash-secret.ts';
import type { SignedIn, Wanted } from './hold-session.ts';

/** Loaded with the first passkey and not with the service, whose start it would make longer. */
const webauthn = () => import('@simplewebauthn/server');
const CHALLENGE_MS = 5 * 60_000;
const MOST_PASSKEYS = 20;
const NAME = 'genba-call';
const BY = 'post /sessions/passkey';

interface Parts {
  readonly passkeys: PasskeyStore;
  readonly clock: Pick<Clock, 'real'>;
  readonly randomBytes: (size: number) => Buffer;
  /** Where people come; a passkey is good for this host alone. */
  readonly publicBaseUrl: string;
  /** Opens a sign-in of an account that may sign in. */
  readonly enter: (accountId: AccountId, wanted: Wanted) => Promise<Outcome<SignedIn, 'login-failed'>>;
}

/** Who registers a passkey. */
export interface PasskeyOwner {
  readonly accountId: AccountId;
  readonly mail: string;
  readonly name: string;
}

/** What a browser answers, as it writes it. */
export type DeviceAnswer<Response> = Omit<Response, 'clientExtensionResults'>;

export type PasskeyService = ReturnType<typeof createPasskeyService>;

/**
 * Passkeys: a device signs a challenge instead of somebody typing a password. The device must have looked who holds it
 * (finger, face or PIN), so that a passkey alone is two proofs. A challenge is good once, for five minutes.
 */
export function createPasskeyService(parts: Parts) {
  const { passkeys } = parts;
  const { origin, hostname } = new URL(parts.publicBaseUrl);
  const ground: Ground = { ...parts, ...createChallenges(parts), origin, rpID: hostname };
  return {
    list: (accountId: AccountId) => passkeys.ofAccount(accountId),
    remove: (accountId: AccountId, id: string) => passkeys.remove(accountId, id),
    ...createRegistration(ground),
    ...createSigning(ground),
  };
}

type Ground = Parts & ReturnType<typeof createChallenges> & { readonly origin: string; readonly rpID: string };

function createChallenges({ passkeys, clock, randomBytes }: Parts) {
  return {
    ask: async (wanted: Pick<Challenge, 'purpose' | 'accountId'>): Promise<Uint8Array<ArrayBuffer>> => {
      const bytes = randomBytes(32);
      const now = clock.real();
      await passkeys.sweepChallenges(now);
      const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
      await passkeys.keepChallenge({ ...wanted, id: quickHash(bytes.toString('base64url')), expiresAt });
      return new Uint8Array(bytes);
    },
    /** The challenge that was answered, if it was asked for this purpose and nobody has answered it before. */
    spend: async (
      clientDataJSON: string,
      { purpose, accountId }: Pick<Challenge, 'purpose' | 'accountId'>,
    ): Promise<string | undefined> => {
      const said = challengeIn(clientDataJSON);
      const asked = said === undefined ? undefined : await passkeys.takeChallenge(quickHash(said));
      const fits = asked?.purpose === purpose && asked.accountId === accountId && asked.expiresAt > clock.real();
      return fits ? said : undefined;
    },
  };
}

function createRegistration({ passkeys, clock, origin, rpID, ask, spend }: Ground) {
  return {
    /** What a browser needs to have a device make a passkey. */
    async beginRegistration({ accountId, mail, name }: PasskeyOwner) {
      const known = await passkeys.ofAccount(accountId);
      const { generateRegistrationOptions } = await webauthn();
      return generateRegistrationOptions({
        ...{ rpName: NAME, rpID, userName: mail, userDisplayName: name, userID: userIdOf(accountId) },
        challenge: await ask({ purpose: 'register', accountId }),
        timeout: CHALLENGE_MS,
        attestationType: 'none',
        excludeCredentials: known.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },
    /** Keeps what the device made. */
    async register(
      accountId: AccountId,
      name: string,
      answer: DeviceAnswer<RegistrationResponseJSON>,
    ): Promise<Outcome<Passkey, 'passkey-refused' | 'passkey-known' | 'too-many-passkeys'>> {
      const expectedChallenge = await spend(answer.response.clientDataJSON, { purpose: 'register', accountId });
      if (expectedChallenge === undefined) return refuse('passkey-refused');
      const response = { ...answer, clientExtensionResults: {} };
      const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
      const { verifyRegistrationResponse } = await webauthn();
      const made = (await orNothing(verifyRegistrationResponse({ response, ...expected })))?.registrationInfo;
      if (!made) return refuse('passkey-refused');
      if ((await passkeys.ofAccount(accountId)).length >= MOST_PASSKEYS) return refuse('too-many-passkeys');
      const { credential, credentialBackedUp } = made;
      const passkey: Passkey = {
        ...{ id: credential.id, accountId, name, counter: credential.counter, isSynced: credentialBackedUp },
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        createdAt: clock.real(),
      };
      return (await passkeys.create(passkey)) ? accept(passkey) : refuse('passkey-known');
    },
  };
}

function createSigning({ passkeys, clock, origin, rpID, ask, spend, enter }: Ground) {
  return {
    /** What a browser needs to sign in; it names nobody, the device knows its owner. */
    async beginSignIn() {
      const { generateAuthenticationOptions } = await webauthn();
      return generateAuthenticationOptions({
        ...{ rpID, timeout: CHALLENGE_MS, userVerification: 'required' },
        challenge: await ask({ purpose: 'sign-in' }),
      });
    },
    /** Signs in whoever holds the device. A counter that stands still or goes back tells of a copy: it is refused. */
    async signIn(
      answer: DeviceAnswer<AuthenticationResponseJSON>,
      wanted: Wanted,
    ): Promise<Outcome<SignedIn, 'login-failed'>> {
      const expectedChallenge = await spend(answer.response.clientDataJSON, { purpose: 'sign-in' });
      const known = await passkeys.find(answer.id);
      if (expectedChallenge === undefined || !known || !isOwner(known, answer)) return refuse('login-failed');
      const response = { ...answer, clientExtensionResults: {} };
      const expected = { expectedChallenge, expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
      const credential = credentialOf(known);
      const { verifyAuthenticationResponse } = await webauthn();
      const proof = await orNothing(verifyAuthenticationResponse({ response, credential, ...expected }));
      if (!proof?.verified) return refuse('login-failed');
      const use = { from: known.counter, to: proof.authenticationInfo.newCounter, at: clock.real() };
      return (await passkeys.noteUse(known.id, use))
        ? enter(known.accountId, { ...wanted, by: BY })
        : refuse('login-failed');
    },
  };
}

/** The library throws where an answer does not fit, in many ways that make no difference here. */
function orNothing<T>(verifying: Promise<T>): Promise<T | undefined> {
  return verifying.catch(() => undefined);
}

/** What the browser says that it was asked; undefined where it says nothing that can be read. */
function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const challenge = typeof said === 'object' && said !== null && 'challenge' in said ? said.challenge : undefined;
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

function credentialOf({ id, publicKey, counter }: Passkey): WebAuthnCredential {
  return { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter };
}

/** The account's own hash, without its prefix: it says nothing about the person. */
function userIdOf(accountId: AccountId): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(accountId.slice(4), 'hex'));
}

function isOwner({ accountId }: Passkey, { response }: DeviceAnswer<AuthenticationResponseJSON>): boolean {
  const said = response.userHandle;
  return said === undefined || said === Buffer.from(userIdOf(accountId)).toString('base64url');
}
