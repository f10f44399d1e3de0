import { type History, historyId } from './history.ts';
import type { CallId } from './ids.ts';
import { type ActEntry, type ExceptionKind, type ExceptionRecord, type TurnEntry, severityOf } from './ledger.ts';
import { type Reminder, isUnfinished } from './reminder.ts';

/** An exception derived from the truth, before anybody acted on it. */
export type Raised = Omit<ExceptionRecord, 'state' | 'severity'>;

/** What a history leaves for a person: a missing half, or a day outside the site's period (R-022, D-07, D-09). */
const FROM_FLAGS: readonly ExceptionKind[] = [
  'entry-without-exit',
  'exit-without-entry',
  'out-of-period',
  'forwarded',
  'companion',
  'two-sites',
  'overlapping-stays',
  'long-stay',
];

/** The exceptions of a worker's histories. */
export function raisedByHistories(histories: readonly History[]): readonly Raised[] {
  return histories
    .filter((history) => !history.withdrawn)
    .flatMap((history) =>
      FROM_FLAGS.filter((kind) => history.flags.includes(kind)).map((kind) => ({
        id: `${kind}:${historyId(history.workerId, history.siteId, history.workDate)}`,
        kind,
        siteId: history.siteId,
        workerId: history.workerId,
        workDate: history.workDate,
        openedAt: new Date(history.evidence.last),
        ...about(history.evidence.callsOf[kind]),
      })),
    );
}

/** An exit that was missing when it was due, and still is: the same exception that the next entry would raise, earlier. */
export function raisedByReminders(reminders: readonly Reminder[], histories: readonly History[]): readonly Raised[] {
  const unfinished = new Map(histories.filter(isUnfinished).map((history) => [history.id, history]));
  return reminders
    .filter(({ id, entries }) => unfinished.get(id)?.evidence.entries === entries)
    .map(({ id, workerId, siteId, workDate, openedAt }) => ({
      id: `entry-without-exit:${id}`,
      kind: 'entry-without-exit',
      ...{ workerId, siteId, workDate, openedAt },
      ...about(unfinished.get(id)?.evidence.callsOf['open']),
    }));
}

function about(calls: readonly CallId[] | undefined): Pick<Raised, 'calls'> {
  return calls && calls.length > 0 ? { calls } : {};
}

/**
 * The exceptions of one call: what its last turn left, and that it became known late. A call that ended, or was left, in the middle of
 * a question counts as one that could not be settled.
 */
export function raisedByCall(turns: readonly TurnEntry[], over: boolean): readonly Raised[] {
  const sorted = [...turns].sort((a, b) => a.turn - b.turn);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return [];
  const unfinished: ExceptionKind = last.conversation.waitingFor === 'site' ? 'unknown-site' : 'unknown-phone';
  const left = last.exception ?? (last.outcome === 'asking' && over ? unfinished : undefined);
  const late = first.source === 'webhook' ? undefined : first.source;
  return [left, late]
    .filter((kind) => kind !== undefined)
    .map((kind) => ({
      id: callExceptionId(kind, last.callId),
      kind,
      callId: last.callId,
      ...(last.siteId ? { siteId: last.siteId } : {}),
      ...(last.workerId ? { workerId: last.workerId } : {}),
      openedAt: first.at,
    }));
}

function callExceptionId(kind: ExceptionKind, callId: CallId): string {
  return `${kind}:${callId}`;
}

/** The exception with its state: what a person decided, else open. */
export function withState(raised: Raised, act: ActEntry | undefined): ExceptionRecord {
  const states = { link: 'linked', reject: 'rejected', acknowledge: 'acknowledged' } as const;
  return { ...raised, severity: severityOf(raised.kind), state: act ? states[act.act] : 'open' };
}
