import type { Conversation } from '../src/domain/ledger.ts';
import { present } from '../src/domain/present.ts';
import { ask, askAgain, keep, tell } from './ask.ts';
import { DONE } from './ask.ts';
import type { Facts, Person, Reply } from './facts.ts';
import { recordInGroup } from './group-record.ts';
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

/** Whom nothing places is asked for: the foreman keys in the site once, for all whom he names from then on. */
function record(person: Person, before: Conversation, facts: Facts): Reply {
  const { count, named, groupSite } = before;
  const site = siteOf(person, facts, groupSite);
  const place = site === undefined ? undefined : facts.places.get(site);
  if (place) return recordInGroup(person, place, before, facts);
  if (facts.lineSite) return keep('unknown-site', facts, person);
  const { workerId } = person;
  return ask({ waitingFor: 'site', tries: 1, as: 'group', workerId, ...present({ count, named }) }, facts);
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
