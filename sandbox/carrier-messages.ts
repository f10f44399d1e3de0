import express, { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { E164 } from '../src/domain/ids.ts';
import type { MessageList } from './message-list.ts';
import { check } from './sandbox-problem.ts';

const ACCOUNT = '/2010-04-01/Accounts/:account';

/** A text comes from a number or from a name of up to eleven letters; a call from a number alone. */
const Text = z.object({
  To: E164,
  From: z.string().regex(/^(\+[1-9]\d{6,14}|[\w ]{1,11})$/),
  Body: z.string().min(1).max(1600),
});
const Call = z.object({ To: E164, From: E164, Url: z.url() });

interface Parts {
  readonly messages: MessageList;
  readonly clock: { now(): Date };
  readonly chance: { fraction(): number };
}

/** The carrier's endpoints for texts and calls to people, in the shape of Twilio's REST API; nothing goes out, everything is listed. */
export function createCarrierMessages({ messages, clock, chance }: Parts): Router {
  const router = Router();
  router.use(ACCOUNT, express.urlencoded({ extended: false, limit: '32kb' }));
  router.post(`${ACCOUNT}/Messages.json`, authenticate, async (request, response) => {
    const { To, From, Body } = check(Text, request.body);
    await messages.add({ channel: 'sms', to: To, text: Body, at: clock.now() });
    response.status(201).json({ ...answerOf(request, newSid('SM', chance)), to: To, from: From, body: Body });
  });
  router.post(`${ACCOUNT}/Calls.json`, authenticate, async (request, response) => {
    const { To, From, Url } = check(Call, request.body);
    await messages.add({ channel: 'call', to: To, text: Url, at: clock.now() });
    response
      .status(201)
      .json({ ...answerOf(request, newSid('CA', chance)), to: To, from: From, direction: 'outbound-api' });
  });
  return router;
}

const authenticate: RequestHandler = (request, response, next) => {
  if (/^Basic ./.test(request.get('authorization') ?? '')) return next();
  response.status(401).json({ code: 20003, message: 'Authenticate', status: 401 });
};

function newSid(prefix: string, chance: Parts['chance']): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(chance.fraction() * 16).toString(16));
  return `${prefix}${digits.join('')}`;
}

function answerOf(request: Request, sid: string) {
  const { account } = check(z.object({ account: z.string() }), request.params);
  return { sid, account_sid: account, status: 'queued', api_version: '2010-04-01' };
}
