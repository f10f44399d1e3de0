import { z } from 'zod';
import { type Outcome, accept, refuse } from '../src/domain/outcome.ts';
import { readCaller, readLineNumber } from '../src/domain/phone-number.ts';
import type { CallToPlay } from './carrier-player.ts';

/** The words of the command line, as typed. */
export interface CallWords {
  readonly from?: string;
  readonly to: string;
  readonly press?: readonly string[];
  readonly hangupAfter?: string;
  readonly withheld?: boolean;
  readonly repeat?: boolean;
  readonly url?: string;
  readonly callId?: string;
}

/** A call that can be played over HTTP. */
export type CallPlan = Extract<CallToPlay, { baseUrl: string }>;

/** What the words are read with: the environment, the text of the service's secrets file, and an id if none is given. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: string | undefined;
  readonly newCallId: string;
}

const Secrets = z.object({
  publicBaseUrl: z.string().optional(),
  baseUrl: z.string().optional(),
  twilioAccountSid: z.string().optional(),
  twilioAuthTokens: z.array(z.string()).optional(),
});

type Refusal = Outcome<never, 'call-unplayable'>;
const decline = (sentence: string): Refusal & { ok: false } => refuse('call-unplayable', sentence);

/** Turns the command line into a call, or says in a sentence what is missing; the environment wins over the secrets. */
export function planCall(words: CallWords, around: Surroundings): Outcome<CallPlan, 'call-unplayable'> {
  const service = findService(words, around);
  if (!service.ok) return service;
  const from = readFrom(words);
  if (!from.ok) return from;
  const to = readLineNumber(words.to);
  if (!to.ok) return decline(`"${words.to}" is not a telephone number: --to takes the number of a line.`);
  const patience = readPatience(words.hangupAfter);
  if (!patience.ok) return patience;
  const press = readPress(words.press ?? []);
  if (!press.ok) return press;
  const callId = words.callId ?? around.newCallId;
  if (!/^CA[0-9a-f]{32}$/.test(callId)) return decline('A call id is CA and 32 characters of 0-9 and a-f.');
  const conduct = { withheld: words.withheld === true, repeat: words.repeat === true, press: press.value };
  return accept({ ...service.value, ...patience.value, ...conduct, from: from.value, to: to.value, callId });
}

function readPress(typed: readonly string[]): Outcome<readonly (string | undefined)[], 'call-unplayable'> {
  const odd = typed.find((keys) => !/^[0-9*#]*$/.test(keys));
  if (odd !== undefined) return decline(`"${odd}" cannot be pressed: a telephone has the keys 0-9, * and #.`);
  return accept(typed.map((keys) => keys || undefined));
}

type Service = Pick<CallPlan, 'baseUrl' | 'publicBaseUrl' | 'accountSid' | 'token'>;

function findService({ url }: CallWords, { env, secrets }: Surroundings): Outcome<Service, 'call-unplayable'> {
  const kept = readSecrets(secrets);
  if (!kept) return decline('The secrets file of the data folder cannot be read; start the service once (npm start).');
  const { publicBaseUrl, baseUrl, twilioAccountSid: accountSid, twilioAuthTokens } = { ...kept, ...readEnv(env) };
  const token = twilioAuthTokens?.[0];
  if (!token || !accountSid)
    return decline(
      'There is nothing to sign with: start the service once (npm start), which writes secrets.json into its data ' +
        'folder (--data-dir), or set TWILIO_AUTH_TOKENS and TWILIO_ACCOUNT_SID.',
    );
  const reached = trimUrl(url ?? baseUrl ?? nameListener(env));
  const signed = trimUrl(publicBaseUrl ?? reached);
  const wrong = [reached, signed].find((address) => !/^https?:/.test(address) || !URL.canParse(address));
  if (wrong !== undefined) return decline(`"${wrong}" is not an address: write it as http://localhost:3000.`);
  return accept({ baseUrl: reached, publicBaseUrl: signed, accountSid, token });
}

function nameListener(env: Surroundings['env']): string {
  return `http://${env['HOST'] || '127.0.0.1'}:${env['PORT'] || '3000'}`;
}

/** Variables that are set, an empty one counting as unset; any of the service's tokens will do. */
function readEnv(env: Surroundings['env']): z.infer<typeof Secrets> {
  const tokens = (env['TWILIO_AUTH_TOKENS'] ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter(Boolean);
  return {
    ...(env['PUBLIC_BASE_URL'] ? { publicBaseUrl: env['PUBLIC_BASE_URL'] } : {}),
    ...(env['TWILIO_ACCOUNT_SID'] ? { twilioAccountSid: env['TWILIO_ACCOUNT_SID'] } : {}),
    ...(tokens.length > 0 ? { twilioAuthTokens: tokens } : {}),
  };
}

function readSecrets(text: string | undefined): z.infer<typeof Secrets> | undefined {
  if (text === undefined) return {};
  try {
    return Secrets.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function trimUrl(url: string): string {
  return url.replace(/\/+$/, '');
}

/** Whatever a carrier could send may be played: a number, a word for a withheld one, an impossible one with its plus. */
function readFrom({ from, withheld }: CallWords): Outcome<string, 'call-unplayable'> {
  if (from === undefined) return withheld ? accept('') : decline('Say who calls: --from 090-…, or --withheld.');
  const asSent = from.trim();
  if (/^\+\d+$/.test(asSent) || ['withheld', 'client', 'sip'].includes(readCaller(asSent).kind)) return accept(asSent);
  const number = readLineNumber(from);
  return number.ok
    ? number
    : decline(`"${from}" is not a telephone number; to play an impossible one, begin it with +.`);
}

function readPatience(text: string | undefined): Outcome<{ hangupAfterMs?: number }, 'call-unplayable'> {
  if (text === undefined) return accept({});
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? [];
  if (amount === undefined) return decline(`"${text}" is not a time: --hangup-after takes 2s or 1500ms.`);
  return accept({ hangupAfterMs: Number(amount) * (unit === 'ms' ? 1 : 1000) });
}
