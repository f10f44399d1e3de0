import type { Gather, Prompt, Verb } from './twiml-reader.ts';

/** How fast a synthetic voice reads kana; with it a transcript has seconds without anybody waiting for them. */
const KANA_PER_SECOND = 7;
const SECONDS_PER_KEY = 0.5;
/** A recording's length is unknown here; a short announcement is assumed. */
const SECONDS_PER_RECORDING = 3;

/** What a question listened for. */
export interface Ask {
  readonly numDigits?: number;
  readonly timeout: number;
  readonly finishOnKey: string;
  readonly action: string;
}

/** What the carrier does after a document: ask the service again, or end the call. */
export type Next =
  | { readonly kind: 'request'; readonly to: string; readonly keys?: { digits: string; finishedOnKey: string } }
  | { readonly kind: 'end' | 'hangup' | 'caller hung up' }
  | { readonly kind: 'rejected'; readonly reason: 'rejected' | 'busy' };

/** One document as the caller lived through it; `until` is the virtual second at which it was over. */
export interface DocumentHeard {
  readonly say: readonly string[];
  readonly ask?: Ask;
  readonly press?: string;
  readonly answered: boolean;
  readonly until: number;
  readonly next: Next;
}

/** Document, virtual seconds since the ring, the second at which the caller gives up, and his keys at each question. */
export interface DocumentToPlay {
  readonly verbs: readonly Verb[];
  readonly startedAt: number;
  readonly hangUpAt: number;
  readonly pressNext: () => string | undefined;
}

/** Plays one document in the order of its verbs, in virtual time, until something leaves it. */
export function playDocument({ verbs, startedAt, hangUpAt, pressNext }: DocumentToPlay): DocumentHeard {
  const ear = createEar(startedAt, hangUpAt);
  let answered = false;
  let asked: { ask?: Ask; press?: string } = {};
  const leave = (next: Next): DocumentHeard => ({ say: ear.heard, ...asked, answered, until: ear.now(), next });

  const ask = (gather: Gather): Next | undefined => {
    asked = { ask: describe(gather) };
    if (!gather.prompts.every(ear.hear)) return { kind: 'caller hung up' };
    const press = gather.listens ? pressNext() : undefined;
    if (press !== undefined) asked = { ...asked, press };
    return answerGather(gather, press ?? '', ear);
  };

  if (startedAt >= hangUpAt) return leave({ kind: 'caller hung up' });
  for (const verb of verbs) {
    answered ||= picksUp(verb);
    const next = verb.verb === 'gather' ? ask(verb) : obey(verb, ear);
    if (next) return leave(next);
  }
  answered = true;
  return leave({ kind: 'end' });
}

/** A refusal, a redirect and a leading pause leave the telephone ringing; every other verb picks it up, which is billed. */
function picksUp({ verb }: Verb): boolean {
  return verb !== 'reject' && verb !== 'redirect' && verb !== 'pause';
}

function obey(verb: Exclude<Verb, Gather>, ear: Ear): Next | undefined {
  switch (verb.verb) {
    case 'reject':
      return { kind: 'rejected', reason: verb.reason };
    case 'hangup':
      return { kind: 'hangup' };
    case 'redirect':
      return { kind: 'request', to: verb.to };
    default:
      return ear.hear(verb) ? undefined : { kind: 'caller hung up' };
  }
}

function answerGather(gather: Gather, pressed: string, ear: Ear): Next | undefined {
  const { digits, finishedOnKey, complete } = collect(gather, pressed);
  const seconds = pressed.length * SECONDS_PER_KEY + (complete ? 0 : gather.timeout);
  if (!ear.wait(seconds)) return { kind: 'caller hung up' };
  if (digits === '' && !gather.actionOnEmptyResult) return undefined;
  return { kind: 'request', to: gather.action, keys: { digits, finishedOnKey } };
}

/** The finish key submits and is not part of the digits; so does the last digit asked for; keys after that are lost. */
function collect({ finishOnKey, numDigits }: Gather, pressed: string) {
  let digits = '';
  for (const key of pressed) {
    if (finishOnKey.includes(key)) return { digits, finishedOnKey: key, complete: true };
    digits += key;
    if (digits.length === numDigits) return { digits, finishedOnKey: '', complete: true };
  }
  return { digits, finishedOnKey: '', complete: false };
}

function describe({ numDigits, timeout, finishOnKey, action }: Gather): Ask {
  return { ...(numDigits === undefined ? {} : { numDigits }), timeout, finishOnKey, action };
}

type Ear = ReturnType<typeof createEar>;

/** The caller's ear and patience; each answer says whether he is still on the line. */
function createEar(startedAt: number, hangUpAt: number) {
  const heard: string[] = [];
  let at = startedAt;
  const wait = (seconds: number): boolean => {
    const stays = at + seconds < hangUpAt;
    at = stays ? at + seconds : hangUpAt;
    return stays;
  };
  const say = (text: string, loop: number): boolean => {
    const letters = Array.from(text);
    const reached = Math.floor((hangUpAt - at) * KANA_PER_SECOND);
    if (reached > 0) heard.push(letters.length <= reached ? text : `${letters.slice(0, reached).join('')}…`);
    return wait((letters.length / KANA_PER_SECOND) * loop);
  };
  const hear = (prompt: Prompt): boolean => {
    if (prompt.verb === 'pause') return wait(prompt.seconds);
    if (prompt.verb === 'say') return say(prompt.text, prompt.loop);
    const once = prompt.keys === '' ? SECONDS_PER_RECORDING : prompt.keys.length * SECONDS_PER_KEY;
    return wait(once * prompt.loop);
  };
  return { heard, hear, wait, now: () => at };
}
