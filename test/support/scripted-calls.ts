import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Facts, Person, Place, Reply } from '../../ivr/facts.ts';
import { step } from '../../ivr/step.ts';
import type { FirmId, WorkerId } from '../../src/domain/ids.ts';
import type { Conversation } from '../../src/domain/ledger.ts';
import { advance, newHead } from '../../src/domain/sequence.ts';
import { ELSEWHERE, EMPLOYER, SITE, aPassage, tokyo } from './builders.ts';

const FOLDER = join(import.meta.dirname, '..', 'calls');
const GOLDEN = join(FOLDER, 'golden');
const SITES = { here: SITE, there: ELSEWHERE } as const;
const SITE_CODES: Readonly<Record<string, keyof typeof SITES>> = { '4771': 'here', '5202': 'there' };
const RECEIPT = '4821';

/** The people who may appear in a script, by name. */
const CAST = {
  yamada: { kana: 'ヤマダ タロウ', workerCode: '204518' },
  sato: { kana: 'サトウ ハナコ', workerCode: '310472', pin: '2468' },
  suzuki: { kana: 'スズキ イチロウ', workerCode: '428893' },
} as const;
const Who = z.enum(['yamada', 'sato', 'suzuki']);
type Who = z.infer<typeof Who>;

const Moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/);

/** A scripted call: whose telephone it is, what stands already, and what is pressed turn by turn. */
export const CallScript = z.strictObject({
  name: z.string(),
  at: Moment.default('2026-11-24 07:41'),
  caller: z.enum(['number', 'withheld', 'impossible', 'client', 'sip']).default('number'),
  line: z.enum(['unknown', 'closed', 'service', 'both', 'entry', 'exit']).default('both'),
  answer: z.enum(['always', 'when-needed', 'never']).default('always'),
  lineSite: z.enum(['here', 'there']).exactOptional(),
  people: z.array(Who).default([]),
  others: z.array(Who).default([]),
  shared: z.boolean().default(false),
  groupCall: z.boolean().default(false),
  /** The kana of the upper firms between which everybody here must choose. */
  uppers: z.array(z.string()).default([]),
  passages: z
    .array(
      z.strictObject({
        who: Who,
        site: z.enum(['here', 'there']),
        direction: z.enum(['entry', 'exit']),
        at: Moment,
      }),
    )
    .default([]),
  turns: z.array(z.strictObject({ pressed: z.string().exactOptional() })),
});
export type CallScript = z.infer<typeof CallScript>;

/** Every scripted call, by the name of its file. */
export function readScripts(): ReadonlyMap<string, CallScript> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return new Map(files.sort().map((file) => [file.replace('.json', ''), read(file)]));
}

function read(file: string): CallScript {
  return CallScript.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
}

/** What an adapter is expected to make of a script; with UPDATE_GOLDEN=1 that is first set to what it makes of it now. */
export function goldenText(script: string, adapter: string, now: string): string {
  const path = join(GOLDEN, `${script}.${adapter}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, now);
  return readFileSync(path, 'utf8');
}

/** The names of all expected outputs, sorted. */
export function goldenFiles(): readonly string[] {
  return readdirSync(GOLDEN).sort();
}

/** Somebody of the cast of whom nothing is recorded yet. */
export function aPerson(who: Who, about: Partial<Person> = {}): Person {
  const { kana, workerCode } = CAST[who];
  const workerId = `wrk_${who}` as WorkerId;
  return {
    workerId,
    kana,
    workerCode,
    employerId: EMPLOYER,
    hasPin: 'pin' in CAST[who],
    language: 'ja',
    alwaysSpeak: false,
    plannedSites: [],
    head: newHead(workerId),
    ...about,
  };
}

/** One of the two sites. */
export function aPlace(site: keyof typeof SITES): Place {
  const kana = { here: 'ミナミマチ アパート', there: 'キタマチ ソウコ' }[site];
  return { siteId: SITES[site], kana, repeatWindowSec: 180, phoneEnabled: true, companionDailyLimit: 5 };
}

/** What is known in a call by default: somebody's number on a line of a site, nobody behind it. */
export function someFacts(about: Partial<Facts> = {}): Facts {
  return {
    at: tokyo('2026-11-24 07:41'),
    turn: 1,
    receipt: RECEIPT,
    caller: 'number',
    forwarded: false,
    line: 'both',
    answer: 'always',
    people: [],
    shared: false,
    groupCall: false,
    companionsToday: 0,
    uppersOf: () => [],
    places: new Map([aPlace('here'), aPlace('there')].map((place) => [place.siteId, place])),
    ...about,
  };
}

/** Plays a script: the replies of its turns, each resting on what the turns before it recorded. */
export function playScript(script: CallScript): readonly Reply[] {
  const people = new Map(Who.options.map((who) => [`wrk_${who}` as WorkerId, withPast(who, script)]));
  let before: Conversation | undefined;
  return script.turns.map(({ pressed }, place) => {
    const facts = factsOf(script, { people, before, pressed, turn: place + 1 });
    const reply = step(before, pressed, facts);
    before = reply.conversation;
    record(people, reply);
    return reply;
  });
}

type People = Map<WorkerId, Person>;

function withPast(who: Who, { passages }: CallScript): Person {
  const person = aPerson(who);
  const past = passages.filter((passage) => passage.who === who);
  const head = past.reduce((known, { site, direction, at }) => {
    const seq = known.seq + 1;
    const passage = aPassage({ workerId: person.workerId, siteId: SITES[site], seq, direction, at: tokyo(at) });
    return advance(known, { seq, passages: [passage] });
  }, person.head);
  return { ...person, head };
}

interface Now {
  readonly people: People;
  readonly before: Conversation | undefined;
  readonly pressed: string | undefined;
  readonly turn: number;
}

function factsOf(script: CallScript, { people, before, pressed, turn }: Now): Facts {
  const find = (names: readonly Who[]) =>
    [...people.values()].filter(({ workerId }) => names.some((who) => workerId === `wrk_${who}`));
  const other = find(script.others).find((one) => one.workerCode === pressed || one.workerId === before?.workerId);
  const keyed = pressed === undefined ? undefined : SITE_CODES[pressed];
  return someFacts({
    at: tokyo(script.at),
    turn,
    caller: script.caller,
    line: script.line,
    answer: script.answer,
    shared: script.shared,
    groupCall: script.groupCall,
    uppersOf: () => script.uppers.map((kana, place) => ({ firmId: `frm_upper${String(place)}` as FirmId, kana })),
    people: find(script.people),
    ...(other ? { other } : {}),
    ...(script.lineSite ? { lineSite: SITES[script.lineSite] } : {}),
    ...(keyed ? { keyedSite: SITES[keyed] } : {}),
    ...(before?.waitingFor === 'pin' && pressed !== undefined ? { pin: verdict(before, pressed) } : {}),
  });
}

function verdict({ workerId }: Conversation, pressed: string): 'right' | 'wrong' {
  return Object.entries(CAST).some(([who, one]) => workerId === `wrk_${who}` && 'pin' in one && one.pin === pressed)
    ? 'right'
    : 'wrong';
}

function record(people: People, { workerId, steps, withdraws = [] }: Reply): void {
  const person = workerId && people.get(workerId);
  if (!person || (steps.length === 0 && withdraws.length === 0)) return;
  const seq = person.head.seq + 1;
  const passages = steps.map((step) => aPassage({ ...step, workerId: person.workerId, seq, receipt: RECEIPT }));
  people.set(person.workerId, { ...person, head: advance(person.head, { seq, passages, withdraws }) });
}
