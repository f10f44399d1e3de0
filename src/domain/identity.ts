import { type History, deriveHistories } from './history.ts';
import type { WorkerId } from './ids.ts';
import { type LedgerEntry, type Recorded, recordedBy, standingPassages } from './ledger.ts';
import type { Identity, Juncture } from './merge.ts';
import type { Passage } from './passage.ts';

type Entries = readonly LedgerEntry[];

/** Places between two numbers of a sequence: what happened to both registers after that many entries. */
const EPOCH = 1e-3;
const STEP = 1e-9;
const LATE = 5e-4;
/** Versions after a juncture are higher than any that either register had before. */
const VERSIONS = 1_000;
/** Of the same juncture, what somebody gains is newer than what the other loses: where both have one id of the registry, it keeps the day. */
const GAINED = 500;

/**
 * A worker's sequence as it is read through the merges and partings of registers: the ledger stays as it is. To the kept one's sequence
 * the other's entries are added at the place where they were merged; the other's are taken back at the same place. Parting takes them
 * back from the one and gives them to the other, with what was called on the other's telephones meanwhile.
 */
export function recordedOf(workerId: WorkerId, entries: Entries, identities: readonly Identity[]): readonly Recorded[] {
  const own = recordedBy(entries, workerId);
  const events = identities.flatMap((one) => {
    if (one.keptId === workerId) return asKept(one, entries, identities);
    return one.otherId === workerId ? asOther(one, entries, identities) : [];
  });
  return events.length === 0 ? own : [...own, ...events].sort((a, b) => a.seq - b.seq);
}

/**
 * The histories of a worker; versions rise at a juncture beyond those that either register has handed over, for whoever gains the days
 * more than for whoever loses them, so that the order in which they are handed over does not matter.
 */
export function historiesOf(workerId: WorkerId, entries: Entries, identities: readonly Identity[]): readonly History[] {
  const histories = deriveHistories(recordedOf(workerId, entries, identities));
  const raised = new Map<string, number>();
  for (const one of identities.filter(({ keptId, otherId }) => keptId === workerId || otherId === workerId)) {
    const gains = workerId === (one.parted ? one.otherId : one.keptId);
    const rise = VERSIONS * (one.parted ?? one).epoch + (gains ? GAINED : 0);
    for (const key of keysOf(one, entries, identities)) raised.set(key, Math.max(rise, raised.get(key) ?? 0));
  }
  return histories.map((history) => {
    const rise = raised.get(keyOf(history)) ?? 0;
    return rise > 0 ? { ...history, version: history.version + rise } : history;
  });
}

/** Whose an entry is, and each of its passages, as the registers stand now. */
export function seenAs<T extends LedgerEntry>(entry: T, identities: readonly Identity[]): T {
  const ownerOf = (id: WorkerId, passage?: Passage): WorkerId => {
    const merged = identities.find((one) => one.otherId === id && !one.parted);
    if (merged) return merged.keptId;
    const back = passage && identities.find((one) => one.keptId === id && isMoved(one, passage));
    return back ? back.otherId : id;
  };
  if (identities.length === 0 || entry.workerId === undefined) return entry;
  const passages = entry.passages.map((one) => ({ ...one, workerId: ownerOf(one.workerId, one) }));
  return { ...entry, workerId: ownerOf(entry.workerId, entry.passages[0]), passages };
}

function placeOf(length: number, { epoch }: Juncture): number {
  return length + epoch * EPOCH;
}

/** The other's entries as the kept one's, each at its own place. */
function joined(one: Identity, entries: Entries, identities: readonly Identity[]): readonly Recorded[] {
  const { parted } = one;
  const until = parted ? cut(entries, one.otherId, parted.other) : entries;
  const base = recordedOf(one.otherId, until, before(identities, one.epoch));
  const seqOf = new Map<number, number>();
  let place = placeOf(one.kept, one);
  const next = (seq: number) => {
    const known = seqOf.get(seq);
    if (known !== undefined) return known;
    place += STEP;
    seqOf.set(seq, place);
    return place;
  };
  return base.map(({ seq, passages, withdraws = [] }) => ({
    seq: next(seq),
    passages: passages.map((passage) => ({ ...passage, workerId: one.keptId, seq: next(passage.seq) })),
    withdraws: withdraws.map(next),
  }));
}

