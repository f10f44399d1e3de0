import express, { type Express } from 'express';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { PlayedCall } from '../../sandbox/carrier-player.ts';
import { CARRIER, type Dial, phone } from './caller.ts';

/** What the carrier sent, and whether its signature holds. */
export interface Seen {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly signed: boolean;
}

/** Writes a document with the carrier's own builder. */
export type Writer = (response: VoiceResponse, form: Seen['form']) => void;

/** A written document, or any other answer. */
export type Script = Writer | { readonly status?: number; readonly type?: string; readonly text: string };

/** Who calls whom when a test does not care. */
export const RING = { from: '+819011112222', to: '+815031000001' } as const;

/** The path of a call's first request. */
export const VOICE = '/webhooks/twilio/voice';

/** A service that answers each path by its script, keeps what it was sent, and can be called. */
export function serveScripts(scripts: Readonly<Record<string, Script>>): {
  readonly app: Express;
  readonly seen: readonly Seen[];
  readonly forms: () => readonly Seen['form'][];
  readonly call: (dial?: Partial<Dial>) => Promise<PlayedCall>;
} {
  const seen: Seen[] = [];
  const app = express();
  app.use(express.urlencoded({ extended: false }), (request, reply) => {
    const form = { ...(request.body as Seen['form']) };
    const url = CARRIER.publicBaseUrl + request.originalUrl;
    const signed = validateRequest(CARRIER.token, request.header('x-twilio-signature') ?? '', url, form);
    seen.push({ path: request.originalUrl, form, signed });
    const script = scripts[request.originalUrl] ?? { status: 204, text: '' };
    const { status = 200, type = 'text/xml', text } = typeof script === 'function' ? write(script, form) : script;
    reply.status(status).type(type).send(text);
  });
  const call = (dial: Partial<Dial> = {}) => phone(app).call({ ...RING, ...dial });
  return { app, seen, call, forms: () => seen.map(({ form }) => form) };
}

function write(script: Writer, form: Seen['form']) {
  const response = new VoiceResponse();
  script(response, form);
  return { status: 200, type: 'text/xml', text: response.toString() };
}
