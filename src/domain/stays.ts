import type { Passage, Stay } from './passage.ts';
import type { SiteId } from './ids.ts';
import { tokyoDay } from './work-day.ts';

const HOUR_MS = 3_600_000;

/** A worker's passages as stays, with the stay that is still open (somebody is on site) and those whose exit was forgotten. */
export interface Reading {
  readonly stays: readonly Stay[];
  readonly open?: Stay & { readonly entry: Passage };
}

export const emptyReading: Reading = { stays: [] };

/** Passages in the order in which they happened; what was recorded first comes first at the same instant. */
export function inOrder(passages: readonly Passage[]): readonly Passage[] {
  return [...passages].sort((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq);
}

/** Reads a whole sequence, in whatever order it is given. */
export function readStays(passages: readonly Passage[]): Reading {
  return inOrder(passages).reduce(extendReading, emptyReading);
}

/**
 * Reads one further passage that happened after all others. A direction that only the state had settled is settled again here,
 * so that a passage known late (a linked call) gives the same stays as one known in time.
 */
export function extendReading(reading: Reading, passage: Passage): Reading {
  const unclosed = unclosedAt(reading, passage);
  const direction = passage.by === 'state' ? (unclosed ? 'exit' : 'entry') : passage.direction;
  return direction === 'entry' ? begin(reading, passage) : finish(reading, passage, unclosed);
}

/** Nobody is on more than a few sites at once, so looking further back would find nothing. */
const LOOK_BACK = 8;

/** The stay at that site that a passage can still close, also when another site was entered meanwhile. */
function unclosedAt({ stays }: Reading, { siteId, at }: Passage): Stay | undefined {
  return stays
    .slice(-LOOK_BACK)
    .findLast((stay) => stay.siteId === siteId && stay.entry && !stay.exit && !isForgotten(stay.entry, at));
}

/** Whether an entry is older than its site's longest shift, so that its exit counts as forgotten. */
export function isForgotten(entry: Passage, at: Date): boolean {
  return at.getTime() - entry.at.getTime() > entry.maxShiftHours * HOUR_MS;
}

function begin({ stays, open }: Reading, entry: Passage): Reading {
  const elsewhere = open !== undefined && open.siteId !== entry.siteId && !isForgotten(open.entry, entry.at);
  const flags = elsewhere ? { flags: ['two-sites' as const] } : {};
  const stay = { siteId: entry.siteId, entry, workDate: tokyoDay(entry.at), passages: [entry], ...flags };
  return { stays: [...stays, stay], open: stay };
}

function finish(reading: Reading, exit: Passage, unclosed: Stay | undefined): Reading {
  const { stays, open } = reading;
  if (!unclosed) {
    const lone = { siteId: exit.siteId, exit, workDate: tokyoDay(exit.at), passages: [exit] };
    return { ...reading, stays: [...stays, lone] };
  }
  const last = unclosed === open || unclosed === stays.at(-1);
  const flags = last ? {} : { flags: [...(unclosed.flags ?? []), 'overlapping-stays' as const] };
  const closed = { ...unclosed, exit, passages: [...unclosed.passages, exit], ...flags };
  const rest = stays.map((stay) => (stay === unclosed ? closed : stay));
  return open && open !== unclosed ? { stays: rest, open } : { stays: rest };
}

/** The site on which the worker is at that instant, if any. */
export function siteAt(reading: Reading, at: Date): SiteId | undefined {
  return reading.open !== undefined && !isForgotten(reading.open.entry, at) ? reading.open.siteId : undefined;
}