function asKept(one: Identity, entries: Entries, identities: readonly Identity[]): readonly Recorded[] {
  const added = joined(one, entries, identities);
  if (!one.parted) return added;
  const withdraws = givenBack(one, entries, identities).map(({ seq }) => seq);
  return [...added, { seq: placeOf(one.parted.kept, one.parted), passages: [], withdraws }];
}

function asOther(one: Identity, entries: Entries, identities: readonly Identity[]): readonly Recorded[] {
  const { otherId, parted } = one;
  const early = recordedOf(otherId, cut(entries, otherId, one.other), before(identities, one.epoch));
  const gone = { seq: placeOf(one.other, one), passages: [], withdraws: seqsIn(early) };
  // What was decided on the other's sequence as it stood a moment before.
  const late = recordedBy(entries, otherId).filter(({ seq }) => seq > one.other && (!parted || seq <= parted.other));
  const lateGone = late.map(({ seq, passages }) => ({
    seq: seq + LATE,
    passages: [],
    withdraws: seqsIn([{ seq, passages }]),
  }));
  if (!parted) return [gone, ...lateGone];
  const place = placeOf(parted.other, parted);
  const back = givenBack(one, entries, identities).map((passage, i): Passage => ({
    ...passage,
    workerId: otherId,
    seq: place + (i + 1) * STEP,
  }));
  return [gone, ...lateGone, { seq: place, passages: back, withdraws: [] }];
}

/** What parting takes from the kept one: what came from the other, and what was called on his telephones meanwhile. */
function givenBack(one: Identity, entries: Entries, identities: readonly Identity[]): readonly Passage[] {
  const { parted, keptId, otherId } = one;
  if (!parted) return [];
  const then = cut(cut(entries, keptId, parted.kept), otherId, parted.other);
  const known = before(identities, parted.epoch);
  const his = new Set(seqsIn(joined(one, then, known)));
  const standing = standingPassages(recordedOf(keptId, then, known));
  return standing.filter((passage) => his.has(passage.seq) || isMoved(one, passage));
}

function isMoved({ kept, parted, phoneIds }: Identity, { seq, standing }: Passage): boolean {
  if (!parted || seq <= kept || seq > parted.kept || !Number.isInteger(seq)) return false;
  return standing.phoneId !== undefined && phoneIds.includes(standing.phoneId);
}

function seqsIn(recorded: readonly Recorded[]): readonly number[] {
  return recorded.flatMap(({ passages }) => passages.map(({ seq }) => seq));
}

/** The entries as they were when that worker's sequence was so long. */
function cut(entries: Entries, workerId: WorkerId, length: number): Entries {
  return entries.filter((entry) => entry.workerId !== workerId || entry.seq === undefined || entry.seq <= length);
}

/** The merges that there were before a juncture, as they were then. */
function before(identities: readonly Identity[], epoch: number): readonly Identity[] {
  return identities
    .filter((one) => one.epoch < epoch)
    .map(({ parted, ...one }) => (parted && parted.epoch < epoch ? { ...one, parted } : one));
}

/** The sites and days that a juncture moved from one to the other. */
function keysOf(one: Identity, entries: Entries, identities: readonly Identity[]): ReadonlySet<string> {
  const { parted } = one;
  const until = parted ? cut(entries, one.otherId, parted.other) : entries;
  const base = recordedOf(one.otherId, until, before(identities, one.epoch));
  const back = givenBack(one, entries, identities).map((passage) => ({ seq: passage.seq, passages: [passage] }));
  return new Set([...deriveHistories(base), ...deriveHistories(back)].map(keyOf));
}

function keyOf({ siteId, workDate }: History): string {
  return `${siteId}:${workDate}`;
}
