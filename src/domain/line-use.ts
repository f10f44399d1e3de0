import { LONG_AGO, holdsOn } from './dated.ts';
import type { Day, E164, SiteId } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import { type Patch, applyPatch } from './patch.ts';
import { addDays } from './work-day.ts';

/** What a number is, was or will be a line for, with the first and the last day on which it is. */
export interface LineUse {
  readonly siteId?: SiteId;
  readonly purpose: 'attendance' | 'service';
  readonly direction: 'both' | 'entry' | 'exit';
  readonly answer: 'always' | 'when-needed' | 'never';
  readonly state: 'open' | 'closed';
  /** Absent: since ever. */
  readonly validFrom?: Day;
  /** Absent while no end is known. */
  readonly validTo?: Day;
}

/** A telephone number that people dial; it may serve one site or many. Of several uses it says the last to begin itself. */
export interface Line extends LineUse {
  readonly number: E164;
  /** What it was a line for before, in the order of their days, none over another. */
  readonly earlier?: readonly LineUse[];
}

export type LinePatch = Patch<LineUse>;
type LineRefusal = 'period-reversed' | 'line-exists';

const OPTIONAL = ['siteId', 'validFrom', 'validTo'] as const;

/** The line as it is on that day; outside the days of every use it is as a closed one, of the use before it. */
export function lineOn({ number, earlier = [], ...last }: Line, day: Day): Omit<Line, 'earlier'> {
  const uses = [...earlier, last];
  const held = uses.findLast((use) => holdsOn(periodOf(use), day));
  if (held) return { number, ...held };
  const nearest = uses.findLast((use) => periodOf(use).from <= day) ?? uses[0] ?? last;
  return { number, ...nearest, state: 'closed' };
}

/** The line with a further use, once the last one has an end before it. */
export function withNextUse(line: Line, next: LineUse): Outcome<Line, LineRefusal> {
  const { number, earlier = [], ...last } = line;
  if (last.validTo === undefined || last.validTo >= periodOf(next).from) return refuse('line-exists');
  return checked({ number, ...next, earlier: [...earlier, last] });
}

/**
 * The line with its last use changed. What moves to another site was a line of the one before until then: that use ends the day before
 * `validFrom`, which is today where nothing is said; a move from its own first day, or from before, puts right what never was.
 */
export function changedLine(line: Line, patch: LinePatch, today: Day): Outcome<Line, LineRefusal> {
  const changed = applyPatch<Line>(line, patch, OPTIONAL);
  if (changed.siteId === line.siteId) return checked(changed);
  const { earlier = [], number: _number, ...last } = line;
  const from = patch.validFrom === undefined ? today : (patch.validFrom ?? LONG_AGO);
  if (from <= periodOf(last).from) return checked(changed);
  const ends = addDays(from, -1);
  const ended = last.validTo !== undefined && last.validTo < from ? last : { ...last, validTo: ends };
  return checked({ ...changed, validFrom: from, earlier: [...earlier, ended] });
}

/** Whether it ends after it begins, and after what it was a line for before. */
export function checked(line: Line): Outcome<Line, LineRefusal> {
  const { from, to } = periodOf(line);
  const before = line.earlier?.at(-1)?.validTo;
  if (to !== undefined && to < from) return refuse('period-reversed', 'validTo');
  return before !== undefined && before >= from ? refuse('line-exists', 'validFrom') : accept(line);
}

/** What somebody sees of a line who may see only some sites: its uses there, the last one first. */
export function lineAtSites({ number, earlier = [], ...last }: Line, sites: ReadonlySet<SiteId>): Line | undefined {
  const uses = [...earlier, last].filter(({ siteId }) => siteId !== undefined && sites.has(siteId));
  const shown = uses.pop();
  return shown && { number, ...shown, ...(uses.length > 0 ? { earlier: uses } : {}) };
}

/** Whether it is a line of another use on some days than on others. */
export function isDated({ earlier, validFrom, validTo }: Line): boolean {
  return earlier !== undefined || validFrom !== undefined || validTo !== undefined;
}

function periodOf({ validFrom = LONG_AGO, validTo }: LineUse): { readonly from: Day; readonly to?: Day } {
  return { from: validFrom, ...(validTo === undefined ? {} : { to: validTo }) };
}
