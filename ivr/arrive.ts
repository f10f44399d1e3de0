import type { KnownBy, Recalled, TurnOutcome } from '../src/domain/ledger.ts';
import type { Passage } from '../src/domain/passage.ts';
import { type Decision, type Step, decide } from '../src/domain/sequence.ts';
import { isForgotten, readStays } from '../src/domain/stays.ts';
import { tokyoTime } from '../src/domain/work-day.ts';
import { keep } from './ask.ts';
import { askUpper } from './ask-upper.ts';
import type { Facts, Person, Place, Reply } from './facts.ts';
import type { Prompt, Words } from './prompt-words.ts';
import { speakableName } from './prompts.ts';
import type { Act } from './verbs.ts';

/** How long a receipt listens for a key before the call ends by itself. */
const LISTEN_SEC = 4;
/** So many records of a worker are always spoken: he learns what the line does. */
const LEARNING = 3;
const SHORT_STAY_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Whoever heard no receipt calls again: what rang within half an hour of a record is the same arrival, never a leaving. */
const UNHEARD_WINDOW_SEC = 1_800;

/** Who came where, and how we know him. */
export interface Arrival {
  readonly person: Person;
  readonly place: Place;
  readonly as: KnownBy;
}

/** Which way, and the receipt. */
export function arrive(arrival: Arrival, facts: Facts): Reply {
  const { person, place, as } = arrival;
  if (!place.phoneEnabled) return keep('unknown-site', facts, person);
  if (as === 'companion' && facts.companionsToday >= place.companionDailyLimit) return keep('companion', facts, person);
  const decision = decideFor(arrival, facts);
  if (goesBeyondLeaving(person, decision)) return keep('no-employer', facts, person);
  const reply: Reply = {
    acts: isSpoken(arrival, decision, facts) ? receipt(arrival, decision, facts) : [{ verb: 'reject' }],
    conversation: {
      waitingFor: 'after',
      tries: 0,
      workerId: person.workerId,
      as,
      ...(decision.kind === 'record' ? made(person, decision.steps) : repeats(decision.of, facts.at)),
    },
    outcome: outcomeOf(decision),
    workerId: person.workerId,
    siteId: place.siteId,
    steps: decision.kind === 'record' ? decision.steps : [],
    flags: as === 'own' ? [] : [as],
  };
  return choosesUpper(arrival, decision, facts) ? askUpper(reply, facts) : reply;
}

/** Only somebody who comes, and only where it matters. */
function choosesUpper({ person, place, as }: Arrival, decision: Decision, facts: Facts): boolean {
  if (decision.kind !== 'record' || decision.steps.at(-1)?.direction !== 'entry') return false;
  const isHeard = facts.turn > 1 || facts.answer !== 'never';
  return isHeard && as !== 'group' && facts.uppersOf(person.workerId, place.siteId).length > 0;
}

/** Whoever has left his firm can only be recorded leaving the site on which he still is. */
function goesBeyondLeaving({ leaving }: Person, decision: Decision): boolean {
  if (leaving === undefined || decision.kind === 'repeat') return false;
  return decision.steps.some(({ direction, siteId }) => direction !== 'exit' || siteId !== leaving);
}

/** The direction by the rule of the sequence, or by the line's fixed meaning. */
export function decideFor({ person, place }: Arrival, { line, at, unheard }: Facts): Decision {
  const said = line === 'entry' || line === 'exit' ? { said: { direction: line, by: 'line' as const } } : {};
  const repeatWindowSec = unheard ? Math.max(place.repeatWindowSec, UNHEARD_WINDOW_SEC) : place.repeatWindowSec;
  return decide(person.head, { siteId: place.siteId, at, repeatWindowSec, ...said });
}

/** What this call recorded, so that a key can still put it right. */
export function made(
  { head }: Person,
  steps: readonly Step[],
): { readonly made?: Recalled & { readonly seq: number } } {
  const last = steps.at(-1);
  return last ? { made: { seq: head.seq + 1, siteId: last.siteId, direction: last.direction, at: last.at } } : {};
}

