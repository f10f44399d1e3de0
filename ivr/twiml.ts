import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { sentenceOf } from './prompts.ts';
import type { Act } from './verbs.ts';

const SPEECH = { language: 'ja-JP', voice: 'Polly.Kazuha-Neural' } as const;

/** An answer as TwiML: the only place that knows the carrier's markup. Turns are asked for by a relative address, whatever prefix we run under. */
export function renderTwiml(acts: readonly Act[]): string {
  const response = new VoiceResponse();
  for (const act of acts) renderAct(response, act);
  return response.toString();
}

function renderAct(response: VoiceResponse, act: Act): void {
  if (act.verb === 'tell') {
    response.say(SPEECH, sentenceOf(act.prompt));
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
    gather.say(SPEECH, sentenceOf(act.prompt));
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
    gather.say(SPEECH, sentenceOf(act.prompt));
    response.redirect({ method: 'POST' }, action);
  }
}
