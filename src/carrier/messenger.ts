import { Agent, request } from 'undici';
import type { Messenger, Sent } from '../ports-messages.ts';
import { type CarrierAccount, authorizationOf } from './carrier-account.ts';

/** The account, and the number or name that texts come from; without one none is sent. */
export interface MessengerSettings extends CarrierAccount {
  readonly from?: string;
  /** Where the carrier asks what somebody hears whom we call. */
  readonly publicBaseUrl: string;
}

const TIMEOUT_MS = 10_000;
/** As long as a telephone rings before a mailbox takes the call. */
const RING_SEC = '18';
/** Errors of a connection that never came about. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const TOO_MANY = 429;

/** Messages by Twilio's REST API. Nothing is tried again here: whoever asks knows whether a second one would do harm. */
export function createMessenger(settings: MessengerSettings): Messenger {
  const { accountSid, from } = settings;
  const base = `${settings.url.replace(/\/+$/, '')}/2010-04-01/Accounts/${accountSid}`;
  const dispatcher = new Agent({ connect: { timeout: 3_000 } });
  const authorization = authorizationOf(settings);

  async function post(path: string, form: Readonly<Record<string, string>>): Promise<Sent> {
    try {
      const answer = await request(`${base}/${path}`, {
        ...{ method: 'POST', dispatcher, signal: AbortSignal.timeout(TIMEOUT_MS) },
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      });
      await answer.body.dump();
      return readStatus(answer.statusCode);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return NOT_REACHED.has(code) ? 'not-reached' : 'unknown';
    }
  }

  return {
    placeCall: ({ to, from: line, path }) =>
      post('Calls.json', {
        ...{ To: to, From: line, Url: settings.publicBaseUrl + path, Method: 'POST', Timeout: RING_SEC },
      }),
    sendsTexts: from !== undefined,
    sendText: ({ to, text }) =>
      from === undefined ? Promise.resolve('refused') : post('Messages.json', { To: to, From: from, Body: text }),
  };
}

function readStatus(status: number): Sent {
  if (status >= 200 && status < 300) return 'accepted';
  if (status === TOO_MANY) return 'not-reached';
  return status < 500 ? 'refused' : 'unknown';
}
