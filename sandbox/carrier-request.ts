import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { request } from 'undici';

/** Where the carrier turns to; outside programs rely on these paths. */
export const CARRIER_PATHS = {
  voice: '/webhooks/twilio/voice',
  status: '/webhooks/twilio/status',
  fallback: '/webhooks/twilio/fallback',
} as const;

/** What came back; status 0 means that no answer came at all, and the text says why. */
export interface CarrierAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export type CarrierForm = Readonly<Record<string, string>>;

/** Posts one form to a path (with its query) of the service; never throws for a network that fails. */
export type Send = (path: string, form: CarrierForm) => Promise<CarrierAnswer>;

/** The carrier waits 15 s for a document, connecting included. */
const PATIENCE_MS = 15_000;

/** The carrier's request signature: over the public URL as configured, path and query as sent, and the sorted form. */
export function signForm({ token, url, form }: { token: string; url: string; form: CarrierForm }): string {
  return getExpectedTwilioSignature(token, url, form);
}

/** Sends signed forms over HTTP; `baseUrl` is where the service listens, `publicBaseUrl` what the signature covers. */
export function createSignedSend(to: { baseUrl: string; publicBaseUrl: string; token: string }): Send {
  return async (path, form) => {
    const signature = signForm({ token: to.token, url: to.publicBaseUrl + path, form });
    try {
      const answer = await request(to.baseUrl + path, {
        method: 'POST',
        reset: true,
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          'user-agent': 'TwilioProxy/1.1',
          'x-twilio-signature': signature,
        },
        body: new URLSearchParams(form).toString(),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, type: String(answer.headers['content-type'] ?? ''), text };
    } catch (error) {
      return { status: 0, type: '', text: explainSilence(error) };
    }
  };
}

function explainSilence(error: unknown): string {
  if (!(error instanceof Error)) return 'The connection failed.';
  if (error.name === 'TimeoutError') return `No answer within ${PATIENCE_MS / 1000} s.`;
  return `The connection failed (${'code' in error ? String(error.code) : error.name}).`;
}

/** Who calls what; `extra` adds or replaces fields, such as ForwardedFrom. */
export interface Caller {
  readonly callId: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly extra?: CarrierForm;
}

/**
 * The fields of every request of a call as they arrive for Japanese numbers: of the place only the country is known,
 * the rest is present and empty; there is no time in it.
 */
export function describeCall({ callId, accountSid, from, to, extra }: Caller, status: string): CarrierForm {
  return {
    CallSid: callId,
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    Direction: 'inbound',
    CallStatus: status,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...describePlace('From', from),
    ...describePlace('Caller', from),
    ...describePlace('To', to),
    ...describePlace('Called', to),
    ...extra,
  };
}

function describePlace(role: string, number: string): CarrierForm {
  const country = number.startsWith('+81') ? 'JP' : '';
  return { [`${role}City`]: '', [`${role}State`]: '', [`${role}Zip`]: '', [`${role}Country`]: country };
}

/** What a status callback adds: seconds talked, minutes billed, its place in the order and when it happened. */
export function describeEnd({ seconds, at }: { seconds: number; at: Date }): CarrierForm {
  return {
    CallDuration: String(Math.ceil(seconds)),
    Duration: String(Math.ceil(seconds / 60)),
    CallbackSource: 'call-progress-events',
    SequenceNumber: '3',
    Timestamp: at.toUTCString().replace('GMT', '+0000'),
  };
}
