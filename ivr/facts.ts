import type { Day, FirmId, SiteId, WorkerId } from '../src/domain/ids.ts';
import type { Conversation, ExceptionKind, ForgottenDay, TurnOutcome } from '../src/domain/ledger.ts';
import type { Progress } from '../src/domain/progress.ts';
import type { Head, Step } from '../src/domain/sequence.ts';
import type { Language } from '../src/domain/worker.ts';
import type { Act } from './verbs.ts';

/** Somebody who may be calling. */
export interface Person {
  readonly workerId: WorkerId;
  readonly kana: string;
  readonly workerCode: string;
  readonly employerId: FirmId | null;
  readonly hasPin: boolean;
  /** The language in which he is spoken to. */
  readonly language: Language;
  /** Wants to hear every receipt, also where a line answers only when needed. */
  readonly alwaysSpeak: boolean;
  /** The sites whose plan names him today. */
  readonly plannedSites: readonly SiteId[];
  readonly head: Head;
  /** He has left his firm and is still on this site: only his going home can be recorded. */
  readonly leaving?: SiteId;
}

/** A site as the conversation needs it. */
export interface Place {
  readonly siteId: SiteId;
  readonly kana: string;
  readonly repeatWindowSec: number;
  readonly phoneEnabled: boolean;
  /** How many people may be recorded from a companion's telephone on one day. */
  readonly companionDailyLimit: number;
}

/** A firm that somebody's firm works under at a site. */
export interface Upper {
  readonly firmId: FirmId;
  readonly kana: string;
}

/** Whom we call because of which stay. */
export interface MissingExitCall {
  readonly workerId: WorkerId;
  readonly siteId: SiteId;
  readonly siteKana: string;
  readonly workDate: Day;
}

/** What is known when a turn comes in. */
export interface Facts {
  readonly at: Date;
  readonly turn: number;
  readonly receipt: string;
  readonly caller: 'number' | 'withheld' | 'impossible' | 'client' | 'sip';
  readonly forwarded: boolean;
  /** Known from the carrier's list only: the caller heard no receipt, and may have called again until he heard one. */
  readonly unheard?: boolean;
  readonly line: 'unknown' | 'closed' | 'service' | 'both' | 'entry' | 'exit';
  /** Whether the line speaks always, only when something has to be said or asked, or never. */
  readonly answer: 'always' | 'when-needed' | 'never';
  /** Whose telephone it is. */
  readonly people: readonly Person[];
  /** The telephone belongs to several: who is calling must be settled first. */
  readonly shared: boolean;
  /** A foreman calls for his people, one code after the other. */
  readonly groupCall: boolean;
  /** Whom the keyed code, or the question before, names, if it is nobody of this telephone. */
  readonly other?: Person;
  /** What became of the PIN that was keyed in. */
  readonly pin?: 'right' | 'wrong' | 'locked' | 'none';
  /** Who is on the site, by name: only where a foreman asks for it. */
  readonly present?: readonly string[];
  /** How many days this month has so far, and how many are missing to the next level: only for an exit, where the firm wants it said. */
  readonly progress?: Progress;
  /** How many were recorded today, on the site in question, from a companion's telephone. */
  readonly companionsToday: number;
  /** We called him: his exit is missing. */
  readonly missingExit?: MissingExitCall;
  readonly lineSite?: SiteId;
  readonly keyedSite?: SiteId;
  readonly places: ReadonlyMap<SiteId, Place>;
  /** Between which upper firms somebody has to choose at a site; none where it is known or does not matter (D-04). */
  uppersOf(workerId: WorkerId, siteId: SiteId): readonly Upper[];
}

/** What a turn answers and leaves behind; `steps` are to be recorded for `workerId`, the entries of `withdraws` count no more. */
export interface Reply {
  readonly acts: readonly Act[];
  readonly conversation: Conversation;
  readonly outcome: TurnOutcome;
  readonly exception?: ExceptionKind;
  readonly workerId?: WorkerId;
  readonly siteId?: SiteId;
  /** The upper firm that the caller chose. */
  readonly upperFirmId?: FirmId;
  readonly steps: readonly Step[];
  readonly withdraws?: readonly number[];
  /** What the office should know of how it was recorded. */
  readonly flags?: readonly string[];
  /** A day that the caller reports, to be approved by the office. */
  readonly request?: ForgottenDay;
  /** The language that the caller chose, to be remembered. */
  readonly chose?: Language;
}

/** The person of whom a conversation speaks, of this telephone or not. */
export function whoIs(workerId: WorkerId | undefined, { people, other }: Facts): Person | undefined {
  if (workerId === undefined) return undefined;
  return people.find((person) => person.workerId === workerId) ?? (other?.workerId === workerId ? other : undefined);
}
