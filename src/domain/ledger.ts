import type { Adjusted } from './correction.ts';
import type { CallId, Day, E164, FirmId, NumberIndex, SiteId, WorkerId } from './ids.ts';
import type { Direction, Passage } from './passage.ts';
import type { Language } from './worker.ts';

/** What needs a person's eye. Names follow the practice of electronic visit verification. */
export const exceptionKinds = [
  'unknown-phone',
  'withheld',
  'unknown-line',
  'unknown-site',
  'exit-without-entry',
  'entry-without-exit',
  'extraneous-call',
  'companion',
  'forwarded',
  'out-of-period',
  'overlapping-stays',
  'two-sites',
  'long-stay',
  'spool',
  'carrier-list',
  'wrong-pin',
  'no-employer',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** How one turn of a call ended (section 4.7, R-113: every call leaves a record). */
export type TurnOutcome =
  'entry-recorded' | 'exit-recorded' | 'moved' | 'repeated' | 'asking' | 'kept' | 'service' | 'informed' | 'ended';

/** How we came to know of a call: from the carrier as it rang, from what was put aside while the database was away, from the carrier's list. */
export const callSources = ['webhook', 'spool', 'carrier-list'] as const;
export type CallSource = (typeof callSources)[number];

/** How we know who is calling: his own telephone, his code and PIN on somebody else's or on nobody's, his foreman. */
export type KnownBy = 'own' | 'companion' | 'by-code' | 'group';

/** A day on which somebody forgot to call, as he keys it in. */
export interface ForgottenDay {
  readonly siteId: SiteId;
  readonly workDate: Day;
  readonly entryAt?: Date;
  readonly exitAt?: Date;
  /** Only the exit is asked for: the entry is the one that was recorded. */
  readonly exitOnly?: true;
}

/** A passage that a later turn of the call may still put right. */
export interface Recalled {
  readonly siteId: SiteId;
  readonly direction: Direction;
  readonly at: Date;
}

/** Where a conversation stands: the question it waits on, how often it was asked, what is settled. */
export interface Conversation {
  readonly waitingFor:
    | 'worker'
    | 'pin'
    | 'site'
    | 'group'
    | 'after'
    | 'upper'
    | 'menu'
    | 'language'
    | 'forgot-day'
    | 'forgot-entry'
    | 'forgot-exit'
    | 'forgot-check'
    | 'nothing';
  readonly tries: number;
  readonly workerId?: WorkerId;
  readonly as?: KnownBy;
  /** What the call stays if nothing more comes of it. */
  readonly obstacle?: ExceptionKind;
  /** What this call recorded, or which receipt it repeated. */
  readonly made?: Recalled & { readonly seq: number };
  readonly repeats?: Recalled;
  /** The upper firms that the caller may choose from, by key. */
  readonly uppers?: readonly FirmId[];
  /** How many people a foreman has named so far. */
  readonly count?: number;
  /** Who they are, so that a code keyed twice counts once. */
  readonly named?: readonly WorkerId[];
  /** Where they are, once the foreman has keyed in a site. */
  readonly groupSite?: SiteId;
  /** The PIN opens the menu; it records nothing. */
  readonly toMenu?: boolean;
  /** What the caller chose to hear in this call. */
  readonly language?: Language;
  /** The language that is being offered, and what goes on afterwards. */
  readonly offered?: Language;
  readonly resume?: Conversation;
  /** The day that is being reported, as far as it was keyed in. */
  readonly draft?: ForgottenDay;
}

/** One request of the carrier within a call and our answer to it; written once, replayed byte for byte. */
export interface TurnEntry {
  readonly kind: 'turn';
  readonly id: string;
  readonly callId: CallId;
  readonly turn: number;
  readonly at: Date;
  readonly source: CallSource;
  readonly line: E164 | string;
  readonly caller: {
    readonly kind: string;
    readonly index?: NumberIndex;
    readonly masked?: string;
    readonly sealed?: string;
  };
  readonly pressed?: string;
  readonly conversation: Conversation;
  readonly outcome: TurnOutcome;
  /** The exception that this turn leaves behind, if it is the call's last word. */
  readonly exception?: ExceptionKind;
  readonly flags: readonly string[];
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
  readonly seq?: number;
  readonly passages: readonly Passage[];
  /** Earlier entries of the same worker, by sequence number, whose passages do not count any more: taken back or put right in the call. */
  readonly withdraws?: readonly number[];
  /** A day that the caller reports: a request for a correction, filed when the turn is projected. */
  readonly request?: ForgottenDay;
  readonly receipt: string;
  /** The call was not taken: the caller heard the busy tone. */
  readonly rejected: boolean;
  readonly markup: string;
}

/** What a person decided about an exception: exactly one act per exception, never taken back by overwriting. */
export interface ActEntry {
  readonly kind: 'act';
  readonly id: string;
  readonly exceptionId: string;
  readonly act: 'link' | 'reject' | 'acknowledge';
  readonly at: Date;
  readonly by: string;
  readonly reasonCode: string;
  readonly actionCode: string;
  readonly note?: string;
  readonly callId?: CallId;
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
  readonly seq?: number;
  readonly passages: readonly Passage[];
  /** As in a turn: what the act puts right does not count any more. */
  readonly withdraws?: readonly number[];
}

/** An approved correction: what it puts in the place of what it withdraws. What was received stays as it was beside it. */
export interface CorrectionEntry {
  readonly kind: 'correction';
  readonly id: string;
  readonly correctionId: string;
  readonly at: Date;
  readonly by: string;
  readonly siteId: SiteId;
  readonly workerId: WorkerId;
  readonly seq: number;
  readonly passages: readonly Passage[];
  readonly withdraws: readonly number[];
  readonly adjusted: readonly Adjusted[];
  readonly callId?: never;
}

/** The truth: append-only, each entry under a natural key, a worker's entries numbered without gaps. */
export type LedgerEntry = TurnEntry | ActEntry | CorrectionEntry;

/** What one entry says about its worker's sequence. */
export interface Recorded {
  readonly seq: number;
  readonly passages: readonly Passage[];
  readonly withdraws?: readonly number[];
}

/** The entries that have a place in a worker's sequence, in their order. */
export function recordedBy(entries: readonly LedgerEntry[], workerId: WorkerId): readonly Recorded[] {
  return entries
    .filter((entry) => entry.workerId === workerId)
    .flatMap(({ seq, passages, withdraws = [] }) => (seq === undefined ? [] : [{ seq, passages, withdraws }]))
    .sort((a, b) => a.seq - b.seq);
}

/** The passages that still count. */
export function standingPassages(recorded: readonly Recorded[]): readonly Passage[] {
  const gone = new Set(recorded.flatMap(({ withdraws = [] }) => withdraws));
  return recorded.flatMap(({ passages }) => passages).filter((passage) => !gone.has(passage.seq));
}

export function turnId(callId: CallId, turn: number): string {
  return `${callId}:${String(turn)}`;
}

export function actId(exceptionId: string): string {
  return `act:${exceptionId}`;
}

export function correctionEntryId(correctionId: string): string {
  return `correction:${correctionId}`;
}

/** An exception as it is listed. */
export interface ExceptionRecord {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly severity: 'fix' | 'acknowledge';
  /** The call that could not be settled, and may be linked. */
  readonly callId?: CallId;
  /** Where a day is to be looked at and not one call: the calls that it comes from, the newest last. */
  readonly calls?: readonly CallId[];
  readonly siteId?: SiteId;
  readonly workerId?: WorkerId;
  readonly workDate?: Day;
  readonly openedAt: Date;
  readonly state: 'open' | 'fixed' | 'linked' | 'rejected' | 'acknowledged';
}

/** Kinds that a person must put right; the others may be acknowledged. */
const MUST_BE_FIXED = new Set<ExceptionKind>([
  'unknown-phone',
  'withheld',
  'unknown-site',
  'unknown-line',
  'no-employer',
  'entry-without-exit',
  'exit-without-entry',
  'overlapping-stays',
]);

export function severityOf(kind: ExceptionKind): 'fix' | 'acknowledge' {
  return MUST_BE_FIXED.has(kind) ? 'fix' : 'acknowledge';
}
