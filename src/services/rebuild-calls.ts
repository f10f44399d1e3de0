import { CallId, type Day } from '../domain/ids.ts';
import { turnId } from '../domain/ledger.ts';
import type { ListedCall, CarrierCalls } from '../ports-carrier.ts';
import type { Clock, LedgerStore, LineStore } from '../ports.ts';
import type { AnswerCall } from './answer-call.ts';

export interface RebuildCallsParts {
  readonly carrier: CarrierCalls;
  readonly lines: LineStore;
  readonly ledger: LedgerStore;
  readonly answerCall: AnswerCall;
  readonly clock: Clock;
}

/** How many calls the carrier lists for one day, how many of them we know, how many were taken up now. */
export interface RebuildReport {
  readonly listed: number;
  readonly known: number;
  readonly rebuilt: number;
}

/** Compares the carrier's list of one day with the ledger and takes up what no webhook told us of; again it does nothing. */
export type RebuildCalls = (day: Day) => Promise<RebuildReport>;

/** Thrown when the carrier does not answer: the run is tried again. */
export class CarrierAway extends Error {}

const PAGE = 200;
/** A call that still rings may be on its way to us; its webhook comes within seconds. */
const YOUNG_MS = 120_000;

export function createRebuildCalls({ carrier, lines, ledger, answerCall, clock }: RebuildCallsParts): RebuildCalls {
  return async function rebuildCalls(day) {
    const listed = (await listedOn(carrier, lines, day)).filter((call) => isSettled(call, clock.now()));
    const missing: ListedCall[] = [];
    for (let from = 0; from < listed.length; from += PAGE) {
      const some = listed.slice(from, from + PAGE);
      const known = await knownAmong(ledger, some);
      missing.push(...some.filter(({ callId }) => !known.has(callId)));
    }
    for (const { callId, from, to, startedAt } of missing) {
      const late = { at: startedAt, source: 'carrier-list' } as const;
      await answerCall({ callId: CallId.parse(callId), turn: 1, from, to, forwarded: false, late });
    }
    return { listed: listed.length, known: listed.length - missing.length, rebuilt: missing.length };
  };
}

/** Every call to our numbers, in the order in which they rang. */
async function listedOn(carrier: CarrierCalls, lines: LineStore, day: Day): Promise<readonly ListedCall[]> {
  const found: ListedCall[] = [];
  let after: string | undefined;
  do {
    const page = await lines.page({ limit: PAGE, within: 'everything', ...(after === undefined ? {} : { after }) });
    for (const { number } of page.items) {
      const calls = await carrier.callsTo(number, day);
      if (!calls) throw new CarrierAway("the carrier's list of calls could not be read");
      found.push(...calls.filter(({ callId }) => CallId.safeParse(callId).success));
    }
    after = page.next;
  } while (after !== undefined);
  return found.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}

function isSettled({ over, startedAt }: ListedCall, now: Date): boolean {
  return over || now.getTime() - startedAt.getTime() > YOUNG_MS;
}

async function knownAmong(ledger: LedgerStore, calls: readonly ListedCall[]): Promise<ReadonlySet<string>> {
  const ids = calls.map(({ callId }) => CallId.parse(callId));
  const entries = await ledger.touching([], ids);
  const standing = new Set(entries.map(({ id }) => id));
  return new Set(ids.filter((id) => standing.has(turnId(id, 1))));
}
