import type { Day } from './domain/ids.ts';

/** One call in the carrier's own list, whether or not a webhook told us of it. */
export interface ListedCall {
  readonly callId: string;
  readonly from: string;
  readonly to: string;
  readonly startedAt: Date;
  /** It has ended: nothing of it can still come in by a webhook. */
  readonly over: boolean;
}

/** The carrier's list of calls: the third copy of what rang, beside the webhook and the spool. */
export interface CarrierCalls {
  /** The incoming calls to a number on one Tokyo day, in the order in which they began; undefined when it cannot be asked. */
  callsTo(line: string, day: Day): Promise<readonly ListedCall[] | undefined>;
}

/** Calls our own public address as the carrier does; true when markup came back. It never throws. */
export type CanaryCall = (call: { readonly callId: string; readonly to: string }) => Promise<boolean>;
