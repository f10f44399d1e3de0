import { z } from 'zod';
import { SHORTEST_PASSWORD, weaknesses } from '../src/domain/password.ts';
import { roles } from '../src/domain/api-key.ts';
import { FirmId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerHeaded } from '../src/http/headed-answer.ts';
import { writeSessionCookie } from '../src/http/session-cookie.ts';
import type { SessionService } from '../src/services/sign-in.ts';
import { SessionView, sessionView, withCookie } from './session-view.ts';

const Mail = z.string().min(3).max(200);
const Secret = z.string().min(1).max(200);

const NewSession = z
  .strictObject({ mail: Mail, password: Secret, firmId: FirmId.exactOptional() })
  .meta({ id: 'NewSession' });

const NewPassword = z
  .strictObject({
    securityCode: z
      .string()
      .trim()
      .regex(/^\d{6,12}$/),
    password: z
      .string()
      .min(1)
      .max(200)
      .meta({
        description: `${String(SHORTEST_PASSWORD)} characters or more; no name of its owner, his firm or this service, no runs or repeats, nothing that many use`,
      }),
    mail: Mail.exactOptional(),
    recoveryCode: z.string().trim().max(60).exactOptional(),
  })
  .meta({ id: 'NewPassword' });

const tag = 'sessions';

interface Parts {
  readonly sessionService: SessionService;
  /** Whether people come by TLS, so that the cookie never travels without it. */
  readonly secureCookies: boolean;
}

/** Signing in with mail address and password; the console and people use it, programs have keys. */
export function sessionRoutes(parts: Parts): readonly Endpoint[] {
  return [signingIn(parts), ...holding(parts), signingOut(parts), settingPassword(parts)];
}

function signingIn({ sessionService, secureCookies }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/sessions',
    summary:
      'Sign in; whoever acts for several firms says for which. With the initial password only a new one may be set (R-010)',
    tag,
    scope: 'none',
    request: { body: NewSession },
    response: { status: 201, body: SessionView, once: true },
    refusals: ['login-failed', 'login-locked', 'login-busy'],
    handle: async ({ body: { mail, password, firmId }, cookie }) =>
      mapOutcome(await sessionService.signIn(mail, password, { firmId, cookie }), (one) =>
        withCookie(one, secureCookies),
      ),
  });
}

function holding({ sessionService, secureCookies }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/sessions',
      summary: 'Who is signed in, and for whom',
      tag,
      scope: 'session',
      roles,
      response: { status: 200, body: SessionView },
      refusals: ['not-found'],
      handle: async ({ cookie = '' }) => {
        const found = await sessionService.live(cookie);
        return found ? accept(sessionView(found)) : refuse('not-found');
      },
    }),
    endpoint({
      method: 'put',
      path: '/sessions/acting',
      summary:
        'Act for another of one’s firms, or with null without a firm; the sign-in is replaced by a new one. For one request alone the header X-Acting-Firm says so',
      tag,
      scope: 'session',
      roles,
      request: { body: z.strictObject({ firmId: FirmId.nullable() }).meta({ id: 'Acting' }) },
      response: { status: 200, body: SessionView },
      refusals: ['not-found'],
      handle: async ({ body, cookie = '' }) =>
        mapOutcome(await sessionService.actFor(cookie, body.firmId), (one) => withCookie(one, secureCookies)),
    }),
  ];
}

function signingOut({ sessionService, secureCookies }: Parts): Endpoint {
  return endpoint({
    method: 'delete',
    path: '/sessions',
    summary: 'Sign out, with all=true everywhere',
    tag,
    scope: 'session',
    roles,
    request: { query: z.strictObject({ all: z.enum(['true', 'false']).default('false') }) },
    response: { status: 204 },
    refusals: [],
    handle: async ({ query, cookie = '' }) => {
      await sessionService.signOut(cookie, query.all === 'true');
      return accept(answerHeaded(takenBack(secureCookies), undefined));
    },
  });
}

function settingPassword({ sessionService, secureCookies }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/sessions/password',
    summary:
      'Set a new password with the security code (R-011), signed in or with a recovery code; then everybody signs in anew',
    tag,
    scope: 'none',
    request: { body: NewPassword },
    response: { status: 204 },
    refusals: ['login-failed', 'login-locked', 'login-busy', 'password-used', ...weaknesses, 'conflict'],
    handle: async ({ body, cookie }) =>
      mapOutcome(await sessionService.setPassword({ ...body, cookie }), () =>
        answerHeaded(takenBack(secureCookies), undefined),
      ),
  });
}

function takenBack(secure: boolean) {
  return { 'Set-Cookie': writeSessionCookie(undefined, { secure }) };
}
