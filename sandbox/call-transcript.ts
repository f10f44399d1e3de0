import type { CallPlan } from './call-plan.ts';
import type { PlayedCall } from './carrier-player.ts';
import type { Turn } from './carrier-turn.ts';
import type { Ask } from './document-player.ts';

/** The conversation in lines for a person: who hears what, what is pressed, how it ended. */
export function writeTranscript(plan: CallPlan, played: PlayedCall): readonly string[] {
  const caller = plan.withheld ? 'a withheld number' : plan.from || 'nobody (empty)';
  return [
    `Call from ${caller} to ${plan.to}  (${played.callId})`,
    ...played.turns.flatMap((turn, index) => ['', `Turn ${index + 1}  POST ${turn.path}`, ...describeTurn(turn)]),
    '',
    describeEnd(played),
    ...describeRepeat(played),
  ];
}

/** What a program reads: one object with the turns of the call. */
export function summariseCall({ callId, turns, ended, answered, repeatedAlike }: PlayedCall): object {
  return {
    callId,
    turns: turns.map(({ say, ask, press }) => ({ say, ask: ask ?? null, press: press ?? null })),
    ended,
    answered,
    ...(repeatedAlike === undefined ? {} : { repeatedAlike }),
  };
}

/** Why the command failed, in a sentence that says what to do; undefined when the call went as a call goes. */
export function explainFailure({ baseUrl, publicBaseUrl }: CallPlan, played: PlayedCall): string | undefined {
  const { ended, complaint = ended, repeatedAlike } = played;
  if (ended === 'no answer') return `Nobody answers at ${baseUrl}: is the service running (npm start)? ${complaint}`;
  if (ended === 'http 403')
    return (
      `The service refused the signature (403): the token is not one of its own, or it is not reached as ` +
      `${publicBaseUrl} (PUBLIC_BASE_URL).`
    );
  if (ended === 'unreadable answer') return `The carrier could not use the answer: ${complaint}`;
  if (ended === 'too many turns' || ended.startsWith('http ')) return complaint;
  return repeatedAlike === false ? 'The repeated request was answered differently from the first.' : undefined;
}

function describeTurn({ status, say, ask, press }: Turn): readonly string[] {
  return [
    ...(status === 200 ? [] : [`  status   ${status === 0 ? 'none' : status}`]),
    ...say.map((text) => `  hears    ${text}`),
    ...(ask ? [`  asked    ${describeAsk(ask)}`, `  presses  ${press ?? '(nothing)'}`] : []),
  ];
}

function describeAsk({ numDigits, timeout, finishOnKey }: Ask): string {
  const keys = numDigits === undefined ? 'any number of keys' : `${numDigits} key${numDigits === 1 ? '' : 's'}`;
  const finish = finishOnKey === '' ? 'no key ends it' : `${finishOnKey} ends it`;
  return `for ${keys}; ${finish}; waits ${timeout} s`;
}

function describeEnd({ ended, answered, seconds }: PlayedCall): string {
  const lasted = answered ? ` It lasted about ${Math.ceil(seconds)} s.` : '';
  switch (ended) {
    case 'end':
    case 'hangup':
      return `The service ended the call.${lasted}`;
    case 'rejected':
      return `The service refused the call${answered ? '' : ' unanswered, which costs nobody anything'}.${lasted}`;
    case 'caller hung up':
      return `The caller hung up.${lasted}`;
    default:
      return `The call failed (${ended}).${lasted}`;
  }
}

function describeRepeat({ repeatedAlike }: PlayedCall): readonly string[] {
  if (repeatedAlike === undefined) return [];
  return [`The first request was sent twice; the answers were ${repeatedAlike ? 'equal byte for byte' : 'different'}.`];
}
