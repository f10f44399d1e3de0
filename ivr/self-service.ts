import type { Conversation } from '../src/domain/ledger.ts';
import type { Passage } from '../src/domain/passage.ts';
import { readStays } from '../src/domain/stays.ts';
import { addDays, tokyoDay, tokyoTime } from '../src/domain/work-day.ts';
import { ask } from './ask.ts';
import { beginForgotten } from './forgot-day.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import type { DayWords, Prompt } from './prompt-words.ts';
import { speakableName } from './prompts.ts';

const MENU_SEC = 8;
const WEEK = 7;

/** What somebody may ask about himself: on his own telephone at once, elsewhere only who proved himself by PIN. */
export function openMenu(before: Conversation, person: Person, facts: Facts): Reply {
  const proved = before.as === 'companion' || before.as === 'by-code' || (before.as === 'own' && !facts.shared);
  if (proved) return menu(person, facts, { id: 'menu', words: {} });
  if (!person.hasPin) return menu(undefined, facts, { id: 'menu-closed', words: {} });
  return ask({ waitingFor: 'pin', tries: 1, workerId: person.workerId, as: 'companion', toMenu: true }, facts);
}

/** The menu once more. */
export function menuAgain({ workerId }: Conversation, facts: Facts): Reply {
  return menu(whoIs(workerId, facts), facts, { id: 'menu', words: {} });
}

/** 1 today, 2 the last seven days, 3 a day on which the call was forgotten, 9 the menu again; anything else ends the call. */
export function menuKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const person = whoIs(before.workerId, facts);
  if (person && pressed === '1') return menu(person, facts, dayPrompt(person, facts));
  if (person && pressed === '2') return menu(person, facts, weekPrompt(person, facts));
  if (person && pressed === '9') return menuAgain(before, facts);
  const forgotten = person && pressed === '3' ? beginForgotten(before, person, facts) : undefined;
  if (forgotten) return forgotten;
  return { acts: [{ verb: 'end' }], conversation: { waitingFor: 'nothing', tries: 0 }, outcome: 'ended', steps: [] };
}

function menu(person: Person | undefined, { turn }: Facts, prompt: Prompt): Reply {
  const key = person
    ? ([{ verb: 'listen', prompt, timeoutSec: MENU_SEC, turn: turn + 1 }] as const)
    : ([{ verb: 'tell', prompt }] as const);
  return {
    acts: [...key, { verb: 'end' }],
    conversation: person
      ? { waitingFor: 'menu', tries: 0, workerId: person.workerId, as: 'own' }
      : { waitingFor: 'nothing', tries: 0 },
    outcome: 'informed',
    ...(person ? { workerId: person.workerId } : {}),
    steps: [],
  };
}

function dayPrompt(person: Person, { at }: Facts): Prompt {
  const today = tokyoDay(at);
  const passages = passagesFrom(person, today);
  const [day] = daysOf(passages);
  return { id: 'today', words: { name: speakableName(person.kana), ...(day ? { day } : {}) } };
}

function weekPrompt(person: Person, { at }: Facts): Prompt {
  const first = addDays(tokyoDay(at), 1 - WEEK);
  return { id: 'week', words: { name: speakableName(person.kana), days: daysOf(passagesFrom(person, first)) } };
}

function passagesFrom({ head }: Person, day: string): readonly Passage[] {
  return head.recent.filter((passage) => tokyoDay(passage.at) >= day);
}

function daysOf(passages: readonly Passage[]): readonly DayWords[] {
  const days = new Map<string, DayWords>();
  for (const { workDate, entry, exit } of readStays(passages).stays) {
    const known = days.get(workDate);
    days.set(workDate, {
      month: Number(workDate.slice(5, 7)),
      day: Number(workDate.slice(8, 10)),
      ...(known?.entry ? { entry: known.entry } : entry ? { entry: tokyoTime(entry.at) } : {}),
      ...(exit ? { exit: tokyoTime(exit.at) } : known?.exit ? { exit: known.exit } : {}),
    });
  }
  return [...days.entries()].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, words]) => words);
}
