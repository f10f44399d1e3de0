import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { DenialReason } from '../domain/denial.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Acted, Endpoint } from './endpoint.ts';
import { etagOf } from './etag.ts';
import { type InputError, problemBody } from './problem.ts';
import { problems } from './problem-words.ts';
import type { RawAnswer } from './raw-answer.ts';

/** An answer ready to be sent or kept. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text?: string;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** After how many seconds it is worth asking again, where the refusal itself does not know better. */
export const SECONDS_TO_WAIT: Partial<Record<RefusalCode, number>> = {
  'database-away': 2,
  'in-progress': 1,
  'too-many-requests': 60,
  'search-not-ready': 2,
  'login-locked': 900,
  'login-busy': 5,
};

interface Refused {
  readonly code: RefusalCode;
  readonly detail?: string | undefined;
  readonly errors?: readonly InputError[] | undefined;
  readonly reasons?: readonly DenialReason[] | undefined;
  readonly retryAfter?: number | undefined;
}

/** The problem document of a refusal. */
export function refusalReply(requestId: string, { code, detail, errors, reasons, retryAfter }: Refused): Reply {
  const wait = retryAfter ?? SECONDS_TO_WAIT[code];
  return {
    status: problems[code].status,
    contentType: 'application/problem+json',
    text: JSON.stringify(problemBody({ code, requestId, detail, errors, reasons })),
    ...(wait === undefined ? {} : { headers: { 'Retry-After': String(wait) } }),
  };
}

/** The reply of a request that was acted on; a raw answer has none and is sent by `sendRaw`. */
export function actedReply(endpoint: Endpoint, requestId: string, acted: Exclude<Acted, { kind: 'raw' }>): Reply {
  if (acted.kind === 'refused') return refusalReply(requestId, acted);
  const { status, etag } = endpoint.response;
  const headers = acted.headers ? { headers: acted.headers } : {};
  if (acted.body === undefined) return { status, contentType: 'application/json', ...headers };
  const text = JSON.stringify(acted.body);
  return { status, contentType: 'application/json', text, ...headers, ...(etag ? { etag: etagOf(acted.body) } : {}) };
}

/** Sends a refusal with the headers that belong to its code. */
export function sendRefusal(response: Response, requestId: string, refused: Refused): void {
  if (refused.code === 'key-unknown') response.set('WWW-Authenticate', 'Bearer');
  send(response, refusalReply(requestId, refused));
}

/** Sends a reply; Express answers 304 by itself when `If-None-Match` names the tag. */
export function send(response: Response, { status, contentType, text, etag, headers }: Reply): void {
  if (response.headersSent || response.destroyed) return;
  if (headers) response.set(headers);
  if (etag !== undefined) response.set('ETag', etag);
  response.status(status);
  if (text === undefined) response.end();
  else response.type(contentType).send(text);
}

/** Sends a raw answer; a stream ends when the asker goes away, which is no error. */
export async function sendRaw(endpoint: Endpoint, request: Request, response: Response, raw: RawAnswer): Promise<void> {
  const bare = raw.contentType.split(';')[0]?.trim() ?? '';
  if (!endpoint.response.raw?.includes(bare)) throw new Error(`${endpoint.path} declares no answer of type ${bare}`);
  response.status(endpoint.response.status).set(raw.headers).type(raw.contentType);
  if (typeof raw.body === 'string' || Buffer.isBuffer(raw.body)) {
    response.send(raw.body);
    return;
  }
  response.flushHeaders();
  try {
    await pipeline(Readable.from(raw.body), response);
  } catch (error) {
    if (!request.destroyed && !response.destroyed) throw error;
  }
}
