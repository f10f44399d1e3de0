import { canonicalJson } from './digest.ts';
import { callsOfFlags, flagsOf } from './history-flags.ts';
import type { CallId, Day, FirmId, SiteId, WorkerId } from './ids.ts';
import type { Recorded } from './ledger.ts';
import type { Passage, Stay } from './passage.ts';
import { present } from './present.ts';
import { type Reading, emptyReading, extendReading, inOrder, readStays } from './stays.ts';
import { tokyoText } from './work-day.ts';

/** One worker, one site, one work date (就業履歴): derived, never written by hand (R-090, R-092, D-09). */
export interface History {
  readonly id: string;
  readonly workerId: WorkerId;
  readonly siteId: SiteId;
  readonly workDate: Day;
  /** RFC 3339 with Tokyo's offset. */
  readonly entryAt?: string;
  readonly exitAt?: string;
  readonly employerId: FirmId;
  readonly upperFirmId?: FirmId;
  readonly standingConsent: boolean;
  readonly jobType?: string;
  readonly position?: string;
  readonly method: 'PHONE_CALL';
  readonly flags: readonly string[];
  /** A person added to it after the day itself: the deadline of direct entry applies. */
  readonly afterTheFact: boolean;
  /** How often it was corrected; absent when never. */
  readonly corrections?: number;
  /** How many passages speak for it, and between which instants: the tree's evidence. */
  readonly evidence: {
    readonly calls: number;
    readonly entries: number;
    readonly first: string;
    readonly last: string;
    /** The calls that each flag comes from, and under `open` the one of an entry without an exit so far. */
    readonly callsOf: Readonly<Record<string, readonly CallId[]>>;
  };
  /** Rises with every change of content; evaluability and forwarding never change it. */
  readonly version: number;
  /** Nothing is left of it: a later passage moved its passages to another day. */
  readonly withdrawn: boolean;
}

/** The key under which a history exists once. */
export function historyId(workerId: WorkerId, siteId: SiteId, workDate: Day): string {
  return `${workerId}:${siteId}:${workDate}`;
}

/** How far back a single passage can change a stay. */
const LOOK_BACK = 9;

type Content = Omit<History, 'version' | 'withdrawn'>;

/**
 * A worker's histories from all that was recorded of him. Entries are applied in the order of recording, and a history's version
 * counts how often its content changed on the way: a pure function, so a rebuild gives the same versions (I4, I9).
 */
export function deriveHistories(recorded: readonly Recorded[]): readonly History[] {
  const versions = new Map<string, { version: number; text: string; content: Content }>();
  let reading = emptyReading;
  let applied: readonly Passage[] = [];
  for (const one of [...recorded].sort((a, b) => a.seq - b.seq)) {
    const { passages, withdraws = [] } = one;
    const before = reading;
    const next = followsOn(one, applied.at(-1));
    applied = inOrder([...applied.filter(({ seq }) => !withdraws.includes(seq)), ...passages]);
    reading = next ? extendReading(reading, next) : readStays(applied);
    for (const [id, content] of contentsOf(reading, next ? touched(before, reading) : undefined))
      note(versions, id, content);
    if (!next) forgetMissing(versions, reading);
  }
  return [...versions.values()].map(({ version, content, text }) => ({ ...content, version, withdrawn: text === '' }));
}

/** The one passage that only goes on from what is known; otherwise everything is read anew. */
function followsOn({ passages, withdraws = [] }: Recorded, last: Passage | undefined): Passage | undefined {
  const [passage] = passages;
  if (!passage || passages.length > 1 || withdraws.length > 0) return undefined;
  return last && last.at > passage.at ? undefined : passage;
}

function note(
  versions: Map<string, { version: number; text: string; content: Content }>,
  id: string,
  content: Content,
) {
  const { flags: _flags, evidence: _evidence, afterTheFact: _after, ...weighty } = content;
  const text = canonicalJson(weighty);
  const known = versions.get(id);
  versions.set(id, { version: (known?.version ?? 0) + (known?.text === text ? 0 : 1), text, content });
}

function forgetMissing(
  versions: Map<string, { version: number; text: string; content: Content }>,
  reading: Reading,
): void {
  const present = new Set(reading.stays.map((stay) => idOf(stay)));
  for (const [id, known] of versions) {
    if (!present.has(id) && known.text !== '') versions.set(id, { ...known, version: known.version + 1, text: '' });
  }
}

/** The histories that one more passage can have changed: those of the stays that were or are the last ones. */
function touched(before: Reading, after: Reading): ReadonlySet<string> {
  const known = new Set(before.stays.slice(-LOOK_BACK));
  const changed = after.stays.slice(-LOOK_BACK).filter((stay) => !known.has(stay));
  return new Set([...(before.open ? [before.open] : []), ...changed].map(idOf));
}

function idOf(stay: Stay): string {
  const [first] = stay.passages;
  return historyId(first?.workerId ?? ('' as WorkerId), stay.siteId, stay.workDate);
}

function contentsOf(reading: Reading, only: ReadonlySet<string> | undefined): Map<string, Content> {
  const groups = new Map<string, Stay[]>();
  for (const stay of reading.stays) {
    const id = idOf(stay);
    if (!only || only.has(id)) groups.set(id, [...(groups.get(id) ?? []), stay]);
  }
  const contents = new Map<string, Content>();
  for (const [id, stays] of groups) {
    const content = contentOf(id, stays, reading.open);
    if (content) contents.set(id, content);
  }
  return contents;
}

function contentOf(id: string, stays: readonly Stay[], open: Stay | undefined): Content | undefined {
  const passages = inOrder(stays.flatMap((stay) => stay.passages));
  const [first] = passages;
  const last = passages.at(-1);
  const [stay] = stays;
  if (!first || !last || !stay) return undefined;
  const entry = stays.find((s) => s.entry)?.entry;
  // Last out wins; whoever is on site has not left yet.
  const exit = stays.at(-1) === open ? undefined : stays.findLast((s) => s.exit)?.exit;
  const { employerId, upperFirmId, standingConsent } = (entry ?? first).standing;
  const flagged = flagsOf({ stays, passages, open });
  return {
    id,
    workerId: first.workerId,
    siteId: stay.siteId,
    workDate: stay.workDate,
    employerId,
    standingConsent,
    ...present({ upperFirmId, entryAt: timeOf(entry), exitAt: timeOf(exit), corrections: correctionsIn(passages) }),
    ...workOf(passages),
    method: 'PHONE_CALL',
    flags: [...flagged.keys()].sort(),
    afterTheFact: passages.some((p) => p.source !== 'call'),
    evidence: {
      calls: passages.length,
      entries: stays.filter((s) => s.entry).length,
      first: tokyoText(first.at),
      last: tokyoText(last.at),
      callsOf: callsOfFlags(flagged, stays.at(-1) === open ? open?.entry : undefined),
    },
  };
}

function correctionsIn(passages: readonly Passage[]): number | undefined {
  return passages.reduce((most, { corrections = 0 }) => Math.max(most, corrections), 0) || undefined;
}

function timeOf(passage: Passage | undefined): string | undefined {
  return passage && tokyoText(passage.at);
}

/** Job type and position as last known on that day. */
function workOf(passages: readonly Passage[]) {
  return present({
    jobType: passages.findLast((p) => p.standing.jobType !== undefined)?.standing.jobType,
    position: passages.findLast((p) => p.standing.position !== undefined)?.standing.position,
  });
}
