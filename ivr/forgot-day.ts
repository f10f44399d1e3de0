import type { Day, SiteId } from '../src/domain/ids.ts';
import type { Conversation, ForgottenDay } from '../src/domain/ledger.ts';
import { present } from '../src/domain/present.ts';
import { addDays, startOfDay, tokyoDay, tokyoTime } from '../src/domain/work-day.ts';
import { DONE, tell } from './ask.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import type { DayWords, Prompt } from './prompt-words.ts';

const PATIENCE_SEC = 10;
const TRIES = 3;
const MINUTE_MS = 60_000;
/** A day can be reported until the end of the month after it; the office decides within that. */
const LOOK_BACK_DAYS = 61;

/** Asks for the day on which somebody forgot to call; nothing where it is not clear which site it is about. */
export function beginForgotten(before: Conversation, person: Person, facts: Facts): Reply | undefined {
  const siteId = facts.lineSite ?? person.head.recent.at(-1)?.siteId;
  if (!siteId) return undefined;
  const today = tokyoDay(facts.at);
  const { workerId } = person;
  const conversation: Conversation = {
    ...{ waitingFor: 'forgot-day', tries: 1, workerId, draft: { siteId, workDate: today } },
    ...(before.as ? { as: before.as } : {}),
  };
  return inquire(conversation, { id: 'forgot-day', words: {} }, facts);
}

/** 1 is yesterday, four digits are month and day. */
export function dayKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const workDate = readDay(pressed, tokyoDay(facts.at));
  const { draft } = before;
  if (!workDate || !draft) return again(before, facts);
  const next = {
    ...before,
    waitingFor: 'forgot-entry' as const,
    tries: 1,
    draft: { siteId: siteOn(draft.siteId, workDate, before, facts), workDate },
  };
  return inquire(next, { id: 'forgot-entry', words: monthAndDay(workDate) }, facts);
}

/** The time of coming, or nothing. */
export function entryKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const { draft } = before;
  const time = readTime(pressed);
  if (!draft || time === 'unclear') return again(before, facts);
  const entryAt = time && instant(draft.workDate, time);
  const next = {
    ...before,
    waitingFor: 'forgot-exit' as const,
    tries: 1,
    draft: { ...draft, ...(entryAt ? { entryAt } : {}) },
  };
  return inquire(next, { id: 'forgot-exit', words: monthAndDay(draft.workDate) }, facts);
}

/** The time of leaving, or nothing; before the time of coming it belongs to the next morning. */
export function exitKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const { draft } = before;
  const time = readTime(pressed);
  if (!draft || time === 'unclear' || (!time && needsExit(draft))) return again(before, facts);
  const whole = { ...draft, ...(time ? { exitAt: exitOf(draft, time) } : {}) };
  const next = { ...before, waitingFor: 'forgot-check' as const, tries: 1, draft: whole };
  return inquire(next, { id: 'forgot-check', words: { day: inWords(whole) } }, facts);
}

/** 1 files it, 2 begins anew. */
export function checkKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const { draft, workerId } = before;
  const person = whoIs(workerId, facts);
  if (!draft || !person) return { ...silent(), acts: [{ verb: 'end' }] };
  if (pressed === '2') return anew(before, person, facts);
  if (pressed !== '1') return again(before, facts);
  return {
    ...silent(),
    acts: tell({ id: 'forgot-filed', words: { receipt: facts.receipt } }),
    workerId: person.workerId,
    request: reported(draft),
  };
}

function needsExit({ entryAt, exitOnly }: ForgottenDay): boolean {
  return entryAt === undefined || exitOnly === true;
}

/** An entry that was recorded needs no report. */
function reported({ siteId, workDate, entryAt, exitAt, exitOnly }: ForgottenDay): ForgottenDay {
  return { siteId, workDate, ...present({ entryAt: exitOnly ? undefined : entryAt, exitAt }) };
}

/** From the day on, or where only the exit is asked for, from its time on. */
function anew(before: Conversation, person: Person, facts: Facts): Reply {
  const { draft } = before;
  if (!draft?.exitOnly) return beginForgotten(before, person, facts) ?? again(before, facts);
  return askExit(before, draft, facts);
}

/** Asks for the time of leaving of a day whose entry is known. */
export function askExit(before: Conversation, { exitAt: _was, ...draft }: ForgottenDay, facts: Facts): Reply {
  const next = { ...before, waitingFor: 'forgot-exit' as const, tries: 1, draft };
  return inquire(next, { id: 'forgot-exit', words: monthAndDay(draft.workDate) }, facts);
}

function silent(): Omit<Reply, 'acts'> {
  return { conversation: DONE, outcome: 'informed', steps: [] };
}

function inquire(conversation: Conversation, prompt: Prompt, { turn }: Facts): Reply {
  return {
    acts: [{ verb: 'ask', prompt, timeoutSec: PATIENCE_SEC, turn: turn + 1 }],
    conversation,
    outcome: 'informed',
    ...(conversation.workerId ? { workerId: conversation.workerId } : {}),
    steps: [],
  };
}

/** The same once more; after three tries the call ends, and nothing has been filed. */
function again(before: Conversation, facts: Facts): Reply {
  if (before.tries >= TRIES) return { ...silent(), acts: [{ verb: 'end' }] };
  return inquire({ ...before, tries: before.tries + 1 }, { id: 'forgot-again', words: {} }, facts);
}

/** The site of that day where something was recorded, else the one we speak of. */
function siteOn(known: SiteId, day: Day, { workerId }: Conversation, facts: Facts): SiteId {
  const recent = whoIs(workerId, facts)?.head.recent ?? [];
  return recent.findLast(({ at }) => tokyoDay(at) === day)?.siteId ?? known;
}

function readDay(pressed: string | undefined, today: Day): Day | undefined {
  if (pressed === '1') return addDays(today, -1);
  const [, month, day] = /^(\d\d)(\d\d)$/.exec(pressed ?? '') ?? [];
  if (!month || !day) return undefined;
  const year = Number(today.slice(0, 4));
  const candidates = [year, year - 1].map((one) => `${String(one)}-${month}-${day}` as Day);
  const earliest = addDays(today, -LOOK_BACK_DAYS);
  return candidates.find((one) => isDay(one) && one <= today && one >= earliest);
}

function isDay(day: Day): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return month >= 1 && month <= 12 && date >= 1 && date <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

interface Clocked {
  readonly hour: number;
  readonly minute: number;
}

function readTime(pressed: string | undefined): Clocked | undefined | 'unclear' {
  if (pressed === undefined) return undefined;
  const [, hour, minute] = /^([01]\d|2[0-3])([0-5]\d)$/.exec(pressed) ?? [];
  return hour && minute ? { hour: Number(hour), minute: Number(minute) } : 'unclear';
}

function instant(day: Day, { hour, minute }: Clocked): Date {
  return new Date(startOfDay(day).getTime() + (hour * 60 + minute) * MINUTE_MS);
}

function exitOf({ workDate, entryAt }: ForgottenDay, time: Clocked): Date {
  const sameDay = instant(workDate, time);
  return entryAt && sameDay <= entryAt ? instant(addDays(workDate, 1), time) : sameDay;
}

function monthAndDay(day: Day): { readonly month: number; readonly day: number } {
  return { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

function inWords({ workDate, entryAt, exitAt }: ForgottenDay): DayWords {
  return {
    ...monthAndDay(workDate),
    ...(entryAt ? { entry: tokyoTime(entryAt) } : {}),
    ...(exitAt ? { exit: tokyoTime(exitAt) } : {}),
  };
}
