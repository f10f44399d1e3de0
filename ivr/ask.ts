import type { SiteId } from '../src/domain/ids.ts';
import type { Conversation, ExceptionKind } from '../src/domain/ledger.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import type { Prompt, PromptId } from './prompt-words.ts';
import type { Act } from './verbs.ts';

const TRIES = 3;
const PATIENCE_SEC = 8;

export const DONE: Conversation = { waitingFor: 'nothing', tries: 0 };

/** Asks what the conversation waits for; a line that never answers keeps the call for a person instead. */
export function ask(conversation: Conversation, facts: Facts): Reply {
  const person = whoIs(conversation.workerId, facts);
  const { obstacle } = conversation;
  const { lineSite } = facts;
  if (facts.answer === 'never' && facts.turn === 1) return keep(obstacle ?? unsettled(conversation), facts, person);
  const prompt = question(conversation, facts, person);
  return {
    acts: [...hint(prompt, facts), { verb: 'ask', prompt, timeoutSec: PATIENCE_SEC, turn: facts.turn + 1 }],
    conversation,
    outcome: 'asking',
    ...(obstacle ? { exception: obstacle } : {}),
    ...(person ? { workerId: person.workerId } : {}),
    ...(lineSite ? { siteId: lineSite } : {}),
    steps: [],
  };
}

/** Once, to a caller of whom nobody knows anything: that there are other languages. */
function hint({ id }: Prompt, { turn }: Facts): readonly Act[] {
  if (turn > 1 || (id !== 'ask-unknown' && id !== 'ask-withheld')) return [];
  return [{ verb: 'tell', prompt: { id: 'language-hint', words: {}, language: 'en' } }];
}

/** The same question once more, in other words; after three tries the call is kept for a person. */
export function askAgain(before: Conversation, facts: Facts): Reply {
  if (before.tries < TRIES) return ask({ ...before, tries: before.tries + 1 }, facts);
  return keep(before.obstacle ?? unsettled(before), facts, whoIs(before.workerId, facts));
}

function unsettled({ waitingFor }: Conversation): ExceptionKind {
  if (waitingFor === 'pin') return 'wrong-pin';
  return waitingFor === 'site' ? 'unknown-site' : 'unknown-phone';
}

type Question = (conversation: Conversation, facts: Facts, person: Person | undefined) => Prompt;

const QUESTIONS: Readonly<Partial<Record<Conversation['waitingFor'], Question>>> = {
  pin: ({ tries }) => ({ id: tries > 1 ? 'ask-pin-again' : 'ask-pin', words: {} }),
  group: ({ tries, count = 0 }) => ({ id: tries > 1 ? 'ask-group-again' : 'ask-group', words: { count } }),
  site: ({ tries }, { places }, person) => {
    const last = places.get(person?.head.recent.at(-1)?.siteId ?? ('' as SiteId))?.kana;
    return { id: tries > 1 ? 'ask-site-again' : 'ask-site', words: last === undefined ? {} : { lastSite: last } };
  },
};

function question(conversation: Conversation, facts: Facts, person: Person | undefined): Prompt {
  const asked = QUESTIONS[conversation.waitingFor];
  if (asked) return asked(conversation, facts, person);
  const { tries, as, obstacle } = conversation;
  return { id: tries > 1 ? 'ask-worker-again' : firstQuestion(as, obstacle), words: {} };
}

type WhoQuestion = PromptId & ('ask-other' | 'ask-withheld' | 'ask-unknown' | 'ask-worker');

function firstQuestion(as: Conversation['as'], obstacle: ExceptionKind | undefined): WhoQuestion {
  if (as === 'companion') return 'ask-other';
  if (obstacle === 'withheld') return 'ask-withheld';
  return obstacle === 'unknown-phone' ? 'ask-unknown' : 'ask-worker';
}

const SPOKEN = {
  'unknown-phone': 'kept-unknown-phone',
  withheld: 'kept-withheld',
  'unknown-line': 'kept-unknown-line',
} as const;

/** Kept for a person to settle; the reason is never spoken where it would be private. */
export function keep(exception: ExceptionKind, facts: Facts, person?: Person): Reply {
  const { receipt, lineSite } = facts;
  const id = exception in SPOKEN ? SPOKEN[exception as keyof typeof SPOKEN] : 'kept';
  return {
    acts: facts.answer === 'never' && facts.turn === 1 ? [{ verb: 'reject' }] : tell({ id, words: { receipt } }),
    conversation: DONE,
    outcome: 'kept',
    exception,
    ...(person ? { workerId: person.workerId } : {}),
    ...(lineSite ? { siteId: lineSite } : {}),
    steps: [],
  };
}

/** Says one thing and ends the call. */
export function tell(prompt: Prompt): readonly Act[] {
  return [{ verb: 'tell', prompt }, { verb: 'end' }];
}
