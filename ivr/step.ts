import type { SiteId, WorkerId } from '../src/domain/ids.ts';
import type { Conversation, ExceptionKind, TurnOutcome } from '../src/domain/ledger.ts';
import { type Decision, type Head, type Step, decide } from '../src/domain/sequence.ts';
import { readStays, siteAt } from '../src/domain/stays.ts';
import { tokyoTime } from '../src/domain/work-day.ts';
import { type Prompt, speakableName } from './prompts.ts';
import type { Act } from './verbs.ts';

/** Somebody who may be calling from this telephone. */
export interface Person {
  readonly workerId: WorkerId;
  readonly kana: string;
  readonly workerCode: string;
  readonly employed: boolean;
  readonly head: Head;
}

/** A site as the conversation needs it. */
export interface Place {
  readonly siteId: SiteId;
  readonly kana: string;
  readonly repeatWindowSec: number;
  readonly phoneEnabled: boolean;
}

/** What is known when a turn comes in. */
export interface Facts {
  readonly at: Date;
  readonly turn: number;
  readonly receipt: string;
  readonly caller: 'number' | 'withheld' | 'impossible' | 'client' | 'sip';
  readonly line: 'unknown' | 'closed' | 'service' | 'both' | 'entry' | 'exit';
  readonly people: readonly Person[];
  /** The telephone belongs to several: who is calling must be settled first. */
  readonly shared: boolean;
  readonly lineSite?: SiteId;
  readonly keyedSite?: SiteId;
  readonly places: ReadonlyMap<SiteId, Place>;
}

/** What a turn answers and leaves behind; `steps` are to be recorded for `workerId`. */
export interface Reply {
  readonly acts: readonly Act[];
  readonly conversation: Conversation;
  readonly outcome: TurnOutcome;
  readonly exception?: ExceptionKind;
  readonly workerId?: WorkerId;
  readonly siteId?: SiteId;
  readonly steps: readonly Step[];
}

const TRIES = 3;
const PATIENCE_SEC = 8;
const DONE: Conversation = { waitingFor: 'nothing', tries: 0 };

/** The whole conversation as a table: what was being asked, what was pressed, what is known → what is said and recorded. */
export function step(before: Conversation | undefined, pressed: string | undefined, facts: Facts): Reply {
  if (facts.line === 'service') return serve();
  const obstacle = obstacleOf(facts);
  if (obstacle) return keep(obstacle, facts);
  if (before?.waitingFor === 'worker') return workerKeyed(before, pressed, facts);
  if (before?.waitingFor === 'site') return siteKeyed(before, pressed, facts);
  const [only] = facts.people;
  return only && !facts.shared ? settleSite(only, facts) : ask({ waitingFor: 'worker', tries: 1 }, facts);
}

/** A service line explains and never records. */
function serve(): Reply {
  return { acts: tell({ id: 'service', words: {} }), conversation: DONE, outcome: 'service', steps: [] };
}

/** What stands in the way whatever is pressed. */
function obstacleOf(facts: Facts): ExceptionKind | undefined {
  if (facts.caller === 'withheld') return 'withheld';
  if (facts.line === 'unknown' || facts.line === 'closed') return 'unknown-line';
  if (facts.caller !== 'number' || facts.people.length === 0) return 'unknown-phone';
  return facts.people.some((p) => p.employed) ? undefined : 'no-employer';
}

/** Where: the line's own site, else where the worker is, else a question. */
function settleSite(person: Person, facts: Facts): Reply {
  if (!person.employed) return keep('no-employer', facts, person);
  const site = facts.lineSite ?? siteAt(readStays(person.head.recent), facts.at);
  const place = site === undefined ? undefined : facts.places.get(site);
  if (place) return arrive(person, place, facts);
  if (facts.lineSite) return keep('unknown-site', facts, person);
  return ask({ waitingFor: 'site', tries: 1, workerId: person.workerId }, facts);
}

function workerKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const person = facts.people.find((p) => p.workerCode === pressed);
  return person ? settleSite(person, facts) : askAgain(before, facts);
}

function siteKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const person = facts.people.find((p) => p.workerId === before.workerId);
  if (!person) return keep('unknown-phone', facts);
  const site = pressed === '1' ? person.head.recent.at(-1)?.siteId : facts.keyedSite;
  const place = site && facts.places.get(site);
  return place ? arrive(person, place, facts) : askAgain(before, facts);
}

