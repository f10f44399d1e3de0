import { type Outcome, accept } from '../src/domain/outcome.ts';
import { readCaller, readLineNumber } from '../src/domain/phone-number.ts';
import type { CallToPlay } from './carrier-player.ts';
import { readFaults } from './fault-words.ts';
import { decline, readCount, readDuration, readMoment, readPress } from './read-words.ts';
import { type AddressWords, type Surroundings, findService } from './service-address.ts';

/** The words of the command line, or of one call in a script, as typed. */
export interface CallWords extends AddressWords {
  readonly from?: string;
  readonly to: string;
  readonly press?: readonly string[];
  readonly hangupAfter?: string;
  readonly hangupAfterTurns?: string;
  readonly withheld?: boolean;
  readonly repeat?: boolean;
  readonly fault?: readonly string[];
  readonly callId?: string;
  readonly at?: string;
  readonly listed?: boolean;
}

/** A call that can be played over HTTP. */
export type CallPlan = Extract<CallToPlay, { baseUrl: string }>;

/** A call and what happens around it in the world outside: the clock, the database, the carrier's own list. */
export interface ScenePlan {
  readonly call: CallPlan;
  /** What the sandbox's clock is set to before the call; `now` sets it right. */
  readonly at?: string;
  readonly databaseAway: boolean;
  readonly listed: boolean;
}

/** The surroundings, and an id for a call that was not given one. */
export type CallSurroundings = Surroundings & { readonly newCallId: string };

/** Turns the words into a call, or says in a sentence what is missing; the environment wins over the secrets. */
export function planCall(words: CallWords, around: CallSurroundings): Outcome<CallPlan, 'call-unplayable'> {
  const service = findService(words, around);
  if (!service.ok) return service;
  const from = readFrom(words);
  if (!from.ok) return from;
  const to = readLineNumber(words.to);
  if (!to.ok) return decline(`"${words.to}" is not a telephone number: --to takes the number of a line.`);
  const conduct = readConduct(words);
  if (!conduct.ok) return conduct;
  const callId = words.callId ?? around.newCallId;
  if (!/^CA[0-9a-f]{32}$/.test(callId)) return decline('A call id is CA and 32 characters of 0-9 and a-f.');
  return accept({ ...service.value, ...conduct.value, from: from.value, to: to.value, callId });
}

/** The same with what happens around the call. */
export function planScene(words: CallWords, around: CallSurroundings): Outcome<ScenePlan, 'call-unplayable'> {
  const call = planCall(words, around);
  if (!call.ok) return call;
  const named = readFaults(words.fault ?? []);
  if (!named.ok) return named;
  const at = words.at === undefined || words.at === 'now' ? words.at : readMoment(words.at);
  if (words.at !== undefined && at === undefined)
    return decline(`"${words.at}" is not a time: --at takes 2026-11-24T07:41 (Tokyo), or now to set the clock right.`);
  const { databaseAway } = named.value;
  return accept({ call: call.value, databaseAway, listed: words.listed === true, ...(at === undefined ? {} : { at }) });
}

type Conduct = Pick<CallPlan, 'withheld' | 'repeat' | 'press' | 'faults' | 'hangupAfterMs' | 'hangupAfterTurns'>;

/** How the caller and the network behave. */
function readConduct(words: CallWords): Outcome<Conduct, 'call-unplayable'> {
  const patience = readPatience(words);
  if (!patience.ok) return patience;
  const press = readPress(words.press ?? []);
  if (!press.ok) return press;
  const named = readFaults(words.fault ?? []);
  if (!named.ok) return named;
  const { faults } = named.value;
  const own = { withheld: words.withheld === true, repeat: words.repeat === true, press: press.value };
  return accept({ ...own, ...patience.value, ...(Object.keys(faults).length > 0 ? { faults } : {}) });
}

/** Whatever a carrier could send may be played: a number, a word for a withheld one, an impossible one with its plus. */
function readFrom({ from, withheld }: CallWords): Outcome<string, 'call-unplayable'> {
  if (from === undefined) return withheld ? accept('') : decline('Say who calls: --from 090-…, or --withheld.');
  const asSent = from.trim();
  if (/^\+\d+$/.test(asSent) || ['withheld', 'client', 'sip'].includes(readCaller(asSent).kind)) return accept(asSent);
  const number = readLineNumber(from);
  return number.ok
    ? number
    : decline(`"${from}" is not a telephone number; to play an impossible one, begin it with +.`);
}

type Patience = Pick<CallPlan, 'hangupAfterMs' | 'hangupAfterTurns'>;

function readPatience({ hangupAfter, hangupAfterTurns }: CallWords): Outcome<Patience, 'call-unplayable'> {
  const ms = hangupAfter === undefined ? undefined : readDuration(hangupAfter);
  if (hangupAfter !== undefined && ms === undefined)
    return decline(`"${hangupAfter}" is not a time: --hangup-after takes 2s or 1500ms.`);
  const turns = hangupAfterTurns === undefined ? undefined : readCount(hangupAfterTurns, { min: 1, max: 20 });
  if (hangupAfterTurns !== undefined && turns === undefined)
    return decline(`"${hangupAfterTurns}" is not a number of turns: --hangup-after-turns takes 1 to 20.`);
  return accept({
    ...(ms === undefined ? {} : { hangupAfterMs: ms }),
    ...(turns === undefined ? {} : { hangupAfterTurns: turns }),
  });
}
