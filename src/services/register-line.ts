import type { E164, SiteId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import { readLineNumber } from '../domain/phone-number.ts';
import type { Line } from '../domain/site.ts';
import type { LineStore, SiteStore } from '../ports.ts';
import { type ChangeHook, type Seen, changeRegister } from './change-register.ts';

export type NewLine = Omit<Line, 'number'> & { readonly number: string };
export type LinePatch = Patch<Omit<Line, 'number'>>;

interface Parts {
  readonly lines: LineStore;
  readonly sites: SiteStore;
  readonly changed: ChangeHook;
}

export type LineService = ReturnType<typeof createLineService>;

/** Registers the numbers that people dial. One without a site serves many; then the caller says where he is. */
export function createLineService({ lines, sites, changed }: Parts) {
  const isKnown = async (id: SiteId | null | undefined) => !id || (await sites.find(id)) !== undefined;
  return {
    async register(input: NewLine): Promise<Outcome<Line, 'number-impossible' | 'unknown-site' | 'line-exists'>> {
      const number = readLineNumber(input.number);
      if (!number.ok) return number;
      if (!(await isKnown(input.siteId))) return refuse('unknown-site', 'siteId');
      const line: Line = { ...input, number: number.value };
      if (!(await lines.create(line))) return refuse('line-exists');
      await changed({ kind: 'line', id: line.number });
      return accept(line);
    },
    async change(
      number: E164,
      patch: LinePatch,
      seen: Seen<Line>,
    ): Promise<Outcome<Line, 'not-found' | 'stale' | 'conflict' | 'unknown-site'>> {
      if (!(await isKnown(patch.siteId))) return refuse('unknown-site', 'siteId');
      const done = await changeRegister(lines, number, (line) =>
        seen(line) ? accept(applyPatch<Line>(line, patch, ['siteId'])) : refuse('stale'),
      );
      if (done.ok) await changed({ kind: 'line', id: number });
      return done;
    },
  };
}