/** Which way, and the receipt. */
function arrive(person: Person, place: Place, facts: Facts): Reply {
  if (!place.phoneEnabled) return keep('unknown-site', facts, person);
  const said =
    facts.line === 'entry' || facts.line === 'exit' ? { direction: facts.line, by: 'line' as const } : undefined;
  const decision = decide(person.head, {
    siteId: place.siteId,
    at: facts.at,
    repeatWindowSec: place.repeatWindowSec,
    ...(said ? { said } : {}),
  });
  return {
    acts: [...tell(receiptPrompt(person, place, decision, facts))],
    conversation: DONE,
    outcome: outcomeOf(decision),
    workerId: person.workerId,
    siteId: place.siteId,
    steps: decision.kind === 'record' ? decision.steps : [],
  };
}

/** A repeat speaks the receipt of what stands already: its time and its number. */
function receiptPrompt(person: Person, place: Place, decision: Decision, facts: Facts): Prompt {
  const { done, receipt } = spokenOf(decision, facts);
  const [first] = done;
  const { at = facts.at, direction = 'entry' } = done.at(-1) ?? {};
  const words = { name: speakableName(person.kana), site: place.kana, receipt, ...tokyoTime(at) };
  const left = done.length > 1 && first ? facts.places.get(first.siteId) : undefined;
  if (left) return { id: 'moved', words: { ...words, leftSite: left.kana } };
  return { id: `${direction}-recorded`, words };
}

function spokenOf(
  decision: Decision,
  { receipt }: Facts,
): { readonly done: readonly Step[]; readonly receipt: string } {
  if (decision.kind === 'record') return { done: decision.steps, receipt };
  return { done: decision.of, receipt: decision.of.at(-1)?.receipt ?? receipt };
}

function outcomeOf(decision: Decision): TurnOutcome {
  if (decision.kind === 'repeat') return 'repeated';
  if (decision.steps.length > 1) return 'moved';
  return decision.steps[0]?.direction === 'exit' ? 'exit-recorded' : 'entry-recorded';
}

function askAgain(before: Conversation, facts: Facts): Reply {
  if (before.tries >= TRIES) {
    const person = facts.people.find((p) => p.workerId === before.workerId);
    return keep(before.waitingFor === 'site' ? 'unknown-site' : 'unknown-phone', facts, person);
  }
  return ask({ ...before, tries: before.tries + 1 }, facts);
}

function ask(conversation: Conversation, facts: Facts): Reply {
  const again = conversation.tries > 1;
  const person = facts.people.find((p) => p.workerId === conversation.workerId);
  const last = facts.places.get(person?.head.recent.at(-1)?.siteId ?? ('' as SiteId))?.kana;
  const words = last === undefined ? {} : { lastSite: last };
  const prompt: Prompt =
    conversation.waitingFor === 'site'
      ? { id: again ? 'ask-site-again' : 'ask-site', words }
      : { id: again ? 'ask-worker-again' : 'ask-worker', words: {} };
  return {
    acts: [{ verb: 'ask', prompt, timeoutSec: PATIENCE_SEC, turn: facts.turn + 1 }],
    conversation,
    outcome: 'asking',
    ...(person ? { workerId: person.workerId } : {}),
    steps: [],
  };
}

/** Kept for a person to settle; the reason is never spoken where it would be private. */
function keep(exception: ExceptionKind, { receipt, lineSite }: Facts, person?: Person): Reply {
  const spoken = {
    'unknown-phone': 'kept-unknown-phone',
    withheld: 'kept-withheld',
    'unknown-line': 'kept-unknown-line',
  } as const;
  const id = exception in spoken ? spoken[exception as keyof typeof spoken] : 'kept';
  return {
    acts: tell({ id, words: { receipt } }),
    conversation: DONE,
    outcome: 'kept',
    exception,
    ...(person ? { workerId: person.workerId } : {}),
    ...(lineSite ? { siteId: lineSite } : {}),
    steps: [],
  };
}

function tell(prompt: Prompt): readonly Act[] {
  return [{ verb: 'tell', prompt }, { verb: 'end' }];
}
