import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { Day } from '../src/domain/ids.ts';
import { digestBySite } from '../src/domain/registry-digest.ts';
import {
  HistoryBody,
  RosterLineBody,
  TreeBody,
  contractVersion,
  itemPaths,
  keyHeader,
  readPaths,
} from '../src/registry/contract.ts';
import type { Faults, Reply } from './faults.ts';
import type { RegistryJudge } from './registry-judge.ts';
import { explain } from './registry-refusals.ts';
import type { Verdict } from './registry-facts.ts';
import type { RegistryStore } from './registry-store.ts';
import { check } from './sandbox-problem.ts';

interface Parts {
  readonly judge: RegistryJudge;
  readonly store: RegistryStore;
  readonly faults: Faults;
  readonly token: string;
}

/** The core registry's own API as `src/registry/contract.ts` words it, with real storage and real rules behind it. */
export function createRegistryRoutes({ judge, store, faults, token }: Parts): Router {
  const router = Router();
  const put = <T>(path: string, schema: z.ZodType<T & object>, hand: (item: T) => Promise<Verdict>) =>
    router.put(path, async (request, response) => faults.answer(response, await answerItem(request, schema, hand)));

  router.use(
    `/v${contractVersion}`,
    (request, response, next) => faults.before(request, response, next),
    requireToken(token),
    express.json({ limit: '1mb' }),
  );
  put(itemPaths.tree(':siteId'), TreeBody, (tree) => judge.tree(tree));
  put(itemPaths.rosterLine(':siteId', ':workerId'), RosterLineBody, (line) => judge.rosterLine(line));
  put(itemPaths.history(':workerId', ':siteId', ':workDate'), HistoryBody, (history) => judge.history(history));
  router.get(readPaths.digests, async (request, response) => {
    const { day } = check(z.object({ day: Day }), request.query);
    const held = await store.histories.visible({ workDate: day });
    await faults.answer(response, { status: 200, body: { day, digests: digestBySite(held.map(({ item }) => item)) } });
  });
  router.get(readPaths.histories, async (request, response) => {
    const { siteId, day } = check(z.object({ siteId: z.string().min(1), day: Day }), request.query);
    const held = await store.histories.visible({ siteId, workDate: day });
    await faults.answer(response, { status: 200, body: { siteId, day, items: held.map(({ item }) => item) } });
  });
  return router;
}

async function answerItem<T>(
  request: Request,
  schema: z.ZodType<T & object>,
  hand: (item: T) => Promise<Verdict>,
): Promise<Reply> {
  const key = request.get(keyHeader);
  if (!key || key.length > 255)
    return { status: 400, body: { key: '', ...explain({ code: 'MALFORMED', subject: keyHeader }) } };
  const item = schema.safeParse(request.body);
  const flaw = item.success ? otherId(request.params, item.data) : item.error.issues[0]?.path.join('.');
  if (!item.success || flaw !== undefined) {
    return { status: 400, body: { key, ...explain({ code: 'MALFORMED', subject: flaw || 'body' }) } };
  }
  return replyTo(key, await hand(item.data));
}

function replyTo(key: string, verdict: Verdict): Reply {
  if (verdict.state !== 'rejected') return { status: 200, body: { key, ...verdict } };
  const { state: _state, ...refusal } = verdict;
  return { status: refusal.code === 'VERSION_CONFLICT' ? 409 : 422, body: { key, ...refusal } };
}

/** The first id of the path that the body gives otherwise. */
function otherId(params: Request['params'], item: object): string | undefined {
  const said = new Map(Object.entries(item));
  return Object.entries(params).find(([name, value]) => said.get(name) !== value)?.[0];
}

function requireToken(token: string): RequestHandler {
  const wanted = sha256(`Bearer ${token}`);
  return (request: Request, response: Response, next) => {
    if (timingSafeEqual(sha256(request.get('authorization') ?? ''), wanted)) return next();
    response.status(401).set('www-authenticate', 'Bearer').json({ title: 'The token is missing or wrong.' });
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
