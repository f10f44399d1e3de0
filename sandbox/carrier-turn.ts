import { type Outcome, accept, refuse } from '../src/domain/outcome.ts';
import { isAlike } from './bad-line.ts';
import {
  CARRIER_PATHS,
  type Caller,
  type CarrierAnswer,
  type CarrierForm,
  type Send,
  describeCall,
} from './carrier-request.ts';
import { type Ask, type Next, playDocument } from './document-player.ts';
import { type TwimlRefusal, type Verb, readTwiml } from './twiml-reader.ts';

/** A loop of redirects ends here, as it would at the carrier. */
const MAX_TURNS = 20;

/** One request of the carrier and what the caller made of the answer. */
export interface Turn {
  readonly path: string;
  readonly status: number;
  readonly markup: string;
  readonly say: readonly string[];
  readonly ask?: Ask;
  readonly press?: string;
}

export type CallEnd =
  | 'end'
  | 'hangup'
  | 'rejected'
  | 'caller hung up'
  | 'lost on the way'
  | 'no answer'
  | 'unreadable answer'
  | 'too many turns'
  | `http ${number}`;

/** Where a call stands between two requests: the next path with what its form adds, or how it is over. */
export interface Progress {
  readonly path: string;
  readonly added: CarrierForm;
  readonly turns: readonly Turn[];
  readonly repeats: readonly boolean[];
  readonly seconds: number;
  readonly answered: boolean;
  readonly fellBack: boolean;
  readonly over?: Over;
}

/** How a call ended, the CallStatus the carrier reports for it, and its complaint when a document was no use. */
export interface Over {
  readonly ended: CallEnd;
  readonly status: 'completed' | 'busy' | 'no-answer';
  readonly complaint?: string;
}

/** A call that nobody has asked the service about yet. */
export const RINGING: Progress = {
  path: CARRIER_PATHS.voice,
  added: {},
  turns: [],
  repeats: [],
  seconds: 0,
  answered: false,
  fellBack: false,
};

/** What stays the same through all turns of one call; `hangUpAt` is in virtual seconds. */
export interface Playing {
  readonly caller: Caller;
  readonly send: Send;
  readonly publicBaseUrl: string;
  readonly pressNext: () => string | undefined;
  readonly hangUpAt: number;
  readonly hangUpAfterTurns: number;
  readonly isTwice: (turn: number) => boolean;
  /** Whether the next request never reaches the service. */
  readonly isLost: () => boolean;
  readonly fallback: boolean;
}

/** Makes the step from one request to the next: ask, read the answer, live through it, decide what the carrier does. */
export function createTurn(playing: Playing): (progress: Progress) => Promise<Progress> {
  const { caller, send, pressNext, hangUpAt } = playing;
  return async (progress) => {
    const { path, turns, repeats, seconds: startedAt } = progress;
    if (playing.isLost()) return lose(progress);
    const form = { ...describeCall(caller, progress.answered ? 'in-progress' : 'ringing'), ...progress.added };
    const answer = await send(path, form);
    const second = playing.isTwice(turns.length) ? await send(path, form) : undefined;
    const asked = { ...progress, repeats: second ? [...repeats, isAlike(answer, second)] : repeats };
    const taken = { path, status: answer.status, markup: answer.text };

    const verbs = judgeAnswer(answer);
    if (!verbs.ok) {
      const deaf = { ...asked, turns: [...turns, { ...taken, say: [] }] };
      return recover(playing, deaf, { ended: nameFault(answer), errorCode: verbs.code, complaint: verbs.detail });
    }
    const played = playDocument({ verbs: verbs.value, startedAt, hangUpAt, pressNext });
    const { next, answered, until: seconds, ...heard } = played;
    const lived = { turns: [...turns, { ...taken, ...heard }], answered: progress.answered || answered, seconds };
    return proceed(playing, { ...asked, ...lived }, next);
  };
}

/** A request that got lost, and a caller who waited for nothing. */
function lose(progress: Progress): Progress {
  return { ...progress, over: { ended: 'lost on the way', status: progress.answered ? 'completed' : 'no-answer' } };
}

type CarrierError = TwimlRefusal | '11100' | '11200' | '12300';

function judgeAnswer(answer: CarrierAnswer): Outcome<readonly Verb[], CarrierError> {
  if (answer.status === 0) return refuse('11200', answer.text);
  if (answer.status !== 200) return refuse('11200', `The service answered ${answer.status}.`);
  if (!/^(text|application)\/xml\b/.test(answer.type))
    return refuse('12300', `The answer came as "${answer.type}", not as XML.`);
  return readTwiml(answer.text);
}

function nameFault({ status }: CarrierAnswer): CallEnd {
  if (status === 0) return 'no answer';
  return status === 200 ? 'unreadable answer' : `http ${status}`;
}

interface Fault {
  readonly ended: CallEnd;
  readonly errorCode: CarrierError;
  readonly complaint: string | undefined;
}

/** A document that cannot be used sends the carrier to the fallback address, once; without one the call is over. */
function recover({ fallback, publicBaseUrl }: Playing, progress: Progress, fault: Fault): Progress {
  const { ended, errorCode, complaint = `Carrier error ${errorCode}.` } = fault;
  if (!fallback || progress.fellBack) return { ...progress, over: { ended, status: 'completed', complaint } };
  const added = { ErrorCode: errorCode, ErrorUrl: publicBaseUrl + progress.path };
  return { ...progress, path: CARRIER_PATHS.fallback, added, fellBack: true };
}

function proceed(playing: Playing, progress: Progress, next: Next): Progress {
  const silent = progress.answered ? 'completed' : 'no-answer';
  if (next.kind === 'rejected') {
    const status = next.reason === 'busy' && !progress.answered ? 'busy' : silent;
    return { ...progress, over: { ended: 'rejected', status } };
  }
  if (next.kind !== 'request') return { ...progress, over: { ended: next.kind, status: silent } };
  if (progress.turns.length >= playing.hangUpAfterTurns)
    return { ...progress, over: { ended: 'caller hung up', status: silent } };
  if (progress.turns.length >= MAX_TURNS) {
    const complaint = `The call did not end within ${MAX_TURNS} turns.`;
    return { ...progress, over: { ended: 'too many turns', status: 'completed', complaint } };
  }
  const path = resolvePath({ to: next.to, path: progress.path, publicBaseUrl: playing.publicBaseUrl });
  if (!path.ok)
    return recover(playing, progress, { ended: 'unreadable answer', errorCode: path.code, complaint: path.detail });
  return { ...progress, path: path.value, added: next.keys ? describeKeys(next.keys) : {} };
}

function describeKeys({ digits, finishedOnKey }: { digits: string; finishedOnKey: string }): CarrierForm {
  return { Digits: digits, FinishedOnKey: finishedOnKey, msg: 'Gather End' };
}

/** An address in a document counts from the one it came from; an empty one is that same one. */
function resolvePath(from: { to: string; path: string; publicBaseUrl: string }): Outcome<string, '11100'> {
  const complaint = `The document sends the carrier to "${from.to}", which is not below the public address.`;
  const base = from.publicBaseUrl + from.path;
  if (!URL.canParse(from.to, base)) return refuse('11100', complaint);
  const url = new URL(from.to, base);
  url.hash = '';
  const root = new URL(from.publicBaseUrl).href.replace(/\/$/, '');
  return url.href.startsWith(`${root}/`) ? accept(url.href.slice(root.length)) : refuse('11100', complaint);
}
