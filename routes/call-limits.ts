import type { RequestHandler, Response } from 'express';
import { CALL_AGAIN } from '../ivr/last-words.ts';
import type { Act } from '../ivr/verbs.ts';
import type { CallId, E164 } from '../src/domain/ids.ts';
import { readCaller } from '../src/domain/phone-number.ts';
import type { Clock, Log } from '../src/ports.ts';
import { within } from '../src/services/keep-call.ts';
import { type EnterPlace, type StartTimer, createPlaces, startTimer } from '../src/services/limited-places.ts';
import type { CarrierForm } from './carrier-form.ts';
import { createMinuteCount, createMinuteRecall } from './minute-memory.ts';

/** How much is let in; a morning at a site of forty stays far below all of them. */
export const CALL_LIMITS = {
  /** Requests of calls that are worked on at once, and how many more may wait how long for their turn. */
  atOnce: 200,
  line: 400,
  waitMs: 700,
  /** Calls of one number in a minute, unless a worker uses it. */
  callsPerMinute: 30,
  /** Refused requests of one address in a minute, after which an unsigned one is not even read. */
  refusalsPerMinute: 100,
  /** So many refused requests in a minute, from anywhere, are an alarm. */
  burst: 20,
} as const;

const MINUTE_MS = 60_000;
/** How long the register may take to say whose number it is; in doubt nobody is turned away. */
const REGISTER_MS = 500;

export interface CallLimitParts {
  readonly limits?: Readonly<Record<keyof typeof CALL_LIMITS, number>>;
  readonly clock: Pick<Clock, 'real'>;
  /** Whether a worker uses the number; asked only when the number is over its limit. */
  readonly isRegistered: (number: E164) => Promise<boolean>;
  readonly render: (acts: readonly Act[]) => string;
  readonly log: Pick<Log, 'error'>;
  readonly count: (what: 'crowded' | 'limited') => void;
  readonly alarm: (what: 'refused-burst') => void;
  readonly startTimer?: StartTimer;
}

export interface CallLimits {
  /** Before the body is read: counts what is refused with 403, and stops reading unsigned requests of an address that sends many. */
  readonly refusals: RequestHandler;
  /** After the form is read: not too many calls at once, and not too many of one stranger. */
  readonly calls: RequestHandler;
}

/** Keeps a rush or an attack from making everybody wait: who cannot be served hears at once that he must call again. */
export function createCallLimits(parts: CallLimitParts): CallLimits {
  const limits = parts.limits ?? CALL_LIMITS;
  const enter = createPlaces({
    places: limits.atOnce,
    line: limits.line,
    waitMs: limits.waitMs,
    startTimer: parts.startTimer ?? startTimer,
  });
  return {
    refusals: watchRefusals(parts, limits),
    calls: admitCalls(parts, createCallerLimit(parts, limits.callsPerMinute), enter),
  };
}

type Limits = NonNullable<CallLimitParts['limits']>;

/** All calls come from the carrier's addresses or through one proxy, so a signed request is never stopped by its address. */
function watchRefusals(parts: CallLimitParts, { refusalsPerMinute, burst }: Limits): RequestHandler {
  const perMinute = createMinuteCount(parts.clock);
  const noteBurst = createBurstAlarm(parts, burst);
  return async (request, response, next) => {
    const address = request.ip ?? '';
    response.once('finish', () => {
      if (response.statusCode !== 403) return;
      noteBurst();
      void perMinute.add(address);
    });
    const signed = (request.header('x-twilio-signature') ?? '') !== '';
    if (signed || (await perMinute.read(address)) < refusalsPerMinute) return next();
    response.status(403).set('connection', 'close').end();
  };
}

/** One alarm for each burst: the next one only after it was quiet for a while. */
function createBurstAlarm({ clock, log, alarm }: CallLimitParts, burst: number): () => void {
  const recent: number[] = [];
  let alarmed = false;
  return () => {
    const now = clock.real().getTime();
    recent.push(now);
    if (recent.length > burst) recent.shift();
    const bursting = recent.length === burst && now - (recent[0] ?? now) < MINUTE_MS;
    if (bursting && !alarmed) {
      alarm('refused-burst');
      log.error(
        { alarm: 'refused-burst', refused: burst, withinSec: MINUTE_MS / 1000 },
        'many requests are refused: somebody tries, or PUBLIC_BASE_URL, the account or a token is not what the carrier has',
      );
    }
    alarmed = bursting;
  };
}

function admitCalls(parts: CallLimitParts, isOver: CallerLimit, enter: EnterPlace): RequestHandler {
  function turnAway(response: Response, what: 'crowded' | 'limited'): void {
    parts.count(what);
    response.status(200).type('text/xml; charset=utf-8').send(parts.render(CALL_AGAIN));
  }
  return async (request, response, next) => {
    const form = response.locals['form'] as CarrierForm;
    const first = (request.query['turn'] ?? '1') === '1';
    if (first && (await isOver(form.From, form.CallSid))) return turnAway(response, 'limited');
    const leave = await enter();
    if (!leave) return turnAway(response, 'crowded');
    // Whoever hung up while he waited is kept all the same; only his place is free at once.
    if (response.destroyed) leave();
    else response.once('close', leave);
    next();
  };
}

type CallerLimit = (from: string, callId: CallId) => Promise<boolean>;

/**
 * Whether a call is one too many of its number. A repeated request is the same call and fares as it did before. Withheld callers
 * share one sentinel and are not counted, or one of them would block all others.
 */
function createCallerLimit({ clock, isRegistered }: CallLimitParts, callsPerMinute: number): CallerLimit {
  const perMinute = createMinuteCount(clock);
  const recall = createMinuteRecall<Promise<boolean>>(clock);
  return async function isOver(from, callId) {
    const caller = readCaller(from);
    if (caller.kind !== 'number') return false;
    return recall(callId, async () => {
      const calls = await perMinute.add(caller.number);
      return calls > callsPerMinute && !(await isWorkers(isRegistered, caller.number));
    });
  };
}

/** A register that is away or slow makes nobody a stranger. */
async function isWorkers(isRegistered: CallLimitParts['isRegistered'], number: E164): Promise<boolean> {
  try {
    return await within(REGISTER_MS, isRegistered(number));
  } catch {
    return true;
  }
}
