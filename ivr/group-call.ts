import type { Conversation } from '../src/domain/ledger.ts';
import { ask, askAgain, keep, tell } from './ask.ts';
import { DONE } from './ask.ts';
import type { Facts, Person, Reply } from './facts.ts';
import { decideFor, outcomeOf } from './arrive.ts';
import { speakableName } from './prompts.ts';
import { siteOf } from './where.ts';

/** A foreman keys in his people one after the other; each code is recorded at once, and an empty `#` ends the call. */
export function groupKeyed(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const count = before.count ?? 0;
  if (pressed === undefined) return finish(count, facts);
  if (pressed === '0' && facts.present) return tellPresent(before, facts.present, facts);
  const person = [...facts.people, ...(facts.other ? [facts.other] : [])].find((one) => one.workerCode === pressed);
  return person && belongsHere(person, facts) ? record(person, before, facts) : askAgain(before, facts);
}

/** The people of the telephone and of their firm. */
function belongsHere({ employerId }: Person, { people }: Facts): boolean {
  return employerId !== null && people.some((holder) => holder.employerId === employerId);
}

function record(person: Person, { named: earlier = [] }: Conversation, facts: Facts): Reply {
  const site = siteOf(person, facts);
  const place = site === undefined ? undefined : facts.places.get(site);
  if (!place?.phoneEnabled) return keep('unknown-site', facts, person);
  const decision = decideFor({ person, place, as: 'group' }, facts);
  const named = [...new Set([...earlier, person.workerId])];
  const next = ask({ waitingFor: 'group', tries: 1, as: 'group', count: named.length, named }, facts);
  return {
    ...next,
    outcome: outcomeOf(decision),
    workerId: person.workerId,
    siteId: place.siteId,
    steps: decision.kind === 'record' ? decision.steps : [],
    flags: ['group'],
  };
}

/** Who is still on site; then it goes on where it was. */
function tellPresent(before: Conversation, present: readonly string[], facts: Facts): Reply {
  const next = ask(before, facts);
  const names = present.map((kana) => speakableName(kana));
  return { ...next, acts: [{ verb: 'tell', prompt: { id: 'on-site', words: { names } } }, ...next.acts] };
}

/** Reads back how many were recorded; a call that named nobody is kept. */
function finish(count: number, facts: Facts): Reply {
  if (count === 0) return keep('extraneous-call', facts);
  const { receipt } = facts;
  return {
    acts: tell({ id: 'group-done', words: { count, receipt } }),
    conversation: DONE,
    outcome: 'ended',
    steps: [],
  };
}
