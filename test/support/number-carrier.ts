import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CARRIER } from './caller.ts';
import { type CommandEnd, runCommand } from './run-command.ts';

/** A number as the carrier's API writes it. */
export type WrittenNumber = Record<string, string | null> & { readonly sid: string; readonly phone_number: string };

/** The part of the carrier's API for accounts and their numbers, on loopback; what was written is kept and can be looked at. */
export interface NumberCarrier {
  readonly url: string;
  readonly numbers: WrittenNumber[];
  /** Every request that wrote something, by its fields. */
  readonly writes: Record<string, string>[];
  readonly account: { status: string; type: string };
  close(): Promise<void>;
}

/** A number that was just bought: the carrier's own greeting is set, nothing of ours. */
export function boughtNumber(number: string, sid = `PN${'1'.repeat(32)}`): WrittenNumber {
  return {
    sid,
    phone_number: number,
    voice_url: 'https://demo.twilio.com/welcome/voice/',
    voice_method: 'POST',
    voice_fallback_url: null,
    voice_fallback_method: 'POST',
    status_callback: '',
    status_callback_method: 'POST',
    voice_application_sid: null,
    trunk_sid: null,
    api_version: '2010-04-01',
  };
}

/** Starts such a carrier, which knows the account and token that tests sign with. */
export async function serveNumbers(...numbers: WrittenNumber[]): Promise<NumberCarrier> {
  const account = { status: 'active', type: 'Full' };
  const writes: Record<string, string>[] = [];
  const base = `/2010-04-01/Accounts/${CARRIER.accountSid}`;
  const known = `Basic ${Buffer.from(`${CARRIER.accountSid}:${CARRIER.token}`).toString('base64')}`;
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    if (request.headers.authorization !== known) return { status: 401, body: { code: 20003, message: 'Authenticate' } };
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://carrier');
    if (pathname === `${base}.json`) return { status: 200, body: { sid: CARRIER.accountSid, ...account } };
    if (pathname === `${base}/IncomingPhoneNumbers.json`) {
      const part = searchParams.get('PhoneNumber') ?? '';
      const found = numbers.filter(({ phone_number }) => phone_number.includes(part));
      return { status: 200, body: { incoming_phone_numbers: found, next_page_uri: null } };
    }
    const held = numbers.find(({ sid }) => pathname === `${base}/IncomingPhoneNumbers/${sid}.json`);
    if (!held || request.method !== 'POST') return { status: 404, body: { code: 20404, message: 'not found' } };
    const fields = Object.fromEntries(new URLSearchParams(await readText(request)));
    writes.push(fields);
    for (const [name, value] of Object.entries(fields)) Object.assign(held, { [toSnake(name)]: value });
    return { status: 200, body: held };
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => send(response, status, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { url, numbers, writes, account, close: () => closeServer(server) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** VoiceUrl as voice_url: the API takes the one and answers the other. */
function toSnake(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
}

/** Runs the twilio command as an operator does, with the account that tests sign with. */
export function runTwilioCommand(
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<CommandEnd> {
  const account = { TWILIO_ACCOUNT_SID: CARRIER.accountSid, TWILIO_AUTH_TOKENS: `${CARRIER.token},an-older-token` };
  return runCommand('twilio', words, { ...account, ...settings });
}
