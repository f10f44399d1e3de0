import type { FirmId } from '../ids.ts';
import type { PartyMatch, PartyMatcher } from './match-party.ts';

const MOST_REMEMBERED = 5000;

/** A long list names the same firms again and again: what one means is worked out once, until more becomes known. */
export function remembering(firms: PartyMatcher<FirmId>): PartyMatcher<FirmId> {
  const known = new Map<string, PartyMatch<FirmId>>();
  return {
    know(firm) {
      known.clear();
      firms.know(firm);
    },
    declare(named, scope) {
      known.clear();
      firms.declare(named, scope);
    },
    resolve(named, scope) {
      const key = [named.name, named.kana, named.ccusId, scope].join('\u0000');
      const match = known.get(key) ?? firms.resolve(named, scope);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(key, match);
      return match;
    },
  };
}
