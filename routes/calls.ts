import { z } from 'zod';
import type { Reach } from '../src/domain/reach.ts';
import type { Viewer } from '../src/domain/api-key.ts';
import type { Correction } from '../src/domain/correction.ts';
import { CallId, SiteId } from '../src/domain/ids.ts';
import { turnId } from '../src/domain/ledger.ts';
import { Moment, isReversed } from '../src/domain/moment.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { CorrectionStore } from '../src/ports-corrections.ts';
import type { CallRecord, ProjectionStore } from '../src/ports-projection.ts';
import type { ForViewer, LedgerStore } from '../src/ports.ts';

const CallView = z.object({
  callId: z.string(),
  line: z.string(),
  from: z.string(),
  receivedAt: z.string(),
  source: z.string(),
  answered: z.boolean(),
  receiptNumber: z.string(),
  outcome: z.string(),
  status: z.string().nullable(),
  flags: z.array(z.string()),
  siteId: z.string().nullable(),
  turns: z.array(
    z.object({
      turn: z.number().int(),
      at: z.string(),
      outcome: z.string(),
      pressed: z.string().nullable(),
      markup: z.string(),
    }),
  ),
  passages: z.array(
    z.object({
      workerId: z.string(),
      siteId: z.string(),
      direction: z.enum(['entry', 'exit']),
      at: z.string(),
      adjustedAt: z.string().nullable(),
      by: z.string(),
    }),
  ),
});

export interface CallRouteParts {
  readonly ledger: Pick<LedgerStore, 'wordsOf'>;
  readonly projections: ForViewer<ProjectionStore>;
  readonly corrections: Pick<CorrectionStore, 'ofCalls'>;
}

const CallQuery = listQuery({
  siteId: SiteId.exactOptional(),
  receipt: z
    .string()
    .regex(/^\d{4}$/)
    .exactOptional(),
  from: Moment.exactOptional(),
  to: Moment.exactOptional(),
}).superRefine((period, context) => {
  if (!isReversed(period)) return;
  context.addIssue({ code: 'custom', path: ['to'], params: { code: 'period-reversed' }, input: undefined });
});

/** Every call, also those from which nothing could be recorded; the last received come first. */
export function callRoutes({ ledger, projections, corrections }: CallRouteParts) {
  const shown = async (calls: readonly CallRecord[]) => {
    const [approved, words] = await Promise.all([
      corrections.ofCalls(calls.map(({ callId }) => callId)),
      ledger.wordsOf(calls.flatMap(({ callId, turns }) => (turns.length > 0 ? [callId] : []))),
    ]);
    const adjusted = adjustments(approved);
    return (call: CallRecord) => callView(call, { adjusted, words });
  };
  return [
    endpoint({
      method: 'get',
      path: '/calls',
      summary: 'Calls, by site, receipt number, days (Asia/Tokyo) or instants',
      tag: 'calls',
      scope: 'read',
      access: { right: ['call', 'read'] },
      request: { query: CallQuery },
      response: { status: 200, body: pageOf(CallView) },
      refusals: [],
      handle: async ({ query: { from, to, siteId, receipt, ...query }, viewer, reach }) => {
        const filter = present({ siteId, receipt, from: from?.begin, to: to?.end });
        const within = await reach.within(['call', 'read']);
        const page = await projections.pageCalls(filter, pageRequest(query, within));
        const items = await Promise.all(page.items.map((call) => partOf(call, viewer, reach)));
        return accept(answerPage({ ...page, items }, await shown(items)));
      },
    }),
    endpoint({
      method: 'get',
      path: '/calls/{callId}',
      summary: 'One call with its turns',
      tag: 'calls',
      scope: 'read',
      access: { right: ['call', 'read'], one: ({ params }) => params.callId },
      request: { params: z.object({ callId: CallId }) },
      response: { status: 200, body: CallView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, viewer, reach }) => {
        const call = await projections.callWithin(params.callId, await reach.within(['call', 'read']));
        if (!call) return refuse('not-found');
        const part = await partOf(call, viewer, reach);
        return accept((await shown([part]))(part));
      },
    }),
  ];
}

/** To the prime of its site a call is shown whole; to others without what it says of people who are not theirs. */
async function partOf(call: CallRecord, { firmId, workerId }: Viewer, reach: Reach): Promise<CallRecord> {
  const looked = await reach.lookedInto();
  const isWhole = call.siteId !== undefined && !looked && (await reach.seesWhole(call.siteId));
  if (reach.everything || isWhole) return call;
  const firms: readonly unknown[] = looked ?? (firmId === undefined ? [] : [firmId]);
  const passages = call.passages.filter(
    (passage) => firms.includes(passage.standing.employerId) || passage.workerId === workerId,
  );
  return passages.length === call.passages.length ? call : { ...call, passages, turns: [] };
}

/** The value that stands beside what was received: the last approved correction of each passage. */
function adjustments(corrections: readonly Correction[]): ReadonlyMap<string, Date> {
  const all = corrections.flatMap(({ adjusted = [] }) => adjusted);
  return new Map(all.map((one) => [passageKey(one.callId, one), one.adjustedAt]));
}

function passageKey(callId: string, { siteId, direction }: { readonly siteId: string; readonly direction: string }) {
  return `${callId}:${siteId}:${direction}`;
}

interface Beside {
  readonly adjusted: ReadonlyMap<string, Date>;
  /** What was said, by turn. */
  readonly words: ReadonlyMap<string, string>;
}

function callView(call: CallRecord, { adjusted, words }: Beside): z.infer<typeof CallView> {
  const adjustedAt = (passage: CallRecord['passages'][number]) => {
    const at = adjusted.get(passageKey(call.callId, passage));
    return at ? tokyoText(at) : null;
  };
  return {
    ...call,
    receivedAt: tokyoText(call.receivedAt),
    status: call.status ?? null,
    flags: [...call.flags],
    siteId: call.siteId ?? null,
    turns: call.turns.map(({ turn, at, outcome, pressed }) => ({
      turn,
      at: tokyoText(at),
      outcome,
      pressed: pressed ?? null,
      markup: words.get(turnId(call.callId, turn)) ?? '',
    })),
    passages: call.passages.map((passage) => ({
      workerId: passage.workerId,
      siteId: passage.siteId,
      direction: passage.direction,
      at: tokyoText(passage.at),
      adjustedAt: adjustedAt(passage),
      by: passage.by,
    })),
  };
}
