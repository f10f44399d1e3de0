import type { Spool, SpooledCall, Taken } from '../ports-spool.ts';
import type { Clock, Log } from '../ports.ts';
import type { AnswerCall } from './answer-call.ts';
import type { CallRequest } from './find-call-facts.ts';
import { createNudgedLoop } from './nudged-loop.ts';

interface Parts {
  readonly answerCall: AnswerCall;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the database answers. */
  readonly probe: () => Promise<void>;
  readonly isDatabaseAway: (error: unknown) => boolean;
  /** How long the database may take for a call; two seconds. */
  readonly patienceMs?: number;
  /** Told when the database answers again after it was away. */
  readonly back: () => void;
}

/** How a call was kept: recorded with its answer, or put aside on disk. */
export type Kept = { readonly how: 'answered'; readonly markup: string } | { readonly how: 'spooled' };

/** Answers a call, or keeps it on disk while the database is away; throws only when neither worked. */
export type KeepCall = (request: CallRequest) => Promise<Kept>;

/** What the database may take before the call goes to the spool, and what the spool may take. */
const PATIENCE_MS = 2_000;
const SPOOL_MS = 800;
/** Within this a caller hears something; what the database did not use of it, the spool may. */
const ANSWER_MS = 2_800;
const PROBE_MS = 1_000;

/**
 * Nothing that rang is lost: a call that the database does not take in time is synced to local disk and taken up later, at its own time.
 * After one failure the calls that follow go to disk at once, until a probe finds the database again.
 */
export function createKeepCall(parts: Parts): { keepCall: KeepCall; start: () => void; stop: () => Promise<void> } {
  const { answerCall, spool, clock, log, probe, back, patienceMs = PATIENCE_MS } = parts;
  const takeUp = createTakeUp(parts);
  let away = false;

  const drain = createNudgedLoop({
    name: 'spool',
    log,
    pauseMs: PROBE_MS,
    async work() {
      try {
        await within(patienceMs, probe());
      } catch {
        return PROBE_MS;
      }
      const wasAway = away;
      away = false;
      if (wasAway) back();
      return (await spool.drain(takeUp)) ? undefined : PROBE_MS;
    },
  });

  async function put(request: CallRequest, began: number): Promise<Kept> {
    const { late: _late, ...call } = request;
    const left = Math.max(SPOOL_MS, ANSWER_MS - (performance.now() - began));
    await within(left, spool.append({ ...call, receivedAt: clock.now() }));
    drain.nudge();
    return { how: 'spooled' };
  }

  return {
    async keepCall(request) {
      const began = performance.now();
      if (away) return put(request, began);
      try {
        return { how: 'answered', markup: await within(patienceMs, answerCall(request)) };
      } catch (error) {
        log.error({ call: request.callId, err: error }, 'a call could not be stored and goes to the spool');
        away = error instanceof Late || parts.isDatabaseAway(error);
        return put(request, began);
      }
    },
    /** Takes up what earlier processes left. */
    start: () => drain.nudge(0),
    async stop() {
      await drain.stop();
      await spool.close();
    },
  };
}

/** Takes one kept call up at its own time. */
function createTakeUp({ answerCall, isDatabaseAway, log }: Parts) {
  return async function takeUp({ receivedAt, ...request }: SpooledCall): Promise<Taken> {
    try {
      await answerCall({ ...request, late: { at: receivedAt, source: 'spool' } });
      return 'stored';
    } catch (error) {
      if (isDatabaseAway(error)) return 'away';
      log.error({ call: request.callId, err: error }, 'a spooled call failed');
      return 'refused';
    }
  };
}

class Late extends Error {}

/** Ends in an error when something takes longer; what it still does later is found by its key. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Late(`not done within ${String(ms)} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
