import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { request } from 'undici';
import type { CanaryCall } from '../ports-carrier.ts';

/** Where the carrier calls us, and how it signs. */
export interface CanarySettings {
  readonly publicBaseUrl: string;
  readonly accountSid: string;
  readonly token: string;
}

const PATIENCE_MS = 10_000;
const PATH = '/webhooks/twilio/voice';

/** A call as the carrier would hand it to us, over the whole way that a real one takes; from nobody's number. */
export function createCanaryCall({ publicBaseUrl, accountSid, token }: CanarySettings): CanaryCall {
  const url = publicBaseUrl + PATH;
  return async function canaryCall({ callId, to }) {
    const form = {
      ...{ CallSid: callId, AccountSid: accountSid, ApiVersion: '2010-04-01', Direction: 'inbound' },
      ...{ CallStatus: 'ringing', From: 'anonymous', Caller: 'anonymous', To: to, Called: to },
    };
    try {
      const answer = await request(url, {
        ...{ method: 'POST', reset: true, signal: AbortSignal.timeout(PATIENCE_MS) },
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': getExpectedTwilioSignature(token, url, form),
        },
        body: new URLSearchParams(form).toString(),
      });
      const markup = await answer.body.text();
      return answer.statusCode === 200 && markup.includes('<Response>');
    } catch {
      return false;
    }
  };
}
