import { Agent, request } from 'undici';
import type { z } from 'zod';
import type { RegistryAnswer } from '../domain/registry-item.ts';
import type { Registry } from '../ports.ts';
import { DigestsAnswer, HistoriesAnswer, itemPaths, keyHeader, readPaths } from './contract.ts';
import { type WireAnswer, parseJson, readAnswer } from './read-answer.ts';

/** Patience in milliseconds: for the connection, and for the whole exchange. */
export interface RegistryTimeouts {
  readonly connectMs: number;
  readonly totalMs: number;
}

interface Question {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly key?: string;
  readonly body?: object;
  readonly limit: number;
}

const MEGABYTE = 1_048_576;
const ANSWER_LIMIT = MEGABYTE;
/** A day of a large site is a long list. */
const LIST_LIMIT = 16 * MEGABYTE;

/**
 * The core registry over HTTP. Whatever the other side does comes back as an answer (`readAnswer` has the table); it
 * never throws for it, and never believes a body that it has not checked.
 */
export function createHttpRegistry({
  url,
  token,
  timeouts = { connectMs: 3000, totalMs: 10_000 },
}: {
  readonly url: string;
  readonly token: string;
  readonly timeouts?: RegistryTimeouts;
}): Registry {
  const ask = createAsk(url, token, timeouts);
  const put = async (path: string, body: object, key: string): Promise<RegistryAnswer> => {
    const answer = await ask({ method: 'PUT', path, body, key, limit: ANSWER_LIMIT });
    return 'reason' in answer ? { state: 'unreachable', reason: answer.reason } : readAnswer(answer, key);
  };
  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const answer = await ask({ method: 'GET', path, limit: LIST_LIMIT });
    return 'reason' in answer || answer.status !== 200 ? undefined : schema.safeParse(parseJson(answer.text)).data;
  };
  const id = encodeURIComponent;
  return {
    sendTree: (tree, key) => put(itemPaths.tree(id(tree.siteId)), tree, key),
    sendRosterLine: (line, key) => put(itemPaths.rosterLine(id(line.siteId), id(line.workerId)), line, key),
    sendHistory: (history, key) =>
      put(itemPaths.history(id(history.workerId), id(history.siteId), id(history.workDate)), history, key),
    async historiesOf(siteId, day) {
      const query = new URLSearchParams({ siteId, day }).toString();
      const held = await read(`${readPaths.histories}?${query}`, HistoriesAnswer);
      return held?.siteId === siteId && held.day === day ? held.items : undefined;
    },
    async digestsOf(day) {
      const query = new URLSearchParams({ day }).toString();
      const held = await read(`${readPaths.digests}?${query}`, DigestsAnswer);
      return held?.day === day ? held.digests : undefined;
    },
  };
}

/** One exchange: the answer as received, or why there was none. */
function createAsk(url: string, token: string, { connectMs, totalMs }: RegistryTimeouts) {
  const base = url.replace(/\/+$/, '');
  const dispatcher = new Agent({ connect: { timeout: connectMs }, headersTimeout: totalMs, bodyTimeout: totalMs });
  return async ({ method, path, key, body, limit }: Question): Promise<WireAnswer | { readonly reason: string }> => {
    try {
      const response = await request(base + path, {
        dispatcher,
        method,
        signal: AbortSignal.timeout(totalMs),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(key === undefined ? {} : { [keyHeader]: key }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await readCapped(response.body, limit);
      return {
        status: response.statusCode,
        ...(text === undefined ? {} : { text }),
        ...named('retryAfter', response.headers['retry-after']),
        ...named('date', response.headers['date']),
      };
    } catch (error) {
      return { reason: reasonOf(error) };
    }
  };
}

async function readCapped(body: AsyncIterable<Uint8Array>, limit: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function named<Name extends string>(name: Name, header: string | string[] | undefined) {
  return typeof header === 'string' ? { [name]: header } : {};
}

/** The machine's word for what went wrong; never a message, which might quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}
