import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';

/** Where to, and what to sign with. */
export interface Probe {
  readonly publicBaseUrl: string;
  readonly accountSid: string;
  readonly token: string;
}

const PATIENCE_MS = 10_000;

/** A call that no carrier makes, the same one each time, so that asking often leaves one note at most. */
const NO_CALL = `CA${'0'.repeat(32)}`;

/**
 * Does what the carrier will do: posts the report of a call's end to the public address, signed with our token, which must be
 * taken, and signed with another, which must be refused. A report touches no attendance.
 */
export async function probeWebhooks(probe: Probe): Promise<readonly Outcome<string, 'probe-failed'>[]> {
  const signed = await postStatus(probe, probe.token);
  if (signed !== 204) return [refuse('probe-failed', explain(probe.publicBaseUrl, signed))];
  const foreign = await postStatus(probe, `${probe.token}-of-somebody-else`);
  return [
    accept('A signed request came through (204).'),
    foreign === 403
      ? accept('A wrongly signed request was refused (403).')
      : refuse(
          'probe-failed',
          `A wrongly signed request to ${probe.publicBaseUrl} was answered ${sayAnswer(foreign)} instead of with 403: ` +
            'something other than this service answers there.',
        ),
  ];
}

function explain(publicBaseUrl: string, status: number | undefined): string {
  const start = `A signed request to ${publicBaseUrl}/webhooks/twilio/status`;
  if (status === 403) {
    return `${start} was refused (403): PUBLIC_BASE_URL, the account or the token is not what the running service has, or a proxy changes the path.`;
  }
  return `${start} was answered ${sayAnswer(status)} instead of 204.`;
}

function sayAnswer(status: number | undefined): string {
  return status === undefined ? 'not at all' : `with ${String(status)}`;
}

async function postStatus({ publicBaseUrl, accountSid }: Probe, token: string): Promise<number | undefined> {
  const url = `${publicBaseUrl}/webhooks/twilio/status`;
  const form = {
    CallSid: NO_CALL,
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallStatus: 'completed',
    CallDuration: '0',
    Direction: 'inbound',
    From: 'anonymous',
    To: '+815000000000',
  };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-twilio-signature': getExpectedTwilioSignature(token, url, form),
      },
      body: new URLSearchParams(form).toString(),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}

/** Fetches a fallback hosted elsewhere as the carrier would: it must be there now, as XML, or it helps nobody when it is needed. */
export async function probeFallback(url: string): Promise<Outcome<string, 'probe-failed'>> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status !== 200)
      return refuse('probe-failed', `The fallback ${url} was answered with ${String(answer.status)}.`);
    if (!/^(text|application)\/xml\b/.test(type)) {
      return refuse('probe-failed', `The fallback ${url} is served as "${type}", but the carrier takes only text/xml.`);
    }
    if (!/<Response[\s>]/.test(text)) return refuse('probe-failed', `The fallback ${url} holds no TwiML.`);
    return accept('The fallback elsewhere is there.');
  } catch {
    return refuse('probe-failed', `The fallback ${url} cannot be fetched.`);
  }
}
