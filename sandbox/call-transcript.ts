import type { CallPlan } from './call-plan.ts';
import type { PlayedCall } from './carrier-player.ts';
import type { Turn } from './carrier-turn.ts';
import type { Ask } from './document-player.ts';
import { layOutMarkup, sideBySide } from './side-by-side.ts';

/**
 * The conversation in lines for a person: who hears what, what is pressed, how it ended; with `columns` each turn's document stands
 * beside it.
 */
export function writeTranscript(plan: CallPlan, played: PlayedCall, columns?: number): readonly string[] {
  const show = (turn: Turn): readonly string[] =>
    columns === undefined ? describeTurn(turn) : sideBySide(describeTurn(turn), layOutMarkup(turn.markup), columns);
  const caller = plan.withheld ? 'a withheld number' : plan.from || 'nobody (empty)';
  return [
    `Call from ${caller} to ${plan.to}  (${played.callId})`,
    ...played.turns.flatMap((turn, index) => ['', `Turn ${index + 1}  POST ${turn.path}`, ...show(turn)]),
    '',
    describeEnd(played),
    ...describeRepeat(played),
  ];
}

/** What a program reads: one object with the turns of the call, on demand with their documents. */
export function summariseCall(
  { callId, turns, ended, answered, repeatedAlike }: PlayedCall,
  { twiml = false }: { readonly twiml?: boolean } = {},
): object {
  return {
    callId,
    turns: turns.map(({ say, ask, press, markup }) => ({
      ...{ say, ask: ask ?? null, press: press ?? null },
      ...(twiml ? { twiml: markup } : {}),
    })),
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
  return repeatedAlike === false ? 'A repeated request was answered differently from the first.' : undefined;
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
    case 'lost on the way':
      return `A request got lost; the service heard nothing of it.${lasted}`;
    case 'caller hung up':
      return `The caller hung up.${lasted}`;
    default:
      return `The call failed (${ended}).${lasted}`;
  }
}

function describeRepeat({ repeatedAlike }: PlayedCall): readonly string[] {
  if (repeatedAlike === undefined) return [];
  return [
    `What was sent again was answered ${repeatedAlike ? 'as the first time, equal byte for byte' : 'differently'}.`,
  ];
}
