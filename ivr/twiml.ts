import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { sentenceOf } from './prompts.ts';
import type { Act } from './verbs.ts';

/** Who reads the markup: Twilio, or Somleng, which reads the same verbs on a line of one's own. */
export type Dialect = 'twilio' | 'somleng';

/** Somleng takes its account's own voice, of whatever language, for a voice it does not know by name; by language it finds one that fits. */
const SPEECH = {
  twilio: { language: 'ja-JP', voice: 'Polly.Kazuha-Neural' },
  somleng: { language: 'ja-JP' },
} as const;

/** An answer as TwiML: the only place that knows the carrier's markup. Turns are asked for by a relative address, whatever prefix we run under. */
export function renderTwiml(acts: readonly Act[], dialect: Dialect = 'twilio'): string {
  const response = new VoiceResponse();
  for (const act of acts) renderAct(response, act, dialect);
  return response.toString();
}

function renderAct(response: VoiceResponse, act: Act, dialect: Dialect): void {
  const speech = SPEECH[dialect];
  if (act.verb === 'tell') {
    response.say(speech, sentenceOf(act.prompt));
  } else if (act.verb === 'end') {
    response.hangup();
  } else if (act.verb === 'reject') {
    response.reject({ reason: 'busy' });
  } else if (act.verb === 'listen') {
    const gather = response.gather({
      input: ['dtmf'],
      timeout: act.timeoutSec,
      numDigits: 1,
      finishOnKey: '',
      method: 'POST',
      action: `voice?turn=${act.turn}`,
    });
    gather.say(speech, sentenceOf(act.prompt));
  } else {
    const action = `voice?turn=${act.turn}`;
    const gather = response.gather({
      input: ['dtmf'],
      timeout: act.timeoutSec,
      finishOnKey: '#',
      method: 'POST',
      action,
      actionOnEmptyResult: true,
    });
    gather.say(speech, sentenceOf(act.prompt));
    response.redirect({ method: 'POST' }, action);
  }
}
