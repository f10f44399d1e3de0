import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Language } from '../src/domain/worker.ts';
import type { Prompt } from './prompt-words.ts';
import { sentenceOf } from './prompts.ts';
import type { Act } from './verbs.ts';

/** Who reads the markup: Twilio, or Somleng, which reads the same verbs on a line of one's own. */
export type Dialect = 'twilio' | 'somleng';

const VOICES = {
  ja: { language: 'ja-JP', voice: 'Polly.Kazuha-Neural' },
  en: { language: 'en-US', voice: 'Polly.Joanna-Neural' },
  vi: { language: 'vi-VN', voice: 'Google.vi-VN-Standard-A' },
  zh: { language: 'cmn-CN', voice: 'Polly.Zhiyu-Neural' },
  id: { language: 'id-ID', voice: 'Google.id-ID-Standard-A' },
} as const;

/** The carrier has no voice for Burmese and Nepali: who speaks them hears easy Japanese. */
const VOICELESS: ReadonlySet<Language> = new Set(['my', 'ne']);

/** An answer as TwiML: the only place that knows the carrier's markup. Turns are asked for by a relative address, whatever prefix we run under. */
export function renderTwiml(acts: readonly Act[], dialect: Dialect = 'twilio'): string {
  const response = new VoiceResponse();
  for (const act of acts) renderAct(response, act, dialect);
  return response.toString();
}

function renderAct(response: VoiceResponse, act: Act, dialect: Dialect): void {
  if (act.verb === 'tell') {
    say(response, act.prompt, dialect);
  } else if (act.verb === 'end') {
    response.hangup();
  } else if (act.verb === 'reject') {
    response.reject({ reason: 'busy' });
  } else {
    const action = `voice?turn=${act.turn}`;
    const keys = act.verb === 'listen' ? ({ numDigits: 1, finishOnKey: '' } as const) : { finishOnKey: '#' };
    const empty = act.verb === 'ask' ? { actionOnEmptyResult: true } : {};
    const gather = response.gather({
      input: ['dtmf'],
      timeout: act.timeoutSec,
      ...keys,
      method: 'POST',
      action,
      ...empty,
    });
    say(gather, act.prompt, dialect);
    if (act.verb === 'ask') response.redirect({ method: 'POST' }, action);
  }
}

/** Somleng takes its account's own voice, of whatever language, for a voice it does not know by name; by language it finds one that fits. */
function say(into: Pick<VoiceResponse, 'say'>, prompt: Prompt, dialect: Dialect): void {
  const { language = 'ja' } = prompt;
  const spoken = VOICELESS.has(language) ? 'ja-easy' : language;
  const { language: locale, voice } = VOICES[voiceOf(spoken)];
  into.say(
    dialect === 'twilio' ? { language: locale, voice } : { language: locale },
    sentenceOf({ ...prompt, language: spoken }),
  );
}

function voiceOf(language: Language): keyof typeof VOICES {
  return language in VOICES ? (language as keyof typeof VOICES) : 'ja';
}
