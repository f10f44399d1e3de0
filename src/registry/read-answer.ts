import type { RegistryAnswer } from '../domain/registry-item.ts';
import { HandOverAnswer, RefusalAnswer } from './contract.ts';

/** An HTTP answer as far as its meaning goes; `text` is absent when the body was longer than we are willing to read. */
export interface WireAnswer {
  readonly status: number;
  readonly text?: string;
  readonly retryAfter?: string;
  /** The answerer's own clock, against which a date in `retryAfter` is read. */
  readonly date?: string;
}

/** A registry may ask for patience, but not for more than an hour at a time. */
const LONGEST_WAIT_MS = 3_600_000;
/** The wait when it asks for patience and does not say how much. */
const USUAL_WAIT_MS = 30_000;

/**
 * What an answer proves about the item sent under `key`. Only a well-formed body that names the key counts as accepted
 * or rejected; everything else leaves the item to be sent again or read back.
 */
export function readAnswer(answer: WireAnswer, key: string): RegistryAnswer {
  const { status } = answer;
  if (status >= 200 && status < 300) return readAcceptance(answer, key);
  if (status === 401 || status === 403) return { state: 'forbidden', reason: `http-${status}` };
  if (status === 429 || (status === 503 && answer.retryAfter !== undefined)) {
    return { state: 'busy', retryAfterMs: readWait(answer) };
  }
  if (status >= 500 || status === 408) return { state: 'unreachable', reason: `http-${status}` };
  return readRefusal(answer, key);
}

function readAcceptance({ status, text }: WireAnswer, key: string): RegistryAnswer {
  const body = HandOverAnswer.safeParse(parseJson(text));
  if (!body.success) return { state: 'ambiguous', reason: `http-${status} without a readable answer` };
  if (body.data.key !== key) return { state: 'ambiguous', reason: 'answer names another key' };
  const { key: _key, ...rest } = body.data;
  return rest;
}

function readRefusal({ status, text }: WireAnswer, key: string): RegistryAnswer {
  const body = RefusalAnswer.safeParse(parseJson(text));
  if (!body.success) return { state: 'ambiguous', reason: `http-${status} without a readable refusal` };
  if (body.data.key !== key) return { state: 'ambiguous', reason: 'refusal names another key' };
  const { key: _key, ...rest } = body.data;
  return { state: 'rejected', ...rest };
}

/** Seconds, or a date counted from the answerer's own clock; ours may differ. */
function readWait({ retryAfter = '', date = '' }: WireAnswer): number {
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.parse(date);
  if (Number.isNaN(asked)) return USUAL_WAIT_MS;
  return Math.min(Math.max(asked, 0), LONGEST_WAIT_MS);
}

/** The parsed text, or undefined where it is no JSON: an HTML page of a proxy is an ordinary event here. */
export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
