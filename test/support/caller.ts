import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Express } from 'express';
import supertest from 'supertest';
import { type CallToPlay, type PlayedCall, playCall } from '../../sandbox/carrier-player.ts';
import {
  type CarrierAnswer,
  type CarrierForm,
  type Send,
  createSignedSend,
  describeCall,
  signForm,
} from '../../sandbox/carrier-request.ts';
import { twimlFaults } from './twiml-rules.ts';

/** What tests configure the service with, so that a signed request is accepted. */
export const CARRIER = {
  publicBaseUrl: 'https://calls.example.jp',
  accountSid: `AC${'0'.repeat(32)}`,
  token: 'test-token-0123456789abcdef',
} as const;

/** An Express app, or the address of a running service. */
export type Target = Express | string;

interface Signing {
  readonly token?: string;
  readonly publicBaseUrl?: string;
}

/** One signed carrier request; a foreign `token` makes one that must be refused. */
export function signedPost(
  target: Target,
  path: string,
  form: CarrierForm,
  signing: Signing = {},
): Promise<CarrierAnswer> {
  return sendTo(target, signing)(path, form);
}

/** The first form of a call, as it arrives while the telephone rings; `extra` adds or replaces fields. */
export function incomingCall(call: { from: string; to: string; callId?: string; extra?: CarrierForm }): CarrierForm {
  return describeCall({ accountSid: CARRIER.accountSid, callId: newCallId(), ...call }, 'ringing');
}

/** A call id that no other test has. */
export function newCallId(): string {
  return `CA${randomBytes(16).toString('hex')}`;
}

/** What one call may say beside who calls whom. */
export type Dial = { from: string; to: string; callId?: string } & Partial<
  Pick<
    CallToPlay,
    'press' | 'hangupAfterMs' | 'hangupAfterTurns' | 'withheld' | 'repeat' | 'fallback' | 'faults' | 'now' | 'extra'
  >
>;

/** A telephone whose calls end at the target: `call` plays a whole one and tells what was heard. */
export function phone(target: Target, signing: Signing = {}): { call(dial: Dial): Promise<PlayedCall> } {
  const { accountSid } = CARRIER;
  const publicBaseUrl = signing.publicBaseUrl ?? CARRIER.publicBaseUrl;
  const send = sendTo(target, signing);
  return { call: (dial) => playCall({ accountSid, publicBaseUrl, send, callId: newCallId(), ...dial }) };
}

/** All that was said in a call, as one text. */
export function heardIn({ turns }: PlayedCall): string {
  return turns.flatMap(({ say }) => say).join(' ');
}

/** How a command ended, and what it printed. */
export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the call command as a user does, without the settings of this environment. */
export function runCallCommand(words: readonly string[]): Promise<CommandEnd> {
  return runCommand('sandbox/call.ts', words);
}

/** The same of the command that shows a rush. */
export function runRushCommand(words: readonly string[]): Promise<CommandEnd> {
  return runCommand('sandbox/rush.ts', words);
}

function runCommand(command: string, words: readonly string[]): Promise<CommandEnd> {
  const env = {
    ...process.env,
    ...{ PUBLIC_BASE_URL: '', TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKENS: '', ADMIN_API_KEY: '' },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', command, ...words], { env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err });
    });
  });
}

function sendTo(target: Target, signing: Signing): Send {
  const { token, publicBaseUrl } = { ...CARRIER, ...signing };
  if (typeof target === 'string') return withinRules(createSignedSend({ baseUrl: target, publicBaseUrl, token }));
  return async (path, form) => {
    const answer = await supertest(target)
      .post(path)
      .type('form')
      .set('X-Twilio-Signature', signForm({ token, url: publicBaseUrl + path, form }))
      .send(new URLSearchParams(form).toString());
    return { status: answer.status, type: answer.headers['content-type'] ?? '', text: answer.text };
  };
}

/** Whatever a running service answers in a test must be TwiML that the carrier allows. */
function withinRules(send: Send): Send {
  return async (path, form) => {
    const answer = await send(path, form);
    const faults = answer.status === 200 && answer.type.startsWith('text/xml') ? twimlFaults(answer.text) : [];
    if (faults.length > 0) throw new Error(`TwiML that ${faults.join(', ')}: ${answer.text}`);
    return answer;
  };
}
