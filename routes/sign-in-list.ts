import { z } from 'zod';
import { roles } from '../src/domain/api-key.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { OwnSession } from '../src/services/own-sign-ins.ts';
import type { SessionService } from '../src/services/sign-in.ts';
import { ActInput, actView } from './accounts.ts';

const SessionId = z.string().regex(/^ses_[a-f0-9]{32}$/);

const OwnSessionView = z
  .object({
    id: SessionId,
    actingAs: ActInput,
    createdAt: z.string(),
    lastUsedAt: z.string(),
    expiresAt: z.string(),
    /** The one that asks. */
    isThis: z.boolean(),
  })
  .meta({ id: 'OwnSession' });

const SecurityCode = z
  .string()
  .trim()
  .regex(/^\d{6,12}$/);

const tag = 'sessions';

/** What somebody who is signed in does with his own sign-ins and recovery codes. */
export function ownSignInRoutes({ sessionService: { own } }: { readonly sessionService: SessionService }) {
  return [
    endpoint({
      method: 'get',
      path: '/sessions/open',
      summary: 'One’s own sign-ins, on whatever device',
      tag,
      scope: 'session',
      roles,
      response: { status: 200, body: z.object({ items: z.array(OwnSessionView), nextCursor: z.null() }) },
      refusals: ['password-first'],
      handle: async ({ cookie = '' }) =>
        (await own.owner(cookie))
          ? accept({ items: (await own.list(cookie)).map(ownView), nextCursor: null })
          : refuse('password-first'),
    }),
    endpoint({
      method: 'delete',
      path: '/sessions/open/{id}',
      summary: 'End one of one’s own sign-ins, as of a device that was lost',
      tag,
      scope: 'session',
      roles,
      request: { params: z.object({ id: SessionId }) },
      response: { status: 204 },
      refusals: ['not-found', 'password-first'],
      handle: async ({ params, cookie = '' }) =>
        (await own.owner(cookie)) ? own.end(cookie, params.id) : refuse('password-first'),
    }),
    endpoint({
      method: 'post',
      path: '/sessions/recovery-codes',
      summary: 'New recovery codes, shown this once, in place of all that are left; needs the security code',
      tag,
      scope: 'session',
      roles,
      fresh: true,
      request: { body: z.strictObject({ securityCode: SecurityCode }).meta({ id: 'RecoveryWish' }) },
      response: { status: 201, body: z.object({ recoveryCodes: z.array(z.string()) }), once: true },
      refusals: ['login-failed', 'login-locked', 'login-busy', 'conflict'],
      handle: async ({ body, cookie = '' }) =>
        mapOutcome(await own.newCodes(cookie, body.securityCode), (recoveryCodes) => ({ recoveryCodes })),
    }),
  ] as readonly Endpoint[];
}

function ownView({ id, session, isThis }: OwnSession): z.infer<typeof OwnSessionView> {
  const { act, createdAt, lastUsedAt, expiresAt } = session;
  const times = { createdAt: tokyoText(createdAt), lastUsedAt: tokyoText(lastUsedAt), expiresAt: tokyoText(expiresAt) };
  return { id, actingAs: actView(act), ...times, isThis };
}
