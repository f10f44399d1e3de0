import { z } from 'zod';
import { tokyoText } from '../src/domain/work-day.ts';
import { answerHeaded } from '../src/http/headed-answer.ts';
import { writeSessionCookie } from '../src/http/session-cookie.ts';
import type { SignedIn } from '../src/services/hold-session.ts';
import { ActInput, actView } from './accounts.ts';

/** A sign-in as its holder sees it; its secret is in the cookie alone. */
export const SessionView = z
  .object({
    accountId: z.string(),
    acts: z.array(ActInput),
    actingAs: ActInput,
    mustSetPassword: z.boolean(),
    csrfToken: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Session' });

/** The answer that signs a browser in. */
export function withCookie(one: SignedIn, secure: boolean) {
  return answerHeaded({ 'Set-Cookie': writeSessionCookie(one.secret, { secure }) }, sessionView(one));
}

export function sessionView({ account, session, csrfToken }: SignedIn): z.infer<typeof SessionView> {
  return {
    accountId: account.id,
    acts: account.acts.map(actView),
    actingAs: actView(session.act),
    mustSetPassword: session.first,
    csrfToken,
    expiresAt: tokyoText(session.expiresAt),
  };
}
