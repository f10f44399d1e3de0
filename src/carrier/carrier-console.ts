import BaseTwilio from 'twilio/lib/base/BaseTwilio.js';
import ApiBase from 'twilio/lib/rest/ApiBase.js';
import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { E164 } from '../domain/ids.ts';
import type { AccountStanding, NumberSettings } from './number-plan.ts';

/** One number that the account holds: its id at the carrier and what is set there. */
export interface HeldNumber {
  readonly sid: string;
  readonly number: string;
  readonly settings: NumberSettings;
}

export type CarrierRefusal = 'carrier-refused' | 'carrier-away';

/** What an operator does with our account in the carrier's console; every refusal carries a sentence for him as its detail. */
export interface CarrierConsole {
  standing(): Promise<Outcome<AccountStanding, CarrierRefusal>>;
  /** The numbers it holds; with a number, that one or none. */
  numbers(number?: E164): Promise<Outcome<readonly HeldNumber[], CarrierRefusal>>;
  write(sid: string, settings: Partial<NumberSettings>): Promise<Outcome<HeldNumber, CarrierRefusal>>;
}

interface Access {
  readonly apiUrl: string;
  readonly accountSid: string;
  readonly token: string;
}

const PATIENCE_MS = 10_000;

/** The account through the carrier's own client, of which only the part for accounts and numbers is loaded. */
export function createCarrierConsole({ apiUrl, accountSid, token }: Access): CarrierConsole {
  const api = new ApiBase(new BaseTwilio.Client(accountSid, token, { timeout: PATIENCE_MS, env: {} }));
  api.baseUrl = apiUrl;
  const { account } = api.v2010;
  const ask = <T>(work: () => Promise<T>) => askCarrier(apiUrl, work);
  return {
    standing: () =>
      ask(async () => {
        const { status, type } = await account.fetch();
        return { status, type };
      }),
    numbers: (number) =>
      ask(async () => {
        const found = await account.incomingPhoneNumbers.list(number === undefined ? {} : { phoneNumber: number });
        // The carrier finds a number also by a part of it.
        return found.map(toHeld).filter((held) => number === undefined || held.number === number);
      }),
    write: (sid, settings) => ask(async () => toHeld(await account.incomingPhoneNumbers(sid).update({ ...settings }))),
  };
}

/** The carrier writes null for what is not set. */
function toHeld(number: IncomingPhoneNumberInstance): HeldNumber {
  const text = (value: string | null) => value ?? '';
  return {
    sid: number.sid,
    number: number.phoneNumber,
    settings: {
      voiceUrl: text(number.voiceUrl),
      voiceMethod: text(number.voiceMethod),
      voiceFallbackUrl: text(number.voiceFallbackUrl),
      voiceFallbackMethod: text(number.voiceFallbackMethod),
      statusCallback: text(number.statusCallback),
      statusCallbackMethod: text(number.statusCallbackMethod),
      voiceApplicationSid: text(number.voiceApplicationSid),
      trunkSid: text(number.trunkSid),
      apiVersion: text(number.apiVersion),
    },
  };
}

async function askCarrier<T>(apiUrl: string, work: () => Promise<T>): Promise<Outcome<T, CarrierRefusal>> {
  try {
    return accept(await work());
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status !== 'number') return refuse('carrier-away', `The carrier at ${apiUrl} does not answer.`);
    if (status === 401 || status === 403) {
      return refuse(
        'carrier-refused',
        `The carrier does not know this account and token (${status}): look at TWILIO_ACCOUNT_SID and the first of TWILIO_AUTH_TOKENS.`,
      );
    }
    return refuse('carrier-refused', `The carrier at ${apiUrl} refused with ${status}${sayReason(error)}.`);
  }
}

function sayReason(error: unknown): string {
  return error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
}
