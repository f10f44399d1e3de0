import type { Language } from '../src/domain/worker.ts';
import { sentenceOf } from './prompts.ts';
import type { Act } from './verbs.ts';

/** Where jambonz asks for every turn. It completes only addresses that begin with a slash, so ours is written from the root. */
export const JAMBONZ_PATH = '/webhooks/jambonz/voice';

/** As the speech services name our languages; the application's own voice must speak them. */
const LOCALES: Readonly<Record<Language, string>> = {
  ja: 'ja-JP',
  'ja-easy': 'ja-JP',
  en: 'en-US',
  vi: 'vi-VN',
  zh: 'cmn-CN',
  id: 'id-ID',
  my: 'my-MM',
  ne: 'ne-NP',
};

interface Say {
  readonly text: string;
  readonly synthesizer: { readonly vendor: 'default'; readonly language: string; readonly voice: 'default' };
}

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
  const language = LOCALES[prompt.language ?? 'ja'];
  return { text: sentenceOf(prompt), synthesizer: { vendor: 'default', language, voice: 'default' } };
}
