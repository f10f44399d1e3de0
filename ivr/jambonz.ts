import { sentenceOf } from './prompts.ts';
import type { Act } from './verbs.ts';

/** Where jambonz asks for every turn. It completes only addresses that begin with a slash, so ours is written from the root. */
export const JAMBONZ_PATH = '/webhooks/jambonz/voice';

/** The application's own voice, which must speak the language named. */
const SPEECH = { vendor: 'default', language: 'ja-JP', voice: 'default' } as const;

type Say = { readonly text: string; readonly synthesizer: typeof SPEECH };

/** An answer as the JSON verbs of jambonz. */
export function renderJambonz(acts: readonly Act[]): string {
  return JSON.stringify(acts.flatMap(verbsOf));
}

function verbsOf(act: Act): readonly object[] {
  switch (act.verb) {
    case 'tell':
      return [{ verb: 'say', ...say(act) }];
    case 'end':
      return [{ verb: 'hangup' }];
    case 'reject':
      return [{ verb: 'sip:decline', status: 486, reason: 'Busy Here' }];
    case 'listen':
      return [{ ...gather(act), numDigits: 1 }];
    case 'ask':
      return [askFor(act), { verb: 'redirect', actionHook: hook(act) }];
  }
}

type Question = Extract<Act, { readonly turn: number }>;

/** A pause between two keys ends the entry like `#`; without `minDigits`, what was keyed before the pause would be lost. */
function askFor(act: Question): object {
  return { ...gather(act), finishOnKey: '#', minDigits: 1, interDigitTimeout: act.timeoutSec };
}

/** When nothing is pressed, jambonz asks for the next turn too, also after a receipt: the call then ends there. */
function gather(act: Question): object {
  return { verb: 'gather', input: ['digits'], actionHook: hook(act), timeout: act.timeoutSec, say: say(act) };
}

function hook({ turn }: Question): string {
  return `${JAMBONZ_PATH}?turn=${String(turn)}`;
}

function say({ prompt }: Extract<Act, { readonly prompt: object }>): Say {
  return { text: sentenceOf(prompt), synthesizer: SPEECH };
}
