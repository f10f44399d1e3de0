import { digestOf } from '../domain/digest.ts';
import type { AnswerStore } from '../domain/stored-answer.ts';
import type { Endpoint, UploadedFile } from './endpoint.ts';
import type { Reply } from './reply.ts';

const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/** Whether a text may serve as an idempotency key. */
export function isIdempotencyKey(text: string): boolean {
  return KEY_PATTERN.test(text);
}

/** What makes two requests the same one: method, address and content. */
export function requestHash(parts: {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly file?: UploadedFile;
}): string {
  const file = parts.file && digestOf(parts.file.bytes.toString('base64'));
  return digestOf([parts.method, parts.url, parts.body ?? null, file ?? null]);
}

/** How a repeated request ends: the answer, new or kept, or the code of a refusal. */
export type Replayed =
  | { readonly reply: Reply | undefined; readonly replayed: boolean }
  | { readonly refused: 'idempotency-reused' | 'in-progress' | 'shown-once' };

interface Once {
  readonly answers: AnswerStore;
  readonly key: string;
  readonly hash: string;
  readonly endpoint: Endpoint;
}

/**
 * Does a request once per idempotency key. A failure gives the key back; refusals are answers and are kept like them.
 * `act` gives undefined for a raw answer, which it has sent itself and which is not kept.
 */
export async function doOnce(
  { answers, key, hash, endpoint }: Once,
  act: () => Promise<Reply | undefined>,
): Promise<Replayed> {
  const claim = await answers.claim(key, hash);
  if (claim.state !== 'ours') {
    if (claim.requestHash !== hash) return { refused: 'idempotency-reused' };
    if (claim.state === 'running') return { refused: 'in-progress' };
    const { status, contentType, body } = claim.answer;
    if (body === undefined && endpoint.response.body) return { refused: 'shown-once' };
    return { reply: { status, contentType, ...(body === undefined ? {} : { text: body }) }, replayed: true };
  }
  try {
    const reply = await act();
    if (reply === undefined) await answers.release(key, claim.fence);
    else await answers.keep(key, claim.fence, keptForm(reply, endpoint));
    return { reply, replayed: false };
  } catch (error) {
    await answers.release(key, claim.fence).catch(() => undefined);
    throw error;
  }
}

function keptForm({ status, contentType, text }: Reply, { response }: Endpoint) {
  const secret = response.once === true && status < 400;
  return { status, contentType, ...(text === undefined || secret ? {} : { body: text }) };
}
