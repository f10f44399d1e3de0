import type { CallId } from './domain/ids.ts';

/** A request of the carrier that could not be stored, as it came. */
export interface SpooledCall {
  readonly callId: CallId;
  readonly turn: number;
  readonly from: string;
  readonly to: string;
  readonly pressed?: string;
  readonly cutShort?: boolean;
  readonly forwarded: boolean;
  /** In whose words it is answered when it is asked for again. */
  readonly carrier?: 'twilio' | 'somleng' | 'jambonz' | 'agi';
  readonly receivedAt: Date;
}

/** What became of a call that was taken from the spool: `refused` can never be stored, `away` has to wait. */
export type Taken = 'stored' | 'refused' | 'away';

/** Keeps calls on local disk while the database is away. */
export interface Spool {
  /** Resolves when the call is on disk; throws when it is not. */
  append(call: SpooledCall): Promise<void>;
  /** Gives back what was kept, oldest first, also by earlier processes; stops at the first `away`. True when nothing is left. */
  drain(take: (call: SpooledCall) => Promise<Taken>): Promise<boolean>;
  close(): Promise<void>;
}
