import { z } from 'zod';
import { type Outcome, accept } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { type CallSurroundings, type CallWords, type ScenePlan, planScene } from './call-plan.ts';
import { decline } from './read-words.ts';
import type { AddressWords } from './service-address.ts';

const Text = z.string().min(1).max(200);
const Texts = z.union([Text, z.array(z.string().max(200))]).transform((text) => (Array.isArray(text) ? text : [text]));
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be a time of the day such as 07:41');
const Day = z.iso.date('must be a day such as 2026-11-24');

const Call = z.strictObject({
  time: Clock.optional(),
  day: Day.optional(),
  from: Text.optional(),
  to: Text.optional(),
  press: Texts.optional(),
  hangupAfter: Text.optional(),
  hangupAfterTurns: z.int().min(1).max(20).optional(),
  withheld: z.boolean().optional(),
  repeat: z.boolean().optional(),
  listed: z.boolean().optional(),
  faults: Texts.optional(),
  expect: Texts.optional(),
  ended: Text.optional(),
  note: z.string().optional(),
});
type Call = z.infer<typeof Call>;

const Script = z.strictObject({
  title: Text.optional(),
  note: z.string().optional(),
  day: Day.optional(),
  to: Text.optional(),
  people: z.record(Text, Text).default({}),
  calls: z.array(Call).min(1).max(1000),
});

/** One call of a script: who (as the script names him), when, what is played, and what is expected to be heard. */
export interface ScriptedCall {
  readonly time: string;
  readonly who: string;
  readonly scene: ScenePlan;
  readonly pressed: string;
  readonly expect: readonly string[];
  readonly ended?: string;
}

/** A script that can be played. */
export interface CallScript {
  readonly title: string;
  readonly calls: readonly ScriptedCall[];
}

/** What the command line says beside the script; the id of each call is made by `newCallId`. */
export interface ScriptSurroundings extends Omit<CallSurroundings, 'newCallId'> {
  readonly newCallId: () => string;
  readonly words: AddressWords & { readonly to?: string };
}

/** Reads a script, or names the first wrong places of it in a sentence. */
export function readScript(text: string, around: ScriptSurroundings): Outcome<CallScript, 'call-unplayable'> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = Script.safeParse(json.value);
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
    return decline(`The script cannot be played. ${places.slice(0, 5).join('; ')}.`);
  }
  const { title = 'A scripted morning', day, to, people, calls } = parsed.data;
  const planned: ScriptedCall[] = [];
  for (const [place, call] of calls.entries()) {
    const read = readCall({ day, to, ...call }, people, around);
    if (!read.ok) return decline(`Call ${place + 1} of the script: ${read.detail ?? read.code}`);
    planned.push(read.value);
  }
  return accept({ title, calls: planned });
}

function parseJson(text: string): Outcome<unknown, 'call-unplayable'> {
  try {
    return accept(JSON.parse(text));
  } catch (error) {
    return decline(`The script is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
}

function readCall(
  call: Call,
  people: Readonly<Record<string, string>>,
  { newCallId, words, ...around }: ScriptSurroundings,
): Outcome<ScriptedCall, 'call-unplayable'> {
  const to = call.to ?? words.to;
  if (to === undefined) return decline('nothing is dialled: give "to" in the call, in the script or as --to.');
  const at = momentOf(call);
  if (at === 'no day') return decline('a "time" needs a "day", here or for the whole script.');
  const from = call.from && (people[call.from] ?? call.from);
  const typed = { ...words, ...wordsOf(call), to, ...present({ from, at }) };
  const scene = planScene(typed, { ...around, newCallId: newCallId() });
  return scene.ok ? accept({ ...describeCall(call), scene: scene.value }) : scene;
}

/** What the table shows of a call, and what is expected of it. */
function describeCall({
  time = '',
  from,
  withheld,
  press = [],
  expect = [],
  ended,
}: Call): Omit<ScriptedCall, 'scene'> {
  const who = from ?? (withheld ? 'withheld' : '');
  return { time, who, pressed: press.join(' '), expect, ...present({ ended }) };
}

function momentOf({ time, day }: Call): string | undefined {
  if (time === undefined) return undefined;
  return day === undefined ? 'no day' : `${day}T${time}`;
}

/** How the caller and the network behave, in the words of the command line. */
function wordsOf({ press, faults, withheld, repeat, listed, hangupAfter, hangupAfterTurns }: Call): Partial<CallWords> {
  const turns = hangupAfterTurns === undefined ? undefined : String(hangupAfterTurns);
  return present({ press, fault: faults, withheld, repeat, listed, hangupAfter, hangupAfterTurns: turns });
}
