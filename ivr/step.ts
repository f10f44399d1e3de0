import type { Conversation, ExceptionKind } from '../src/domain/ledger.ts';
import type { WorkerId } from '../src/domain/ids.ts';
import type { Language } from '../src/domain/worker.ts';
import { answering } from './answering.ts';
import { afterReceipt, farewell } from './after-receipt.ts';
import { DONE, ask, askAgain, keep, tell } from './ask.ts';
import { upperKeyed } from './choose-upper.ts';
import { offerLanguage, offersLanguages, takeLanguage } from './choose-language.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import { checkKeyed, dayKeyed, entryKeyed, exitKeyed } from './forgot-day.ts';
import { groupKeyed } from './group-call.ts';
import { askMissingExit } from './missing-exit.ts';
import { menuKeyed, openMenu } from './self-service.ts';
import { settleSite, siteKeyed } from './where.ts';

const SILENT_DAYS = 90;
const DAY_MS = 86_400_000;

type Turn = (before: Conversation, pressed: string | undefined, facts: Facts) => Reply;

const TURNS: Readonly<Record<Conversation['waitingFor'], Turn>> = {
  worker: workerKeyed,
  pin: pinKeyed,
  site: siteKeyed,
  group: groupKeyed,
  after: afterReceipt,
  upper: upperKeyed,
  menu: menuKeyed,
  language: languageKeyed,
  'forgot-day': dayKeyed,
  'forgot-entry': entryKeyed,
  'forgot-exit': exitKeyed,
  'forgot-check': checkKeyed,
  nothing: (_before, _pressed, facts) => begin(facts),
};

/** The whole conversation as a table: what was being asked, what was pressed, what is known → what is said and recorded. */
export function step(before: Conversation | undefined, pressed: string | undefined, facts: Facts): Reply {
  const reply = keepLanguage(before, take(before, pressed, facts));
  return speakIn(languageOf(reply.conversation, listener(before, reply), facts), reply);
}

function take(before: Conversation | undefined, pressed: string | undefined, facts: Facts): Reply {
  if (facts.missingExit && !before) return askMissingExit(facts.missingExit, facts);
  if (facts.line === 'service') return serve(facts);
  if (facts.line === 'unknown' || facts.line === 'closed') return keep('unknown-line', facts);
  if (!before) return begin(facts);
  const asked = answering(before, pressed);
  const current = languageOf(before, before.as === 'group' ? undefined : before.workerId, facts);
  return pressed === '8' && offersLanguages(before)
    ? offerLanguage(before, current, facts)
    : TURNS[asked.waitingFor](asked, pressed, facts);
}

/** What he chose in this call, else what is on file about him, else Japanese. */
function languageOf({ language }: Conversation, workerId: WorkerId | undefined, facts: Facts): Language {
  const [only] = facts.people.length === 1 ? facts.people : [];
  return language ?? (whoIs(workerId, facts) ?? only)?.language ?? 'ja';
}

/** Who hears the answer: in a group call the foreman, whomever he names. */
function listener(before: Conversation | undefined, { conversation, workerId }: Reply): WorkerId | undefined {
  return before?.as === 'group' || conversation.as === 'group' ? undefined : (workerId ?? before?.workerId);
}

function keepLanguage(before: Conversation | undefined, reply: Reply): Reply {
  const language = reply.conversation.language ?? before?.language;
  return language ? { ...reply, conversation: { ...reply.conversation, language } } : reply;
}

/** Every sentence in the caller's language, but those that have one of their own. */
function speakIn(language: Language, reply: Reply): Reply {
  if (language === 'ja') return reply;
  const acts = reply.acts.map((act) => ('prompt' in act ? { ...act, prompt: { language, ...act.prompt } } : act));
  return { ...reply, acts };
}

/** 1 takes the language offered, 8 hears the next. */
function languageKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const { offered, resume } = before;
  if (!offered || !resume) return farewell();
  if (pressed === '8') return offerLanguage(resume, offered, facts);
  return takeLanguage(before, facts);
}

/**
 * A service line explains and never records. Whoever calls it from a telephone that is his alone hears his name: so he and the office
 * know that the number is right.
 */
function serve({ people, shared }: Facts): Reply {
  const [only] = people;
  const plain = { conversation: DONE, outcome: 'service', steps: [] } as const;
  if (!only || shared) return { ...plain, acts: tell({ id: 'service', words: {} }) };
  return { ...plain, acts: tell({ id: 'service-name', words: { name: only.kana } }), workerId: only.workerId };
}

/** Who: whose telephone it is, else a question. */
function begin(facts: Facts): Reply {
  const stranger = strangeness(facts);
  if (stranger) return ask({ waitingFor: 'worker', tries: 1, as: 'by-code', obstacle: stranger }, facts);
  if (!facts.people.some((person) => person.employerId !== null)) return keep('no-employer', facts);
  if (facts.groupCall) return ask({ waitingFor: 'group', tries: 1, as: 'group', count: 0 }, facts);
  const [only] = facts.people;
  const certain = only && !facts.shared && !wasSilent(only, facts.at);
  return certain ? settleSite(only, 'own', facts) : ask({ waitingFor: 'worker', tries: 1 }, facts);
}

/** A telephone that names nobody: only a worker code with its PIN can say who it is. */
function strangeness({ caller, people }: Facts): ExceptionKind | undefined {
  if (caller === 'withheld') return 'withheld';
  return caller !== 'number' || people.length === 0 ? 'unknown-phone' : undefined;
}

/** A number that was silent for a long time may have a new owner, so it says once who it is. */
function wasSilent({ head }: Person, at: Date): boolean {
  const last = head.recent.at(-1);
  return last !== undefined && at.getTime() - last.at.getTime() > SILENT_DAYS * DAY_MS;
}

function workerKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const { as, obstacle } = before;
  // Somebody who says nothing at all is not asked three times: it may be a machine.
  if (pressed === undefined && obstacle && as === 'by-code') return keep(obstacle, facts);
  const own = facts.people.find((person) => person.workerCode === pressed);
  if (own && as !== 'companion') return settleSite(own, 'own', facts);
  const named = own ?? (facts.other?.workerCode === pressed ? facts.other : undefined);
  return named ? vouch(named, before, facts) : askAgain(before, facts);
}

/** Somebody else's telephone, or nobody's: the PIN says that it is he; without one it is a task for the office. */
function vouch(person: Person, { obstacle }: Conversation, facts: Facts): Reply {
  const as = facts.people.length > 0 ? 'companion' : 'by-code';
  const kept = as === 'companion' ? 'companion' : (obstacle ?? 'unknown-phone');
  if (!person.hasPin) return keep(kept, facts, person);
  return ask({ waitingFor: 'pin', tries: 1, workerId: person.workerId, as, obstacle: kept }, facts);
}

function pinKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const person = whoIs(before.workerId, facts);
  if (!person) return keep('unknown-phone', facts);
  if (facts.pin === 'right')
    return before.toMenu ? openMenu(before, person, facts) : settleSite(person, before.as ?? 'by-code', facts);
  if (facts.pin === 'locked' || facts.pin === 'none') return keep('wrong-pin', facts, person);
  return pressed === undefined ? askAgain(before, facts) : askAgain({ ...before, obstacle: 'wrong-pin' }, facts);
}
