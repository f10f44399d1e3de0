import type { CallId, Day, SiteId, WorkerId } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { Direction, Passage, Standing, Stay } from './passage.ts';
import { present } from './present.ts';
import { inOrder, readStays } from './stays.ts';
import { tokyoDay } from './work-day.ts';

/** What somebody wants a day to be; what is absent stays as it is. */
export interface Wanted {
  readonly siteId: SiteId;
  readonly workerId: WorkerId;
  readonly workDate: Day;
  readonly entryAt?: Date;
  readonly exitAt?: Date;
  readonly jobType?: string;
  readonly position?: string;
}

export const correctionStates = ['requested', 'approved', 'rejected'] as const;

/** Who decided, when, and what he gave as his reason. */
export interface Decision {
  readonly at: Date;
  readonly by: string;
  readonly reasonCode?: string;
  readonly actionCode?: string;
  readonly note?: string;
}

/** A request to put a day right (直接入力・事後補正): it counts once somebody approved it. */
export interface Correction extends Wanted {
  /** `worker:site:date:number`, or by telephone `worker:site:date:call`. */
  readonly id: string;
  readonly key: string;
  /** The how-manieth about its day. */
  readonly number: number;
  readonly state: (typeof correctionStates)[number];
  readonly reasonCode: string;
  readonly note?: string;
  readonly source: 'office' | 'phone';
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly decision?: Decision;
  /** The calls whose passages stand at another time since. */
  readonly adjusted?: readonly Adjusted[];
  readonly callIds?: readonly CallId[];
}

/** The value beside what was received. */
export interface Adjusted {
  readonly callId: CallId;
  readonly siteId: SiteId;
  readonly direction: Direction;
  readonly at: Date;
  readonly adjustedAt: Date;
}

/** What a correction rests on beside the worker's sequence. */
export interface CorrectionGround {
  readonly now: Date;
  /** The next number of his sequence, and the how-manieth correction of that day it is. */
  readonly seq: number;
  readonly number: number;
  /** What was on file about him on that day, for what nobody called for. */
  readonly standing: Standing;
  readonly maxShiftHours: number;
  readonly flags: readonly string[];
}

export type CorrectionRefusal =
  | 'nothing-to-correct'
  | 'day-mismatch'
  | 'time-in-future'
  | 'period-reversed'
  | 'stay-too-long'
  | 'overlaps-another-stay';

/** What an approved correction records. */
export interface Corrected {
  readonly passages: readonly Passage[];
  readonly withdraws: readonly number[];
  readonly adjusted: readonly Adjusted[];
}

const HOUR_MS = 3_600_000;

/** The key of the day that a correction is about. */
export function correctionKey({ workerId, siteId, workDate }: Wanted): string {
  return `${workerId}:${siteId}:${workDate}`;
}

/**
 * The passages of one day as somebody wants them, in the place of those that stand. Everything of that day is written anew; what shared
 * an entry of the ledger with it, or belongs to the next day, is carried over untouched.
 */
export function correct(
  standing: readonly Passage[],
  wanted: Wanted,
  ground: CorrectionGround,
): Outcome<Corrected, CorrectionRefusal> {
  const reading = readStays(standing);
  const own = reading.stays.filter(({ siteId, workDate }) => siteId === wanted.siteId && workDate === wanted.workDate);
  const times = timesOf(own, wanted);
  const refusal = flawOf(times, wanted, ground) ?? overlap(reading.stays, own, times);
  if (refusal) return refuse(refusal);
  const day = daysPassages(own, times);
  const withdraws = [...new Set(own.flatMap(({ passages }) => passages.map(({ seq }) => seq)))];
  const replaced = new Set(day.replaced);
  const carried = standing.filter((passage) => withdraws.includes(passage.seq) && !replaced.has(passage));
  const fresh = day.kept.map((kept) => rewrite(kept, wanted, ground));
  const passages = inOrder([...carried.map((passage) => ({ ...passage, seq: ground.seq })), ...fresh]);
  return accept({ passages, withdraws, adjusted: day.kept.flatMap(adjustedBy) });
}

interface Times {
  readonly entryAt?: Date;
  readonly exitAt?: Date;
}

/** A passage of the day to come: when and which way, and what stood there. */
interface Kept {
  readonly direction: Direction;
  readonly at: Date;
  readonly was?: Passage;
}

