import { terminalStatuses } from '../domain/call-status.ts';
import { type Raised, raisedByHistories, withState } from '../domain/raise-exceptions.ts';
import type { History } from '../domain/history.ts';
import { historiesOf, recordedOf } from '../domain/identity.ts';
import type { Identity } from '../domain/merge.ts';
import type { CallId, WorkerId } from '../domain/ids.ts';
import {
  type ActEntry,
  type ExceptionRecord,
  type LedgerEntry,
  type TurnEntry,
  recordedBy,
  severityOf,
  standingPassages,
} from '../domain/ledger.ts';
import type { Passage } from '../domain/passage.ts';
import { present } from '../domain/present.ts';
import { type RosterLine, deriveRoster } from '../domain/roster.ts';
import { type Head, headOf } from '../domain/sequence.ts';
import type { CallRecord } from '../ports-projection.ts';
import type { CallStatus } from '../ports.ts';

/** What follows for one worker from his part of the truth. */
export interface WorkerProjection {
  readonly head: Head;
  readonly histories: readonly History[];
  readonly roster: readonly RosterLine[];
  readonly raised: readonly Raised[];
}

/** A worker's head, histories, roster lines and exceptions: a pure function of his entries, in whatever order (I4). */
export function projectWorker(
  workerId: WorkerId,
  entries: readonly LedgerEntry[],
  identities: readonly Identity[] = [],
): WorkerProjection {
  const recorded = recordedOf(workerId, entries, identities);
  const histories = historiesOf(workerId, entries, identities);
  const head = headOf(workerId, recorded);
  const facts = Math.max(head.seq, recorded.length);
  return { head, histories, roster: deriveRoster(histories, facts), raised: raisedByHistories(histories) };
}

/** A call as it is listed, from its turns and what the carrier said of its end. */
export function projectCall(
  turns: readonly TurnEntry[],
  acts: readonly ActEntry[],
  status: CallStatus | undefined,
): CallRecord | undefined {
  const sorted = [...turns].sort((a, b) => a.turn - b.turn);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return undefined;
  return {
    callId: first.callId,
    line: first.line,
    from: first.caller.masked ?? first.caller.kind,
    ...present({ callerIndex: first.caller.index }),
    receivedAt: first.at,
    source: first.source,
    answered: first.source !== 'carrier-list' && !sorted.some((turn) => turn.rejected),
    receiptNumber: first.receipt,
    outcome: last.exception ?? outcomeOf(sorted),
    ...present({ status: status?.status }),
    flags: [...new Set(sorted.flatMap((turn) => turn.flags))].sort(),
    ...present({ siteId: sorted.findLast((turn) => turn.siteId)?.siteId ?? acts[0]?.siteId }),
    turns: sorted.map(({ turn, at, outcome, pressed }) => ({ turn, at, outcome, ...present({ pressed }) })),
    passages: standingIn([...sorted, ...acts]),
  };
}

/** The passages of a call that no later turn of it took back. */
function standingIn(entries: readonly LedgerEntry[]): readonly Passage[] {
  const workerIds = new Set(entries.flatMap(({ workerId }) => workerId ?? []));
  return [...workerIds].flatMap((workerId) => standingPassages(recordedBy(entries, workerId)));
}

/** What a call came to: the last turn that was about an attendance. */
function outcomeOf(turns: readonly TurnEntry[]): string {
  const talk: readonly string[] = ['ended', 'informed'];
  return turns.findLast(({ outcome }) => !talk.includes(outcome))?.outcome ?? 'ended';
}

/** Exceptions as they stand now: what the truth raises, with what people decided; what it no longer raises is fixed. */
export function settleExceptions(
  raised: readonly Raised[],
  acts: readonly ActEntry[],
  open: readonly ExceptionRecord[],
): readonly ExceptionRecord[] {
  const actOf = new Map(acts.map((act) => [act.exceptionId, act]));
  const standing = raised.map((one) => withState(one, actOf.get(one.id)));
  const ids = new Set(raised.map((one) => one.id));
  const gone = open.filter((one) => !ids.has(one.id)).map((one) => ({ ...one, state: 'fixed' as const }));
  return [...standing, ...gone].map((one) => ({ ...one, severity: severityOf(one.kind) }));
}

/** Whether a call is over: the carrier said so, or it has been silent for longer than any conversation lasts. */
export function isOver(status: CallStatus | undefined, last: TurnEntry, now: Date): boolean {
  return (status !== undefined && terminalStatuses.has(status.status)) || now.getTime() - last.at.getTime() > 600_000;
}

/** The turns, and the acts, of one call. */
export function partsOfCall(
  callId: CallId,
  entries: readonly LedgerEntry[],
): { turns: readonly TurnEntry[]; acts: readonly ActEntry[] } {
  const own = entries.filter((entry) => entry.callId === callId);
  return {
    turns: own.filter((entry) => entry.kind === 'turn'),
    acts: own.filter((entry) => entry.kind === 'act'),
  };
}
