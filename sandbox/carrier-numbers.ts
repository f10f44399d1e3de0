import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, Router } from 'express';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { check, missing } from './sandbox-problem.ts';

interface NumberDoc {
  readonly _id: string;
  readonly number: string;
  readonly settings: Readonly<Record<string, string>>;
}

const schema = new Schema<NumberDoc>(
  {
    _id: { type: String, required: true },
    number: { type: String, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, collection: 'carrierNumbers', minimize: false },
);

/** As a number is when it was just bought: the carrier's own greeting, nothing of ours. */
const BOUGHT = {
  voice_url: 'https://demo.twilio.com/welcome/voice/',
  voice_method: 'POST',
  voice_fallback_url: '',
  voice_fallback_method: 'POST',
  status_callback: '',
  status_callback_method: 'POST',
  voice_application_sid: '',
  trunk_sid: '',
  api_version: '2010-04-01',
} as const;

const BASE = '/2010-04-01/Accounts/:account';

/** The account and its numbers in the shape of Twilio's REST API: enough to set a number up and to check it. */
export function createCarrierNumbers(connection: Connection, lines: readonly string[]): Router {
  const Numbers = connection.model('CarrierNumber', schema);
  const held = lines.map((number) => ({ _id: sidOf(number), number, settings: {} }));

  async function all(): Promise<readonly NumberDoc[]> {
    const written = await Numbers.find({}).lean<NumberDoc[]>();
    return [...held.filter(({ _id }) => !written.some((one) => one._id === _id)), ...written];
  }

  const router = Router();
  router.use(/^\/2010-04-01\/Accounts\/[^/]+(\.json|\/IncomingPhoneNumbers.*)$/, requireAccount, express.urlencoded());
  router.get(`${BASE}.json`, (request, response) => {
    response.json({ sid: request.params.account, status: 'active', type: 'Full' });
  });
  router.get(`${BASE}/IncomingPhoneNumbers.json`, async (request, response) => {
    const { PhoneNumber = '' } = check(z.object({ PhoneNumber: z.string().optional() }), request.query);
    const found = (await all()).filter(({ number }) => number.includes(PhoneNumber));
    response.json({ incoming_phone_numbers: found.map(written), next_page_uri: null });
  });
  router.post(`${BASE}/IncomingPhoneNumbers/:sid.json`, async (request: Request<{ sid: string }>, response) => {
    const number = (await all()).find(({ _id }) => _id === request.params.sid);
    if (!number) throw missing('The account holds no such number.');
    const fields = check(z.record(z.string(), z.string()), request.body);
    const changed = Object.entries(fields).map(([name, value]) => [inSnakeCase(name), value]);
    const settings = { ...number.settings, ...Object.fromEntries(changed) } as Record<string, string>;
    await Numbers.updateOne({ _id: number._id }, { $set: { number: number.number, settings } }, { upsert: true });
    response.json(written({ ...number, settings }));
  });
  return router;
}

const requireAccount: RequestHandler = (request, response, next) => {
  if (/^Basic ./.test(request.get('authorization') ?? '')) return next();
  response.status(401).json({ code: 20003, message: 'Authenticate', status: 401 });
};

function sidOf(number: string): string {
  return `PN${createHash('sha256').update(number).digest('hex').slice(0, 32)}`;
}

function written({ _id, number, settings }: NumberDoc) {
  return { sid: _id, phone_number: number, ...BOUGHT, ...settings };
}

/** VoiceUrl as voice_url: the API takes the one and answers the other. */
function inSnakeCase(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
