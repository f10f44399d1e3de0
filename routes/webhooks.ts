import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { CALL_AGAIN, spooledActs } from '../ivr/last-words.ts';
import type { Carrier } from '../ivr/render-acts.ts';
import type { Act } from '../ivr/verbs.ts';
import { terminalStatuses } from '../src/domain/call-status.ts';
import { receiptOf } from '../src/domain/receipt.ts';
import type { Log } from '../src/ports.ts';
import { type KeepCall, within } from '../src/services/keep-call.ts';
import type { AnswerReminder } from '../src/services/answer-reminder.ts';
import type { AnswerNotice } from '../src/services/answer-notice.ts';
import type { CallRequest } from '../src/services/find-call-facts.ts';
import type { NoteStatus } from '../src/services/note-status.ts';
import type { CallLimits } from './call-limits.ts';
import { CarrierForm, timeOf } from './carrier-form.ts';
import type { NoteCarrierTime } from './clock-watch.ts';

export interface WebhookParts {
  readonly keepCall: KeepCall;
  readonly noteStatus: NoteStatus;
  readonly answerReminder: AnswerReminder;
  readonly answerNotice: AnswerNotice;
  readonly render: (acts: readonly Act[]) => string;
  /** Who else speaks this protocol, if it is not Twilio. */
  readonly carrier?: Carrier;
  readonly publicBaseUrl: string;
  readonly accountSid: string;
  readonly tokens: readonly string[];
  readonly log: Log;
  readonly limits: CallLimits;
  readonly noteCarrierTime: NoteCarrierTime;
  readonly count: (what: 'answered' | 'spooled' | 'refused' | 'not-kept') => void;
}

const STATUS_MS = 2_500;
const REMINDER_MS = 5_000;

/** What the carrier calls: verify → parse → answer. Nothing unsigned is parsed further, nothing is spoken before it is durable. */
export function webhookRoutes(parts: WebhookParts): Router {
  const router = express.Router();
  const form = [
    onlyForms,
    parts.limits.refusals,
    express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 100 }),
    verifySignature(parts),
    refuseUnreadable(parts),
  ];
  router.post('/webhooks/twilio/voice', ...form, parts.limits.calls, voice(parts, refuseCall));
  router.post('/webhooks/twilio/fallback', ...form, parts.limits.calls, voice(parts, askToCallAgain(parts)));
  router.post('/webhooks/twilio/reminder', ...form, reminder(parts));
  router.post(
    '/webhooks/twilio/notice',
    ...form,
    ownCall(parts, (_form, of) => parts.answerNotice(of, parts.carrier)),
  );
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

type Refuse = (response: Response) => void;

/** The carrier then asks the fallback address. */
const refuseCall: Refuse = (response) => void response.status(503).end();

/** Nothing comes after the fallback address, so it says what is true: nothing was kept. */
function askToCallAgain({ render }: WebhookParts): Refuse {
  return (response) => void response.status(200).type('text/xml; charset=utf-8').send(render(CALL_AGAIN));
}

function voice({ keepCall, carrier, render, log, count }: WebhookParts, refuse: Refuse): RequestHandler {
  return async (request, response) => {
    const form = response.locals['form'] as CarrierForm;
    const call = { ...toCallRequest(request, form), ...(carrier ? { carrier } : {}) };
    try {
      const kept = await keepCall(call);
      count(kept.how);
      const markup = kept.how === 'answered' ? kept.markup : render(spooledActs(receiptOf(call.callId)));
      // Nobody is on the line any more, so there is nothing to say and nothing to ask.
      const over = call.turn > 1 && terminalStatuses.has(form.CallStatus);
      response
        .status(200)
        .type('text/xml; charset=utf-8')
        .send(over ? render([]) : markup);
    } catch (error) {
      log.error({ call: call.callId, err: error }, 'a call could not be kept at all');
      count('not-kept');
      refuse(response);
    }
  };
}

/** The first turn of a call that we make: nothing of it is spooled, for it records no passage. */
function ownCall(
  { render, log, count }: WebhookParts,
  answer: (form: CarrierForm, of: string) => Promise<string>,
): RequestHandler {
  return async (request, response) => {
    const form = response.locals['form'] as CarrierForm;
    const of = request.query['of'];
    try {
      const markup = await within(REMINDER_MS, answer(form, typeof of === 'string' ? of : ''));
      count('answered');
      response.status(200).type('text/xml; charset=utf-8').send(markup);
    } catch (error) {
      log.error({ call: form.CallSid, err: error }, 'a call of ours could not be answered');
      count('not-kept');
      response.status(200).type('text/xml; charset=utf-8').send(render(CALL_AGAIN));
    }
  };
}

/** To somebody whose exit is missing. */
function reminder(parts: WebhookParts): RequestHandler {
  const { answerReminder, carrier } = parts;
  return ownCall(parts, ({ CallSid, To, From }, of) =>
    answerReminder({ callId: CallSid, of, worker: To, line: From, ...(carrier ? { carrier } : {}) }),
  );
}

function toCallRequest(request: Request, form: CarrierForm): CallRequest {
  const turn = Number(request.query['turn'] ?? '1');
  return {
    callId: form.CallSid,
    turn: Number.isSafeInteger(turn) && turn >= 1 ? turn : 1,
    ...endsOf(form, turn),
    ...(form.Digits === undefined || form.Digits === '' ? {} : { pressed: form.Digits }),
    cutShort: terminalStatuses.has(form.CallStatus) && (form.FinishedOnKey ?? '') === '',
    forwarded: (form.ForwardedFrom ?? '') !== '',
  };
}

/** Of a call that we made, only further turns come to the voice address, and whom we called stands in the place of the caller. */
function endsOf({ From, To, Direction }: CarrierForm, turn: number): Pick<CallRequest, 'from' | 'to'> {
  return Direction === 'outbound-api' && turn > 1 ? { from: To, to: From } : { from: From, to: To };
}

function status({ noteStatus, noteCarrierTime, log }: WebhookParts): RequestHandler {
  return async (_request, response) => {
    const form = response.locals['form'] as CarrierForm;
    const at = timeOf(form);
    noteCarrierTime(at);
    try {
      await within(
        STATUS_MS,
        noteStatus({
          callId: form.CallSid,
          status: form.CallStatus,
          ...(form.SequenceNumber ? { sequence: Number(form.SequenceNumber) } : {}),
          ...(at ? { at } : {}),
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
