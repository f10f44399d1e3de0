import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Reach } from '../domain/reach.ts';
import type { Viewer } from '../domain/api-key.ts';
import { present } from '../domain/present.ts';
import type { DenialReason } from '../domain/denial.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { AnswerStore } from '../domain/stored-answer.ts';
import { type Doorkeepers, admit } from './admit.ts';
import type { Acted, Endpoint, Incoming, Method, UploadedFile } from './endpoint.ts';
import { inputError } from './input-error.ts';
import { type KeyLimit, createKeyLimit } from './key-limit.ts';
import type { InputError } from './problem.ts';
import { bodyRefusal, createBodyReader, type ReadBody } from './read-body.ts';
import { doOnce, isIdempotencyKey, requestHash } from './replay.ts';
import { type KeptOf, withKeptIds } from './kept-ids.ts';
import { readSessionCookie } from './session-cookie.ts';
import { type Witness, witnessed } from './witnessed.ts';
import { actedReply, type Reply, send, sendRaw, sendRefusal } from './reply.ts';

/** What the endpoints need from outside to be served. */
export interface Surroundings extends Doorkeepers {
  readonly reachOf: (viewer: Viewer) => Reach;
  readonly witness: Witness;
  readonly answers: AnswerStore;
  readonly log: {
    info(fields: object, sentence: string): void;
    error(fields: object, sentence: string): void;
  };
  /** Absent: no register is ever merged. */
  readonly keptOf?: KeptOf;
  readonly requestId: () => string;
  /** Whether an exception means that the database cannot be reached now. */
  readonly isDatabaseAway: (error: unknown) => boolean;
}

interface Exchange {
  readonly endpoint: Endpoint;
  readonly request: Request;
  readonly response: Response;
  readonly id: string;
}

interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

interface Refusal {
  readonly code: RefusalCode;
  readonly detail?: string;
  readonly errors?: readonly InputError[];
  readonly reasons?: readonly DenialReason[];
}

/** An Express router of the endpoints: key, body, checks, act, answer; every way out that is no answer is a problem document. */
export function mountEndpoints(endpoints: readonly Endpoint[], surroundings: Surroundings): Router {
  const router = Router({ caseSensitive: true });
  const limited = { ...surroundings, admits: createKeyLimit() };
  router.use((request, response, next) => {
    beginExchange(request, response, surroundings);
    next();
  });
  for (const endpoint of literalFirst(endpoints)) {
    const read = createBodyReader(endpoint);
    router[endpoint.method](expressPath(endpoint.path), async (request, response) => {
      const exchange = { endpoint, request, response, id: requestIdOf(response) };
      try {
        const refusal = await serve(exchange, read, limited);
        if (refusal) sendRefusal(response, exchange.id, refusal);
      } catch (error) {
        answerFailure(exchange, error, surroundings);
      }
    });
  }
  for (const [path, methods] of methodsByPath(literalFirst(endpoints))) {
    router.all(expressPath(path), (_request, response) => {
      response.set('Allow', methods.map((method) => method.toUpperCase()).join(', '));
      sendRefusal(response, requestIdOf(response), { code: 'method-unknown' });
    });
  }
  router.use((_request, response) => {
    sendRefusal(response, requestIdOf(response), { code: 'route-unknown' });
  });
  router.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    sendRefusal(response, requestIdOf(response), { code: 'route-unknown' });
  });
  return router;
}

function beginExchange(request: Request, response: Response, { requestId, log }: Surroundings): void {
  const began = performance.now();
  const id = requestId();
  response.locals['requestId'] = id;
  response.set({ 'X-Request-Id': id, 'Cache-Control': 'private, no-cache' });
  response.on('close', () => {
    const route = (request.route as { path?: string } | undefined)?.path ?? 'unknown';
    const ms = Math.round(performance.now() - began);
    const status = response.writableFinished ? response.statusCode : 'aborted';
    log.info({ requestId: id, method: request.method, route, status, ms }, 'admin request');
  });
}

