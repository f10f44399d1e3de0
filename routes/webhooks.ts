import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { Act } from '../ivr/verbs.ts';
import type { Log } from '../src/ports.ts';
import type { AnswerCall } from '../src/services/answer-call.ts';
import type { CallRequest } from '../src/services/find-call-facts.ts';
import type { NoteStatus } from '../src/services/note-status.ts';
import { CarrierForm } from './carrier-form.ts';

export interface WebhookParts {
  readonly answerCall: AnswerCall;
  readonly noteStatus: NoteStatus;
  readonly render: (acts: readonly Act[]) => string;
  readonly publicBaseUrl: string;
  readonly accountSid: string;
  readonly tokens: readonly string[];
  readonly log: Log;
  readonly count: (what: 'answered' | 'refused' | 'not-kept') => void;
}

/** A caller hangs up long before the carrier's fifteen seconds: what cannot be stored in this time is not promised. */
const BUDGET_MS = 2_500;
const CALL_AGAIN: readonly Act[] = [{ verb: 'tell', prompt: { id: 'call-again', words: {} } }, { verb: 'end' }];

/** What the carrier calls: verify → parse → answer. Nothing unsigned is parsed further, nothing is spoken before it is durable. */
export function webhookRoutes(parts: WebhookParts): Router {
  const router = express.Router();
  const form = [
    onlyForms,
    express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 100 }),
    verifySignature(parts),
    refuseUnreadable(parts),
  ];
  router.post('/webhooks/twilio/voice', ...form, voice(parts));
  router.post('/webhooks/twilio/fallback', ...form, voice(parts));
  router.post('/webhooks/twilio/status', ...form, status(parts));
  router.use('/webhooks', answerRefusal(parts));
  return router;
}

const onlyForms: RequestHandler = (request, response, next) => {
  if (request.is('application/x-www-form-urlencoded')) return next();
  response.status(415).end();
};

/** The signature covers the configured public address and the path as received; any throw of the checker is a refusal. */
function verifySignature({ publicBaseUrl, tokens, count }: WebhookParts): RequestHandler {
  return (request, response, next) => {
    const signature = request.header('x-twilio-signature') ?? '';
    const params = request.body as Record<string, string>;
    const url = publicBaseUrl + request.originalUrl;
    if (signature !== '' && tokens.some((token) => isSigned(token, signature, url, params))) return next();
    count('refused');
    response.status(403).end();
  };
}

function isSigned(token: string, signature: string, url: string, params: Record<string, string>): boolean {
  try {
    return validateRequest(token, signature, url, params);
  } catch {
    return false;
  }
}

function refuseUnreadable({ accountSid, count }: WebhookParts): RequestHandler {
  return (request, response, next) => {
    const parsed = CarrierForm.safeParse(request.body);
    if (parsed.success && parsed.data.AccountSid === accountSid) {
      response.locals['form'] = parsed.data;
      return next();
    }
    count('refused');
    response.status(403).end();
  };
}

function voice({ answerCall, render, log, count }: WebhookParts): RequestHandler {
  return async (request, response) => {
    const form = response.locals['form'] as CarrierForm;
    let markup: string;
    try {
      markup = await inTime(answerCall(toCallRequest(request, form)));
      count('answered');
    } catch (error) {
      log.error({ call: form.CallSid, err: error }, 'a call could not be kept; the caller was asked to call again');
      count('not-kept');
      markup = render(CALL_AGAIN);
    }
    response.status(200).type('text/xml; charset=utf-8').send(markup);
  };
}

function toCallRequest(request: Request, form: CarrierForm): CallRequest {
  const turn = Number(request.query['turn'] ?? '1');
  return {
    callId: form.CallSid,
    turn: Number.isSafeInteger(turn) && turn >= 1 && turn <= 50 ? turn : 1,
    from: form.From,
    to: form.To,
    ...(form.Digits === undefined || form.Digits === '' ? {} : { pressed: form.Digits }),
    forwarded: (form.ForwardedFrom ?? '') !== '',
  };
}

/** Ends in an error when the database takes longer than a caller should wait; what is stored later is found by the next call. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), BUDGET_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function status({ noteStatus, log }: WebhookParts): RequestHandler {
  return async (_request, response) => {
    const form = response.locals['form'] as CarrierForm;
    try {
      await inTime(
        noteStatus({
          callId: form.CallSid,
          status: form.CallStatus,
          ...(form.SequenceNumber ? { sequence: Number(form.SequenceNumber) } : {}),
          ...(form.CallDuration ? { durationSec: Number(form.CallDuration) } : {}),
        }),
      );
    } catch (error) {
      log.warn({ call: form.CallSid, err: error }, 'a status was not kept; the call itself is not touched by it');
    }
    response.status(204).end();
  };
}

/** Too large, too many fields, undecodable: a bare status, never a page. */
function answerRefusal({ log, count }: WebhookParts) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error);
    const code = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
    count('refused');
    if (code === 413 || code === 415) return void response.status(code).end();
    if (typeof code === 'number' && code < 500) return void response.status(403).end();
    log.error({ err: error }, 'a webhook failed');
    response.status(500).end();
  };
}
