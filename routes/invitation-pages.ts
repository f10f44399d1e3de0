import { createHash } from 'node:crypto';
import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import type { FirmId } from '../src/domain/ids.ts';
import { accept } from '../src/domain/outcome.ts';
import type { RefusalCode } from '../src/domain/refusal.ts';
import { problems } from '../src/http/problem-words.ts';
import { bodyRefusal } from '../src/http/read-body.ts';
import { SECONDS_TO_WAIT } from '../src/http/reply.ts';
import { readSessionCookie, writeSessionCookie } from '../src/http/session-cookie.ts';
import type { SignedIn } from '../src/services/hold-session.ts';
import type { AccountService } from '../src/services/keep-accounts.ts';
import type { SessionService } from '../src/services/sign-in.ts';
import { STYLE } from './invitation-markup.ts';
import {
  addedPage,
  knownPage,
  offerPage,
  passkeyPage,
  passwordPage,
  refusalPage,
  secretsPage,
  signInPage,
} from './invitation-views.ts';
import { PASSKEY_SCRIPT, SIGN_IN_SCRIPT } from './passkey-script.ts';

export interface InvitationPageParts {
  readonly accountService: Pick<AccountService, 'invitation' | 'answer'>;
  readonly sessionService: Pick<SessionService, 'signIn' | 'setPassword' | 'live'>;
  readonly firms: { find(id: FirmId): Promise<{ readonly value: { readonly name: string } } | undefined> };
  readonly secureCookies: boolean;
  readonly log: { error(fields: object, sentence: string): void };
}

const Text = z.string().trim().max(200);
const SignIn = z.object({ mail: Text, password: Text });
const FirstLogin = z.object({ mail: Text, initial: Text, securityCode: Text, password: z.string().min(1).max(200) });

const headers: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ['data:'],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
});

/**
 * Where the link of an invitation leads: accept, see the first secrets once, set a password with the security code, sign in, and
 * have a device make a passkey. It works without scripts but for the passkey, and holds nothing that the admin API does not do.
 */
export function createInvitationPages(parts: InvitationPageParts): Router {
  const router = Router({ caseSensitive: true });
  const read = express.urlencoded({ extended: false, limit: '8kb' });
  for (const [name, script] of [
    ['passkey', PASSKEY_SCRIPT],
    ['sign-in', SIGN_IN_SCRIPT],
  ]) {
    router.get(`/invitations/${name ?? ''}.js`, headers, (_request, response) => {
      response.type('text/javascript').send(script);
    });
  }
  router.post('/invitations/password', headers, fromHere, read, (request, response) =>
    setPassword(parts, request, response),
  );
  router.post('/invitations/sign-in', headers, fromHere, read, (request, response) => signIn(parts, request, response));
  router.get('/invitations/:token', headers, async (request, response) => {
    const token = String(request.params['token']);
    const found = await parts.accountService.invitation(token);
    if (!found) return show(response, 404, refusalPage('invitation-unknown'));
    const rows = found.acts.map(async ({ role, firmId }) => {
      const firm = firmId && (await parts.firms.find(firmId))?.value.name;
      return { role, firm: firm ?? 'genba-call' };
    });
    show(response, 200, offerPage(token, await Promise.all(rows), found.isKnown));
  });
  router.post('/invitations/:token', headers, fromHere, read, (request, response) => answer(parts, request, response));
  router.use('/invitations', (error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const code = bodyRefusal(error) ?? 'database-away';
    if (code === 'database-away')
      parts.log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'page failed');
    showRefused(response, { code }, refusalPage(code));
  });
  return router;
}

/** A browser says whence a form comes: another site may not sign anybody in here. */
const fromHere: RequestHandler = (request, response, next) => {
  const site = request.get('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') next();
  else show(response, 403, refusalPage('csrf-token-needed'));
};

async function answer(parts: InvitationPageParts, request: Request, response: Response) {
  const token = String(request.params['token']);
  const holder = await signInOrLive(parts, request);
  if (holder && !holder.ok) return showRefused(response, holder, knownPage(token, holder.code));
  const done = await parts.accountService.answer(token, holder?.value.account.id);
  if (!done.ok) {
    const text = done.code === 'sign-in-first' ? knownPage(token) : refusalPage(done.code);
    return showRefused(response, done, text);
  }
  const { mail, secrets } = done.value;
  if (holder) setCookie(parts, response, holder.value);
  show(response, 200, secrets ? secretsPage(mail, secrets) : addedPage());
}

/** Who answers: one who signs in with the form, or is signed in already. */
async function signInOrLive({ sessionService }: InvitationPageParts, request: Request) {
  const cookie = readSessionCookie(request.get('cookie'));
  const said = SignIn.safeParse(request.body);
  if (said.success) return sessionService.signIn(said.data.mail, said.data.password, { cookie });
  const live = await sessionService.live(cookie ?? '');
  return live && accept(live);
}

function setCookie({ secureCookies }: InvitationPageParts, response: Response, { secret }: SignedIn): void {
  response.set('Set-Cookie', writeSessionCookie(secret, { secure: secureCookies }));
}

async function setPassword({ sessionService }: InvitationPageParts, request: Request, response: Response) {
  const wish = FirstLogin.safeParse(request.body);
  const mail = SignIn.shape.mail.safeParse((request.body as { mail?: unknown } | undefined)?.mail).data ?? '';
  if (!wish.success) return show(response, 400, passwordPage(mail, 'input-invalid'));
  const { initial, securityCode, password } = wish.data;
  const first = await sessionService.signIn(mail, initial);
  const set = first.ok
    ? await sessionService.setPassword({ cookie: first.value.secret, securityCode, password })
    : first;
  if (!set.ok) return showRefused(response, set, passwordPage(mail, set.code));
  show(response, 200, signInPage(mail));
}

async function signIn(parts: InvitationPageParts, request: Request, response: Response) {
  const wish = SignIn.safeParse(request.body);
  if (!wish.success) return show(response, 400, signInPage('', 'input-invalid'));
  const cookie = readSessionCookie(request.get('cookie'));
  const done = await parts.sessionService.signIn(wish.data.mail, wish.data.password, { cookie });
  if (!done.ok) return showRefused(response, done, signInPage(wish.data.mail, done.code));
  setCookie(parts, response, done.value);
  show(response, 200, passkeyPage(done.value.csrfToken));
}

/** A page that says no, and where that passes by itself, after how many seconds. */
function showRefused(
  response: Response,
  { code, retryAfter = SECONDS_TO_WAIT[code] }: { readonly code: RefusalCode; readonly retryAfter?: number },
  text: string,
): void {
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
  show(response, problems[code].status, text);
}

function show(response: Response, status: number, text: string): void {
  response.status(status).set('Cache-Control', 'no-store').type('html').send(text);
}
