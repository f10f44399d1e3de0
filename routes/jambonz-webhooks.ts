import { createHmac, timingSafeEqual } from 'node:crypto';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { JAMBONZ_PATH, renderJambonz } from '../ivr/jambonz.ts';
import { CALL_AGAIN, spooledActs } from '../ivr/last-words.ts';
import { internationalForm } from '../ivr/network-number.ts';
import { callIdOfUuid } from '../src/domain/foreign-call-id.ts';
import { receiptOf } from '../src/domain/receipt.ts';
import type { Clock, Log } from '../src/ports.ts';
import type { CallRequest } from '../src/services/find-call-facts.ts';
import { type KeepCall, within } from '../src/services/keep-call.ts';
import type { NoteStatus, StatusReport } from '../src/services/note-status.ts';
import { JambonzBody, JambonzStatus } from './jambonz-body.ts';

export interface JambonzParts {
  /** Answers in jambonz verbs. */
  readonly keepCall: KeepCall;
  readonly noteStatus: NoteStatus;
  /** The account's webhook secret. */
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly count: (what: 'answered' | 'spooled' | 'refused' | 'not-kept') => void;
}

const STATUS_PATH = '/webhooks/jambonz/status';
const STATUS_MS = 2_500;
/** How old a signed request may be. */
const FRESH_MS = 300_000;
const BUSY_HERE = 486;
const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** What jambonz calls: verify → parse → answer, as for Twilio. Its first request holds the whole invitation, hence the size. */
export function jambonzRoutes(parts: JambonzParts): Router {
  const router = express.Router();
  const signed = [express.raw({ type: 'application/json', limit: '64kb' }), verifySignature(parts)];
  router.post(JAMBONZ_PATH, ...signed, voice(parts));
  router.post(STATUS_PATH, ...signed, status(parts));
  router.use([JAMBONZ_PATH, STATUS_PATH], answerRefusal(parts));
  return router;
}

/** The signature covers the time and the body as sent, so that an old request cannot be sent again later. */
function verifySignature({ secret, clock, count }: JambonzParts): RequestHandler {
  return (request, response, next) => {
    const body: unknown = request.body;
    const [, time, signature] = SIGNATURE.exec(request.header('jambonz-signature') ?? '') ?? [];
    const given = Buffer.isBuffer(body) && time && signature ? { secret, body, time, signature } : undefined;
    if (given && isFresh(given.time, clock) && isSigned(given)) {
      response.locals['json'] = given.body.toString('utf8');
      return next();
    }
    count('refused');
    response.status(403).end();
  };
}

function isFresh(time: string, clock: Clock): boolean {
  return Math.abs(clock.real().getTime() - Number(time) * 1000) <= FRESH_MS;
}

interface Signed {
  readonly secret: string;
  readonly body: Buffer;
  readonly time: string;
  readonly signature: string;
}

function isSigned({ secret, body, time, signature }: Signed): boolean {
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

function voice({ keepCall, log, count }: JambonzParts): RequestHandler {
  return async (request, response) => {
    const body = JambonzBody.safeParse(parseJson(response));
    if (!body.success) {
      count('refused');
      return void response.status(403).end();
    }
    const call = toCallRequest(request, body.data);
    try {
      const kept = await keepCall(call);
      count(kept.how);
      send(response, kept.how === 'answered' ? kept.markup : renderJambonz(spooledActs(receiptOf(call.callId))));
    } catch (error) {
      log.error({ call: call.callId, err: error }, 'a call could not be kept at all');
      count('not-kept');
      // Nothing comes after us at jambonz, so the caller is told at once.
      send(response, renderJambonz(CALL_AGAIN));
    }
  };
}

function send(response: Response, verbs: string): void {
  response.status(200).type('application/json').send(verbs);
}

function parseJson(response: Response): unknown {
  try {
    return JSON.parse(response.locals['json'] as string);
  } catch {
    return undefined;
  }
}

function toCallRequest(request: Request, body: JambonzBody): CallRequest {
  const turn = Number(request.query['turn'] ?? '1');
  return {
    callId: callIdOfUuid(body.call_sid),
    turn: Number.isSafeInteger(turn) && turn >= 1 ? turn : 1,
    from: internationalForm(body.from),
    to: internationalForm(body.to),
    ...(body.digits === '' ? {} : { pressed: body.digits }),
    forwarded: Object.keys(body.sip?.headers ?? {}).some((name) => name.toLowerCase() === 'diversion'),
  };
}

function status({ noteStatus, log, count }: JambonzParts): RequestHandler {
  return async (_request, response) => {
    const body = JambonzStatus.safeParse(parseJson(response));
    if (!body.success) {
      count('refused');
      return void response.status(403).end();
    }
    const callId = callIdOfUuid(body.data.call_sid);
    try {
      await within(STATUS_MS, noteStatus({ callId, ...progressOf(body.data) }));
    } catch (error) {
      log.warn({ call: callId, err: error }, 'a status was not kept; the call itself is not touched by it');
    }
    response.status(204).end();
  };
}

/** A call that we did not take is `failed` at jambonz, with the status we gave it. */
function progressOf({
  call_status,
  sip_status,
  duration,
}: JambonzStatus): Pick<StatusReport, 'status' | 'durationSec'> {
  const status = call_status === 'failed' && sip_status === BUSY_HERE ? 'busy' : call_status;
  return { status, ...(duration === undefined ? {} : { durationSec: duration }) };
}

/** Too large, undecodable: a bare status, never a page. */
function answerRefusal({ log, count }: JambonzParts) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error);
    const code = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
    count('refused');
    if (typeof code === 'number' && code < 500) return void response.status(code === 413 ? 413 : 403).end();
    log.error({ err: error }, 'a webhook of jambonz failed');
    response.status(500).end();
  };
}
