import { randomBytes } from 'node:crypto';
import { parse } from 'node:querystring';
import type { Connection } from 'mongoose';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { renderTwiml } from '../ivr/twiml.ts';
import { createCallDirectory } from '../models/call-directory.ts';
import { createFirmStore } from '../models/firm-store.ts';
import { createPlanStore } from '../models/plan-store.ts';
import { createWorkerStore } from '../models/worker-store.ts';
import { createProjectionStore } from '../models/projection-store.ts';
import { createLedgerStore } from '../models/ledger-store.ts';
import { CarrierForm } from '../routes/carrier-form.ts';
import { openVault } from '../src/compose-vault.ts';
import type { CallId, E164 } from '../src/domain/ids.ts';
import type { MasterCipher } from '../src/services/number-cipher.ts';
import { createCallAids } from '../src/services/call-aids.ts';
import { createAnswerCall } from '../src/services/answer-call.ts';
import { createFactFinder } from '../src/services/find-call-facts.ts';
import { readyCall } from './load.ts';
import type { Crowd } from './people.ts';
import { BENCH } from './settings.ts';

interface StageGround {
  readonly connection: Connection;
  readonly cipher: MasterCipher;
  readonly callers: Crowd['callers'];
}

/** What each stage of a first call costs by itself, in µs, one call after the other: where the next gain lies. */
export async function measureStages({ connection, cipher, callers }: StageGround): Promise<Record<string, number>> {
  const requests = callers.map(({ number, line }) => readyCall(number, line));
  const forms = requests.map(({ body }) => ({ ...parse(body) }) as Record<string, string>);
  const url = `${BENCH.publicBaseUrl}/webhooks/twilio/voice`;
  const clock = { now: () => new Date(), real: () => new Date() };
  const { vault, words } = openVault(connection, { cipher, clock, randomBytes });
  const parts = {
    directory: createCallDirectory(connection, vault, Date.now),
    aids: createCallAids({
      projections: createProjectionStore(connection),
      plans: createPlanStore(connection),
      firms: createFirmStore(connection),
      workers: createWorkerStore(connection, vault),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      pinService: { check: () => Promise.resolve('none') },
    }),
    ledger: createLedgerStore(connection, words),
    cipher,
    clock,
  };
  const findFacts = createFactFinder(parts);
  const answer = createAnswerCall({
    ...parts,
    render: (acts) => renderTwiml(acts),
    nudge: () => undefined,
    replayed: () => undefined,
  });
  const asked = forms.map((form) => ({
    callId: form['CallSid'] as CallId,
    turn: 1,
    from: form['From'] ?? '',
    to: form['To'] ?? '',
    forwarded: false,
  }));
  const prompt = {
    id: 'entry-recorded',
    words: { name: 'ケイソク タロウ', site: 'ケイソクマチ', hour: 7, minute: 41, receipt: '1234' },
  } as const;
  return {
    'parse the form': await each(requests, ({ body }) => parse(body)),
    'check the signature': await each(requests, ({ signature }, place) =>
      validateRequest(BENCH.token, signature, url, forms[place] ?? {}),
    ),
    'check the fields': await each(forms, (form) => CarrierForm.safeParse(form)),
    'hash the number': await each(callers, ({ number }) => cipher.index(number as E164)),
    'look-ups': await each(asked, (one) => findFacts(one)),
    markup: await each(callers, () => renderTwiml([{ verb: 'tell', prompt }, { verb: 'end' }])),
    'whole answer with the write': await each(asked, (one) => answer(one)),
  };
}

async function each<T>(items: readonly T[], work: (item: T, place: number) => unknown): Promise<number> {
  const start = performance.now();
  for (const [place, item] of items.entries()) await work(item, place);
  return ((performance.now() - start) * 1000) / items.length;
}
