import type { Conversation } from '../src/domain/ledger.ts';
import { present } from '../src/domain/present.ts';
import { decideFor, outcomeOf } from './arrive.ts';
import { ask, keep } from './ask.ts';
import type { Facts, Person, Place, Reply } from './facts.ts';

/** Records one of a foreman's people and asks for the next; a code keyed twice counts once. */
export function recordInGroup(person: Person, place: Place, before: Conversation, facts: Facts): Reply {
  const { named: earlier = [], groupSite } = before;
  if (!place.phoneEnabled) return keep('unknown-site', facts, person);
  const decision = decideFor({ person, place, as: 'group' }, facts);
  const named = [...new Set([...earlier, person.workerId])];
  const group = { waitingFor: 'group', tries: 1, as: 'group', count: named.length, named } as const;
  return {
    ...ask({ ...group, ...present({ groupSite }) }, facts),
    outcome: outcomeOf(decision),
    workerId: person.workerId,
    siteId: place.siteId,
    steps: decision.kind === 'record' ? decision.steps : [],
    flags: ['group'],
  };
}