function repeats(of: readonly Passage[], at: Date): { readonly repeats?: Recalled } {
  const last = of.at(-1);
  return last ? { repeats: { siteId: last.siteId, direction: last.direction, at } } : {};
}

/** A line that answers only when needed stays silent where who, where and which way are certain: free for both sides. */
function isSpoken(arrival: Arrival, decision: Decision, facts: Facts): boolean {
  if (facts.turn > 1 || facts.answer === 'always') return true;
  return facts.answer === 'when-needed' && !isClear(arrival, decision, facts);
}

function isClear(arrival: Arrival, decision: Decision, facts: Facts): boolean {
  if (decision.kind === 'repeat' || decision.steps.length !== 1 || !isPractised(arrival, facts)) return false;
  const { person } = arrival;
  const { at } = facts;
  if (choosesUpper(arrival, decision, facts)) return false;
  const open = readStays(person.head.recent).open;
  if (decision.steps[0]?.direction === 'entry') return open === undefined;
  return open !== undefined && !isForgotten(open.entry, at) && !isShort(decision.since, at);
}

/** His own telephone, called from itself, by somebody who knows the line and does not want to hear every receipt. */
function isPractised({ person, as }: Arrival, { forwarded }: Facts): boolean {
  return as === 'own' && !forwarded && !person.alwaysSpeak && person.head.seq >= LEARNING;
}

function isShort(since: Date | undefined, at: Date): boolean {
  return since === undefined || at.getTime() - since.getTime() < SHORT_STAY_MS;
}

function receipt(arrival: Arrival, decision: Decision, facts: Facts): readonly Act[] {
  return listen(receiptPrompt(arrival, decision, facts), facts);
}

/** Says a receipt and listens for a moment: 9 the other way, 0 self-service, `*` somebody else. Without a key the call ends. */
export function listen(prompt: Prompt, { turn }: Facts): readonly Act[] {
  return [{ verb: 'listen', prompt, timeoutSec: LISTEN_SEC, turn: turn + 1 }, { verb: 'end' }];
}

/** A repeat speaks the receipt of what stands already: its time and its number. */
function receiptPrompt({ person, place }: Arrival, decision: Decision, facts: Facts): Prompt {
  const { done, receipt } = spokenOf(decision, facts);
  const [first] = done;
  const { at = facts.at, direction = 'entry' } = done.at(-1) ?? {};
  const words = { name: speakableName(person.kana), site: place.kana, receipt, ...tokyoTime(at) };
  const left = done.length > 1 && first ? facts.places.get(first.siteId) : undefined;
  if (left) return { id: 'moved', words: { ...words, leftSite: left.kana } };
  if (direction === 'entry') return { id: 'entry-recorded', words };
  return exitPrompt({ ...words, ...stayed(decision.kind === 'record' ? decision.since : undefined, at) }, facts);
}

function exitPrompt(words: Words['exit-recorded'], { progress }: Facts): Prompt {
  if (!progress) return { id: 'exit-recorded', words };
  const { monthDays, levelDays } = progress;
  return levelDays === undefined
    ? { id: 'exit-recorded', words: { ...words, monthDays } }
    : { id: 'exit-with-level', words: { ...words, monthDays, levelDays } };
}

/** How long the stay was that an exit closes. */
export function stayed(since: Date | undefined, at: Date): { readonly stayMinutes?: number } {
  return since ? { stayMinutes: Math.floor((at.getTime() - since.getTime()) / MINUTE_MS) } : {};
}

function spokenOf(decision: Decision, facts: Facts): { readonly done: readonly Step[]; readonly receipt: string } {
  if (decision.kind === 'record') return { done: decision.steps, receipt: facts.receipt };
  return { done: decision.of, receipt: decision.of.at(-1)?.receipt ?? facts.receipt };
}

/** How a turn that records ends. */
export function outcomeOf(decision: Decision): TurnOutcome {
  if (decision.kind === 'repeat') return 'repeated';
  if (decision.steps.length > 1) return 'moved';
  return decision.steps[0]?.direction === 'exit' ? 'exit-recorded' : 'entry-recorded';
}
