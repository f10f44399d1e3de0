import type { Request } from 'express';
import { seesEverything } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { DenialReason } from '../domain/denial.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Endpoint } from './endpoint.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Who signed in, as far as the endpoints need it. */
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

export interface Doorkeepers {
  /** Who holds this key; undefined when nobody does. */
  readonly authenticate: (secret: string) => Promise<Viewer | undefined>;
  /** Who holds this cookie. */
  readonly holderOf: (cookie: string, actingFor?: string) => Promise<SessionHolder | undefined>;
}

const NOBODY: Viewer = { keyId: 'nobody', name: '', role: 'worker', scopes: [] };
const SAFE = new Set(['GET', 'HEAD']);

/** Who asks, or why he may not. A key goes before a cookie. */
export async function admit(
  endpoint: Endpoint,
  request: Request,
  { authenticate, holderOf }: Doorkeepers,
): Promise<Viewer | { readonly code: RefusalCode; readonly reasons?: readonly DenialReason[] }> {
  if (endpoint.scope === 'none') return NOBODY;
  const authorization = request.get('authorization');
  const cookie = authorization === undefined ? readSessionCookie(request.get('cookie')) : undefined;
  if (cookie !== undefined) return admitHolder(endpoint, request, await holderOf(cookie, request.get('x-acting-firm')));
  const secret = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  const viewer = secret === undefined || endpoint.scope === 'session' ? undefined : await authenticate(secret);
  return viewer ? admitViewer(endpoint, viewer) : { code: 'key-unknown' };
}

/** A browser sends the cookie by itself, so a change must also carry what only our own page knows. */
function admitHolder(endpoint: Endpoint, request: Request, holder: SessionHolder | undefined) {
  if (!holder) return { code: 'key-unknown' } as const;
  const isOurs = SAFE.has(request.method) || request.get('x-csrf-token') === holder.csrfToken;
  if (!isOurs) return { code: 'csrf-token-needed' } as const;
  if (!holder.fresh && wantsFresh(endpoint, request)) return { code: 'sign-in-again' } as const;
  if (!holder.mayActSo) return { code: 'not-allowed', reasons: ['not-your-firm'] } as const;
  if (endpoint.scope === 'session') return holder.viewer;
  return holder.first ? ({ code: 'password-first' } as const) : admitViewer(endpoint, holder.viewer);
}

function wantsFresh({ fresh, response }: Endpoint, request: Request): boolean {
  if (fresh !== 'raw') return fresh;
  return request.accepts(['application/json', ...(response.raw ?? [])]) !== 'application/json';
}

function admitViewer(endpoint: Endpoint, viewer: Viewer) {
  const { scope } = endpoint;
  const inScope = scope !== 'none' && scope !== 'session' && viewer.scopes.includes(scope);
  const may = inScope && endpoint.roles.includes(viewer.role) && (!endpoint.closed || seesEverything(viewer));
  return may ? viewer : ({ code: 'not-allowed', reasons: ['role-without-right'] } as const);
}
