import { terminalStatuses } from '../domain/call-status.ts';
import type { CallId } from '../domain/ids.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { StatusStore } from '../ports.ts';

export interface StatusReport {
  readonly callId: CallId;
  readonly status: string;
  /** The carrier's own order of its reports; older carriers send none. */
  readonly sequence?: number;
  readonly durationSec?: number;
  /** When it happened, by the carrier's clock. */
  readonly at?: Date;
}

/** Keeps what the carrier reports of a call's progress; it may come before the call itself, twice, or out of order. */
export type NoteStatus = (report: StatusReport) => Promise<void>;

/** Without a number of its own, an end comes after everything else. */
const END = 1_000_000;

export function createNoteStatus({
  statuses,
  nudge,
}: {
  readonly statuses: StatusStore;
  readonly nudge: (entry: Pick<LedgerEntry, 'callId' | 'workerId' | 'seq'>) => void;
}): NoteStatus {
  return async function noteStatus({ callId, status, sequence, ...more }) {
    const order = sequence ?? (terminalStatuses.has(status) ? END : 0);
    await statuses.note({ callId, status, order, ...more });
    nudge({ callId });
  };
}