function timesOf(own: readonly Stay[], { entryAt, exitAt }: Wanted): Times {
  return present({
    entryAt: entryAt ?? own.find((stay) => stay.entry)?.entry?.at,
    exitAt: exitAt ?? own.findLast((stay) => stay.exit)?.exit?.at,
  });
}

function flawOf(
  { entryAt, exitAt }: Times,
  wanted: Wanted,
  { now, maxShiftHours }: CorrectionGround,
): CorrectionRefusal | undefined {
  const begin = entryAt ?? exitAt;
  const says = [wanted.entryAt, wanted.exitAt, wanted.jobType, wanted.position].some((value) => value !== undefined);
  if (!says || !begin) return 'nothing-to-correct';
  if (tokyoDay(begin) !== wanted.workDate) return 'day-mismatch';
  if ([entryAt, exitAt].some((at) => at !== undefined && at > now)) return 'time-in-future';
  if (!entryAt || !exitAt) return undefined;
  if (exitAt <= entryAt) return 'period-reversed';
  return exitAt.getTime() - entryAt.getTime() > maxShiftHours * HOUR_MS ? 'stay-too-long' : undefined;
}

/** Nobody was at two places: a wanted stay that runs into another one of his is refused. */
function overlap(
  stays: readonly Stay[],
  own: readonly Stay[],
  { entryAt, exitAt }: Times,
): CorrectionRefusal | undefined {
  const [from, to] = [entryAt ?? exitAt, exitAt ?? entryAt];
  if (!from || !to) return undefined;
  const runsInto = ({ entry, exit }: Stay) => {
    const [begin, end] = [entry?.at ?? exit?.at, exit?.at ?? entry?.at];
    return begin !== undefined && end !== undefined && begin < to && from < end;
  };
  return stays.some((stay) => !own.includes(stay) && runsInto(stay)) ? 'overlaps-another-stay' : undefined;
}

/** First entry and last exit at their times, what lies between them as it was; a passage of a later day is none of this day's. */
function daysPassages(own: readonly Stay[], { entryAt, exitAt }: Times) {
  const entry = own.find((stay) => stay.entry)?.entry;
  const exit = own.findLast((stay) => stay.exit)?.exit;
  const exitIsNextDays = exit !== undefined && exitAt !== undefined && tokyoDay(exit.at) > tokyoDay(exitAt);
  const exitWas = exitIsNextDays ? undefined : exit;
  const all = own.flatMap((stay) => directionsOf(stay));
  const between = all.filter(
    ({ at, was }) => was !== entry && was !== exit && (!entryAt || at > entryAt) && (!exitAt || at < exitAt),
  );
  const kept: readonly Kept[] = [
    ...(entryAt ? [{ direction: 'entry' as const, at: entryAt, ...present({ was: entry }) }] : []),
    ...between,
    ...(exitAt ? [{ direction: 'exit' as const, at: exitAt, ...present({ was: exitWas }) }] : []),
  ];
  return { kept, replaced: all.map(({ was }) => was).filter((was) => !(exitIsNextDays && was === exit)) };
}

function directionsOf({ entry, exit }: Stay): readonly (Kept & { readonly was: Passage })[] {
  return [
    ...(entry ? [{ direction: 'entry' as const, at: entry.at, was: entry }] : []),
    ...(exit ? [{ direction: 'exit' as const, at: exit.at, was: exit }] : []),
  ];
}

function rewrite({ direction, at, was }: Kept, wanted: Wanted, ground: CorrectionGround): Passage {
  const { workerId, siteId, jobType, position } = wanted;
  const standing = { ...(was?.standing ?? ground.standing), ...present({ jobType, position }) };
  return {
    ...(was ?? { flags: ground.flags }),
    ...{ workerId, siteId, seq: ground.seq, direction, at, standing },
    by: 'person',
    source: 'correction',
    maxShiftHours: ground.maxShiftHours,
    corrections: ground.number,
  };
}

function adjustedBy({ direction, at, was }: Kept): readonly Adjusted[] {
  if (!was?.callId || was.at.getTime() === at.getTime()) return [];
  return [{ callId: was.callId, siteId: was.siteId, direction, at: was.at, adjustedAt: at }];
}
