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
  const open = reading.open !== undefined && !isForgotten(reading.open.entry, passage.at) ? reading.open : undefined;
  return directionOf(passage, open) === 'entry' ? begin(reading, passage) : finish(reading, passage, open);
}

/** Whether an entry is older than its site's longest shift, so that its exit counts as forgotten. */
export function isForgotten(entry: Passage, at: Date): boolean {
  return at.getTime() - entry.at.getTime() > entry.maxShiftHours * HOUR_MS;
}

function directionOf(passage: Passage, open: Stay | undefined): 'entry' | 'exit' {
  if (passage.by !== 'state') return passage.direction;
  return open?.siteId === passage.siteId ? 'exit' : 'entry';
}

function begin(reading: Reading, entry: Passage): Reading {
  const stay = { siteId: entry.siteId, entry, workDate: tokyoDay(entry.at), passages: [entry] };
  return { stays: [...reading.stays, stay], open: stay };
}

function finish(reading: Reading, exit: Passage, open: Stay | undefined): Reading {
  if (open?.siteId !== exit.siteId) {
    const lone = { siteId: exit.siteId, exit, workDate: tokyoDay(exit.at), passages: [exit] };
    return { ...reading, stays: [...reading.stays, lone] };
  }
  const closed = { ...open, exit, passages: [...open.passages, exit] };
  return { stays: reading.stays.map((stay) => (stay === reading.open ? closed : stay)) };
}

/** The site on which the worker is at that instant, if any. */
export function siteAt(reading: Reading, at: Date): SiteId | undefined {
  return reading.open !== undefined && !isForgotten(reading.open.entry, at) ? reading.open.siteId : undefined;
}
