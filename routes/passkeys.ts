import { z } from 'zod';
import { roles } from '../src/domain/api-key.ts';
import { FirmId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import type { Passkey } from '../src/domain/passkey.ts';
import { present } from '../src/domain/present.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { PasskeyService } from '../src/services/keep-passkeys.ts';
import type { SessionService } from '../src/services/sign-in.ts';
import { SessionView, withCookie } from './session-view.ts';

const Bytes = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/);
const PasskeyId = z
  .string()
  .min(1)
  .max(1400)
  .regex(/^[A-Za-z0-9_-]+$/);

/** Browsers write more into it than is looked at; the rest is dropped. */
const Answer = { id: PasskeyId, rawId: PasskeyId, type: z.literal('public-key') };
const Registration = z.object({ ...Answer, response: z.object({ clientDataJSON: Bytes, attestationObject: Bytes }) });
const Assertion = z.object({
  ...Answer,
  response: z.object({
    ...{ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes },
    userHandle: Bytes.nullable().exactOptional(),
  }),
});

const NewPasskey = z.strictObject({ name: plainText(60), credential: Registration }).meta({ id: 'NewPasskey' });
const PasskeySignIn = z
  .strictObject({ credential: Assertion, firmId: FirmId.exactOptional() })
  .meta({ id: 'PasskeySignIn' });

const PasskeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    /** Kept by its maker on several devices. */
    isSynced: z.boolean(),
    createdAt: z.string(),
    lastUsedAt: z.string().exactOptional(),
  })
  .meta({ id: 'Passkey' });

const CreationOptions = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ alg: z.number().int(), type: z.literal('public-key') })),
    timeout: z.number(),
    excludeCredentials: z.array(z.object({ id: z.string(), type: z.literal('public-key') })),
    authenticatorSelection: z.object({
      ...{ residentKey: z.string(), requireResidentKey: z.boolean(), userVerification: z.string() },
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreationOptions' });
const RequestOptions = z
  .object({ rpId: z.string(), challenge: z.string(), timeout: z.number(), userVerification: z.string() })
  .meta({ id: 'PasskeyRequestOptions' });

const tag = 'passkeys';

interface Parts {
  readonly passkeyService: PasskeyService;
  readonly sessionService: SessionService;
  readonly secureCookies: boolean;
}

/** Passkeys: signing in by one needs nothing, keeping them a sign-in that is no older than a quarter of an hour. */
export function passkeyRoutes(parts: Parts): readonly Endpoint[] {
  return [...signingIn(parts), ...registering(parts), ...keeping(parts)];
}

function signingIn({ passkeyService, secureCookies }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sessions/passkey/options',
      summary: 'What a browser needs to sign in by passkey: `navigator.credentials.get`; its challenge is good once',
      tag,
      scope: 'none',
      response: { status: 200, body: RequestOptions, once: true },
      refusals: [],
      handle: async () => accept(RequestOptions.parse(await passkeyService.beginSignIn())),
    }),
    endpoint({
      method: 'post',
      path: '/sessions/passkey',
      summary: 'Sign in with what the device signed',
      tag,
      scope: 'none',
      request: { body: PasskeySignIn },
      response: { status: 201, body: SessionView, once: true },
      refusals: ['login-failed'],
      handle: async ({ body: { credential, firmId }, cookie }) => {
        const { userHandle, ...response } = credential.response;
        const answer = {
          ...credential,
          response: { ...response, ...present({ userHandle: userHandle ?? undefined }) },
        };
        const signedIn = await passkeyService.signIn(answer, { firmId, cookie });
        return mapOutcome(signedIn, (one) => withCookie(one, secureCookies));
      },
    }),
  ];
}

function registering({ passkeyService, sessionService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/passkeys/options',
      summary: 'What a browser needs to make a passkey: `navigator.credentials.create`; its challenge is good once',
      tag,
      scope: 'session',
      roles,
      fresh: true,
      response: { status: 200, body: CreationOptions, once: true },
      refusals: ['password-first'],
      handle: async ({ cookie = '' }) => {
        const owner = await sessionService.own.owner(cookie);
        if (!owner) return refuse('password-first');
        return accept(CreationOptions.parse(await passkeyService.beginRegistration(owner)));
      },
    }),
    endpoint({
      method: 'post',
      path: '/passkeys',
      summary: 'Keep the passkey that a device made',
      tag,
      scope: 'session',
      roles,
      fresh: true,
      request: { body: NewPasskey },
      response: { status: 201, body: PasskeyView },
      refusals: ['password-first', 'passkey-refused', 'passkey-known', 'too-many-passkeys'],
      handle: async ({ body, cookie = '' }) => {
        const owner = await sessionService.own.owner(cookie);
        if (!owner) return refuse('password-first');
        return mapOutcome(await passkeyService.register(owner.accountId, body.name, body.credential), passkeyView);
      },
    }),
  ];
}

function keeping({ passkeyService, sessionService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/passkeys',
      summary: 'One’s own passkeys',
      tag,
      scope: 'session',
      roles,
      response: { status: 200, body: z.object({ items: z.array(PasskeyView), nextCursor: z.null() }) },
      refusals: ['password-first'],
      handle: async ({ cookie = '' }) => {
        const owner = await sessionService.own.owner(cookie);
        if (!owner) return refuse('password-first');
        const items = (await passkeyService.list(owner.accountId)).map(passkeyView);
        return accept({ items, nextCursor: null });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/passkeys/{id}',
      summary: 'Remove one of one’s own passkeys: it signs nobody in any more',
      tag,
      scope: 'session',
      roles,
      fresh: true,
      request: { params: z.object({ id: PasskeyId }) },
      response: { status: 204 },
      refusals: ['not-found', 'password-first'],
      handle: async ({ params, cookie = '' }) => {
        const owner = await sessionService.own.owner(cookie);
        if (!owner) return refuse('password-first');
        return (await passkeyService.remove(owner.accountId, params.id)) ? accept(undefined) : refuse('not-found');
      },
    }),
  ];
}

function passkeyView({ id, name, isSynced, createdAt, lastUsedAt }: Passkey): z.infer<typeof PasskeyView> {
  return {
    id,
    name,
    isSynced,
    createdAt: tokyoText(createdAt),
    ...(lastUsedAt ? { lastUsedAt: tokyoText(lastUsedAt) } : {}),
  };
}
