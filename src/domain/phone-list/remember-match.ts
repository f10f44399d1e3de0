import type { FirmId } from '../ids.ts';
import { createRecall } from '../remembered.ts';
import type { PartyMatch, PartyMatcher } from './match-party.ts';

const MOST_REMEMBERED = 5000;

/** A long list names the same firms again and again: what one means is worked out once, until more becomes known. */
export function remembering(firms: PartyMatcher<FirmId>): PartyMatcher<FirmId> {
  const memory = createRecall<PartyMatch<FirmId>>(MOST_REMEMBERED);
  return {
    know(firm) {
      memory.forget();
      firms.know(firm);
    },
    declare(named, scope) {
      memory.forget();
      firms.declare(named, scope);
    },
    resolve(named, scope) {
      const key = [named.name, named.kana, named.ccusId, scope].join('\u0000');
      return memory.recall(key, () => firms.resolve(named, scope));
    },
  };
}