async function serve(
  exchange: Exchange,
  read: ReadBody,
  surroundings: Surroundings & { readonly admits: KeyLimit },
): Promise<Refusal | undefined> {
  const { endpoint, request, response } = exchange;
  const admitted = await admit(endpoint, request, surroundings);
  if ('code' in admitted) return admitted;
  if (!surroundings.admits(admitted.keyId, performance.now())) return { code: 'too-many-requests' };
  const { body, file, refused } = await read(request, response);
  if (refused) return { code: refused };
  const { viewer, asked } = await keptAsked(exchange, { viewer: admitted, body }, surroundings);
  const reach = surroundings.reachOf(viewer);
  const incoming = incomingOf(exchange, { viewer, reach }, { ...asked, ...present({ file }) });
  const prepared = endpoint.prepare(incoming);
  if (!prepared.ok) return prepared;
  const { witness } = surroundings;
  const watched = witnessed(endpoint, request, { viewer, reach, act: prepared.act, witness });
  const act = () => finish(exchange, watched);
  const key = repeatKey(exchange);
  if (key === undefined) {
    const reply = await act();
    if (reply) send(response, reply);
    return undefined;
  }
  const hash = requestHash({ method: request.method, url: request.originalUrl, body, ...(file ? { file } : {}) });
  return serveOnce(
    exchange,
    { key, hash, keyId: `${viewer.keyId}${viewer.firmId ?? ''}`, answers: surroundings.answers },
    act,
  );
}

/** Who asks and for what, with the register that goes on in the place of one that was merged into it. */
async function keptAsked(
  { endpoint, request }: Exchange,
  { viewer, body }: { readonly viewer: Viewer; readonly body: unknown },
  { keptOf }: Surroundings,
): Promise<{ readonly viewer: Viewer; readonly asked: Asked }> {
  const asked = { params: request.params, query: request.query, body };
  if (!keptOf) return { viewer, asked };
  const { workerId } = await withKeptIds({ workerId: viewer.workerId }, keptOf);
  const himself = workerId ? { ...viewer, workerId } : viewer;
  return { viewer: himself, asked: endpoint.asNamed ? asked : await withKeptIds(asked, keptOf) };
}

/** Under which key a repeated request is known; signing in is done anew each time. */
function repeatKey({ endpoint, request }: Exchange): string | undefined {
  if (request.method !== 'POST' || endpoint.scope === 'none' || endpoint.scope === 'session') return undefined;
  return request.get('idempotency-key');
}

function incomingOf(
  { request, response }: Exchange,
  asker: { readonly viewer: Viewer; readonly reach: Reach },
  read: Asked & { readonly file?: UploadedFile },
): Incoming {
  const ifMatch = request.get('if-match');
  const cookie = readSessionCookie(request.get('cookie'));
  return {
    ...read,
    ...asker,
    signal: abortSignal(response),
    ...present({ ifMatch, cookie }),
    prefers: (offered) => request.accepts([...offered]) || undefined,
  };
}

async function serveOnce(
  { endpoint, response }: Exchange,
  once: { readonly key: string; readonly hash: string; readonly keyId: string; readonly answers: AnswerStore },
  act: () => Promise<Reply | undefined>,
): Promise<Refusal | undefined> {
  if (!isIdempotencyKey(once.key)) {
    return { code: 'input-invalid', errors: [inputError('header', ['Idempotency-Key'], 'format')] };
  }
  const { answers, hash } = once;
  const done = await doOnce({ answers, key: `${once.keyId}:${once.key}`, hash, endpoint }, act);
  if ('refused' in done) return { code: done.refused };
  if (done.replayed) response.set('Idempotent-Replayed', 'true');
  if (done.reply) send(response, done.reply);
  return undefined;
}

async function finish(
  { endpoint, request, response, id }: Exchange,
  act: () => Promise<Acted>,
): Promise<Reply | undefined> {
  const acted = await act();
  if (acted.kind !== 'raw') return actedReply(endpoint, id, acted);
  await sendRaw(endpoint, request, response, acted.raw);
  return undefined;
}

function answerFailure(exchange: Exchange, error: unknown, { log, isDatabaseAway }: Surroundings): void {
  const { endpoint, request, response, id } = exchange;
  if (request.destroyed && !request.complete) return;
  const refused = bodyRefusal(error);
  const code = refused ?? (isDatabaseAway(error) ? 'database-away' : 'failed');
  if (!refused) log.error({ requestId: id, route: endpoint.path, code, ...traceOf(error) }, 'admin request failed');
  if (response.headersSent) response.destroy();
  else sendRefusal(response, id, { code });
}

/** Where it broke; digits are blotted out, because a message may quote what was being written. */
function traceOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const [, ...frames] = (error.stack ?? '').split('\n    at ');
  return { error: error.name, message: error.message.replace(/\d{3,}/g, '#').slice(0, 300), at: frames.slice(0, 6) };
}

function abortSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  return controller.signal;
}

function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}

function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** `/phones/template` before `/phones/{id}`, whatever the order of declaration. */
function literalFirst(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const rank = ({ path }: Endpoint): string => path.replaceAll('{', '\uffff');
  return [...endpoints].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}

function methodsByPath(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly Method[]> {
  const byPath = new Map<string, Method[]>();
  for (const { path, method } of endpoints) byPath.set(path, [...(byPath.get(path) ?? []), method]);
  return byPath;
}
