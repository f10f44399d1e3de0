import { type LineFaults, createBadLine } from './bad-line.ts';
import {
  CARRIER_PATHS,
  type Caller,
  type Send,
  createSignedSend,
  describeCall,
  describeEnd,
} from './carrier-request.ts';
import { type CallEnd, type Over, type Progress, RINGING, type Turn, createTurn } from './carrier-turn.ts';

/** What arrives in Japan when a caller hides his number: A-N-O-N-Y-M-O-U-S on the keys. */
const WITHHELD = '+266696687';

/** Either a way to send (an app under test) or an address and the token to sign with. */
type Way = { readonly send: Send } | { readonly send?: never; readonly baseUrl: string; readonly token: string };

/**
 * A call to play. `press` holds the keys at each question in turn, undefined for silence. `hangupAfterMs` is virtual
 * time, `hangupAfterTurns` counts answers. `repeat` sends the first request twice. `fallback` lets the carrier turn to
 * the fallback address once when a document cannot be had. `faults` are those of the network.
 */
export type CallToPlay = Way &
  Caller & {
    readonly publicBaseUrl: string;
    readonly press?: readonly (string | undefined)[];
    readonly hangupAfterMs?: number;
    readonly hangupAfterTurns?: number;
    readonly withheld?: boolean;
    readonly repeat?: boolean;
    readonly fallback?: boolean;
    readonly faults?: LineFaults;
    readonly now?: () => Date;
  };

/**
 * A call that was played. `complaint` is the carrier's sentence about an answer it could not use; `repeatedAlike` says
 * whether requests sent twice were answered the same, byte for byte; `seconds` is virtual time.
 */
export interface PlayedCall {
  readonly callId: string;
  readonly turns: readonly Turn[];
  readonly ended: CallEnd;
  readonly answered: boolean;
  readonly seconds: number;
  readonly complaint?: string;
  readonly repeatedAlike?: boolean;
}

/** What arrives as the caller's number. */
export function callerNumber({ withheld, from }: Pick<CallToPlay, 'withheld' | 'from'>): string {
  return withheld ? WITHHELD : from;
}

/** Plays a whole call as the carrier does: requests, documents in order, keys, and the status callback at the end. */
export async function playCall(call: CallToPlay): Promise<PlayedCall> {
  const caller = { ...call, from: callerNumber(call) };
  const { send, repeats } = createBadLine(call.send ?? createSignedSend(call), call.faults);
  const report = async (status: string, seconds: number): Promise<void> => {
    const end = describeEnd({ seconds, at: call.now?.() ?? new Date() });
    await send(CARRIER_PATHS.status, { ...describeCall(caller, status), ...end });
  };
  const callback = placeCallback(call.faults);
  if (callback === 'first') await report('completed', 0);

  const takeTurn = createTurn({ caller, send, publicBaseUrl: call.publicBaseUrl, ...readConduct(call) });
  let progress = RINGING;
  while (!progress.over) progress = await takeTurn(progress);

  if (callback === 'last') await report(progress.over.status, progress.answered ? progress.seconds : 0);
  return summarise(call.callId, { ...progress, repeats: [...progress.repeats, ...repeats] }, progress.over);
}

function placeCallback({ statusFirst, statusLost }: LineFaults = {}): 'first' | 'last' | 'lost' {
  if (statusFirst) return 'first';
  return statusLost ? 'lost' : 'last';
}

/** How the caller and the network behave: his keys, his patience, what is sent twice. */
function readConduct({ press = [], hangupAfterMs, hangupAfterTurns, repeat, fallback, faults }: CallToPlay) {
  const keys = [...press];
  return {
    pressNext: () => keys.shift(),
    hangUpAt: (hangupAfterMs ?? Infinity) / 1000,
    hangUpAfterTurns: hangupAfterTurns ?? Infinity,
    isTwice: (turn: number) => faults?.everyTurnTwice === true || (repeat === true && turn === 0),
    isLost: () => faults?.lastTurnLost === true && keys.length === 0,
    fallback: fallback === true,
  };
}

function summarise(callId: string, progress: Progress, { ended, complaint }: Over): PlayedCall {
  const { turns, answered, seconds, repeats } = progress;
  return {
    ...{ callId, turns, ended, answered, seconds },
    ...(complaint === undefined ? {} : { complaint }),
    ...(repeats.length === 0 ? {} : { repeatedAlike: !repeats.includes(false) }),
  };
}
