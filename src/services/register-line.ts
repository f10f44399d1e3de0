import type { E164, SiteId } from '../domain/ids.ts';
import { type Line, type LinePatch, type LineUse, changedLine, checked, withNextUse } from '../domain/line-use.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { readLineNumber } from '../domain/phone-number.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Clock, LineStore, SiteStore } from '../ports.ts';
import { type ChangeHook, type Seen, changeRegister } from './change-register.ts';

export type NewLine = LineUse & { readonly number: string };

interface Parts {
  readonly lines: LineStore;
  readonly sites: SiteStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly changed: ChangeHook;
}

export type LineService = ReturnType<typeof createLineService>;
type Unfit = 'unknown-site' | 'period-reversed' | 'line-exists' | 'conflict';

/**
 * Registers the numbers that people dial. One without a site serves many; then the caller says where he is. What a number was a line for
 * before is kept: once that has ended, the number may begin at another site.
 */
export function createLineService({ lines, sites, clock, changed }: Parts) {
  const isKnown = async (id: SiteId | null | undefined) => !id || (await sites.find(id)) !== undefined;
  return {
    async register(input: NewLine): Promise<Outcome<Line, 'number-impossible' | Unfit>> {
      const number = readLineNumber(input.number);
      if (!number.ok) return number;
      if (!(await isKnown(input.siteId))) return refuse('unknown-site', 'siteId');
      const line = checked({ ...input, number: number.value });
      if (!line.ok) return line;
      const { number: key, ...next } = line.value;
      const done = (await lines.create(line.value))
        ? line
        : await changeRegister(lines, key, (before) => withNextUse(before, next));
      // A line is never removed, so one that could not be created is there.
      if (!done.ok) return refuse(done.code === 'not-found' ? 'line-exists' : done.code);
      await changed({ kind: 'line', id: key });
      return accept(done.value);
    },
    async change(
      number: E164,
      patch: LinePatch,
      seen: Seen<Line>,
    ): Promise<Outcome<Line, 'not-found' | 'stale' | Unfit>> {
      if (!(await isKnown(patch.siteId))) return refuse('unknown-site', 'siteId');
      const today = tokyoDay(clock.now());
      const decide = (line: Line): Outcome<Line, 'stale' | 'period-reversed' | 'line-exists'> =>
        seen(line) ? changedLine(line, patch, today) : refuse('stale');
      const done = await changeRegister(lines, number, decide);
      if (done.ok) await changed({ kind: 'line', id: number });
      return done;
    },
  };
}
