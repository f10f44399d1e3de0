import { digestOf } from '../src/domain/digest.ts';
import { sentenceOf } from './prompts.ts';
import type { Act } from './verbs.ts';

/** One command of the Asterisk Gateway Interface, and what follows from its answer. */
export interface AgiStep {
  readonly send: string;
  /** The turn that what was pressed belongs to; without it the answer of Asterisk decides nothing. */
  readonly turn?: number;
  /** The turn is also asked for when nothing was pressed. */
  readonly always?: true;
}

/** More keys than any number, code or PIN has. */
const MOST_KEYS = 32;
/** Hung up before it was answered, with the cause `user busy`: it goes out as 486 and nobody pays. */
const REJECT = 'EXEC Hangup 17';

/** An answer as AGI commands, in the text form in which a turn's answer is stored. */
export function renderAgi(acts: readonly Act[]): string {
  return JSON.stringify(acts.flatMap(stepsOf));
}

/** The commands of a stored answer. */
export function readAgiSteps(markup: string): readonly AgiStep[] {
  return JSON.parse(markup) as readonly AgiStep[];
}

/** Whether the call is not taken at all. */
export function isRejection(steps: readonly AgiStep[]): boolean {
  return steps[0]?.send === REJECT;
}

function stepsOf(act: Act): readonly AgiStep[] {
  switch (act.verb) {
    case 'tell':
      return [...synthesize(act), { send: `STREAM FILE ${soundOf(act)} ""` }];
    case 'end':
      return [{ send: 'HANGUP' }];
    case 'reject':
      return [{ send: REJECT }];
    case 'listen':
      return [...synthesize(act), { send: readKeys(act, 1), turn: act.turn }];
    case 'ask':
      return [...synthesize(act), { send: readKeys(act, MOST_KEYS), turn: act.turn, always: true }];
  }
}

type Spoken = Extract<Act, { readonly prompt: object }>;

/**
 * Asterisk has no voice of its own. The dialplan's subroutine `genba-speech` turns GENBA_TEXT into the sound file GENBA_SOUND with
 * whatever speech engine is installed; equal sentences have equal names, so it may keep the files.
 */
function synthesize(act: Spoken): readonly AgiStep[] {
  return [
    { send: 'ANSWER' },
    { send: `SET VARIABLE GENBA_TEXT "${speech(act)}"` },
    { send: `SET VARIABLE GENBA_LANGUAGE ${act.prompt.language ?? 'ja'}` },
    { send: `SET VARIABLE GENBA_SOUND ${soundOf(act)}` },
    { send: 'GOSUB genba-speech s 1' },
  ];
}

function readKeys(act: Spoken & { readonly timeoutSec: number }, most: number): string {
  return `GET DATA ${soundOf(act)} ${String(act.timeoutSec * 1000)} ${String(most)}`;
}

function soundOf(act: Spoken): string {
  return `genba/${digestOf([act.prompt.language ?? 'ja', speech(act)]).slice(0, 32)}`;
}

/** The sentence with ASCII signs in their wide form: the dialplan hands it to other programs, and a sign must not become a command there. */
function speech({ prompt }: Spoken): string {
  return sentenceOf(prompt).replace(/[!-,/;-@[-`{-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}
