import type { Conversation } from '../src/domain/ledger.ts';
import { present } from '../src/domain/present.ts';
import type { Step } from '../src/domain/sequence.ts';
import { isForgotten, readStays } from '../src/domain/stays.ts';
import { tokyoTime } from '../src/domain/work-day.ts';
import { DONE, ask } from './ask.ts';
import { type Facts, type Person, type Reply, whoIs } from './facts.ts';
import { speakableName } from './prompts.ts';
import { listen, made, stayed } from './arrive.ts';
import { openMenu } from './self-service.ts';

/** What a key does after the receipt: put the direction right, take the record back for somebody else, or ask about oneself. */
export function afterReceipt(before: Conversation, pressed: string | undefined, facts: Facts): Reply {
  const person = whoIs(before.workerId, facts);
  if (!person) return farewell();
  if (pressed === '9') return otherWay(before, person, facts);
  if (pressed === '*') return { ...ask(someoneElse(facts), facts), ...takenBack(before, person) };
  if (pressed === '0') return { ...openMenu(before, person, facts), ...takenBack(before, person) };
  return farewell();
}

/** Turned round after a repeated receipt and once more: what was repeated stands alone again. */
function otherWay(before: Conversation, person: Person, facts: Facts): Reply {
  if (comesBack(before, person)) return farewell();
  const { made: own, repeats, ...rest } = before;
  if (!own || !repeats) return turnRound(before, person, facts);
  return { ...receiptAgain({ ...rest, repeats }, facts), withdraws: [own.seq] };
}

/** The receipt of this call once more, in the words of the language that holds now. */
export function receiptAgain(before: Conversation, facts: Facts): Reply {
  const person = whoIs(before.workerId, facts);
  const base = before.made ?? before.repeats;
  const place = base && facts.places.get(base.siteId);
  if (!person || !base || !place) return farewell();
  const { direction, at, siteId } = base;
  const known = person.head.recent.findLast((one) => one.siteId === siteId && one.direction === direction);
  const receipt = known?.receipt ?? facts.receipt;
  const words = { name: speakableName(person.kana), site: place.kana, receipt, ...tokyoTime(known?.at ?? at) };
  return {
    acts: listen({ id: `${direction}-recorded`, words }, facts),
    conversation: before,
    outcome: 'repeated',
    workerId: person.workerId,
    siteId,
    steps: [],
  };
}

/** Nothing more to say; what was recorded stands. */
export function farewell(): Reply {
  return { acts: [{ verb: 'end' }], conversation: DONE, outcome: 'ended', steps: [] };
}

/**
 * The other direction. What this call recorded is replaced by its opposite at the same time; after a repeated receipt the opposite is
 * recorded at the time of this call.
 */
function turnRound(before: Conversation, person: Person, facts: Facts): Reply {
  const { made: own, repeats, as } = before;
  const base = own ?? repeats;
  const place = base && facts.places.get(base.siteId);
  if (!base || !place) return farewell();
  const direction = base.direction === 'entry' ? 'exit' : 'entry';
  const steps: readonly Step[] = [{ siteId: base.siteId, direction, by: 'key', at: base.at }];
  const words = { name: speakableName(person.kana), site: place.kana, receipt: facts.receipt, ...tokyoTime(base.at) };
  const stay = direction === 'exit' ? stayed(entryBefore(person, before), base.at) : {};
  return {
    acts: listen({ id: `${direction}-recorded`, words: { ...words, ...stay } }, facts),
    conversation: {
      ...{ waitingFor: 'after', tries: 0, workerId: person.workerId },
      ...present({ as, repeats }),
      ...made(person, steps),
    },
    outcome: direction === 'exit' ? 'exit-recorded' : 'entry-recorded',
    workerId: person.workerId,
    siteId: base.siteId,
    steps,
    withdraws: own ? [own.seq] : [],
  };
}

/** The entry that stands without what this call recorded, and that an exit there closes. */
function entryBefore({ head }: Person, { made: own, repeats }: Conversation): Date | undefined {
  const base = own ?? repeats;
  if (!base) return undefined;
  const standing = head.recent.filter(({ seq, at }) => seq !== own?.seq && at.getTime() <= base.at.getTime());
  const { open } = readStays(standing);
  return open?.siteId === base.siteId && !isForgotten(open.entry, base.at) ? open.entry.at : undefined;
}

/** Turned round, a leaving would become the entry of somebody who has left his firm. */
function comesBack({ made: own, repeats }: Conversation, { leaving, employerId }: Person): boolean {
  const hasLeft = leaving !== undefined || employerId === null;
  return hasLeft && (own ?? repeats)?.direction === 'exit';
}

/** Somebody else is calling from this telephone: a holder of a shared one, else a companion who has to prove himself. */
function someoneElse({ shared }: Facts): Conversation {
  return shared
    ? { waitingFor: 'worker', tries: 1 }
    : { waitingFor: 'worker', tries: 1, as: 'companion', obstacle: 'companion' };
}

/** The record of this call counts no more; the entry that says so belongs to its worker. */
function takenBack({ made: own }: Conversation, { workerId }: Person): Pick<Reply, 'workerId' | 'withdraws'> {
  return own ? { workerId, withdraws: [own.seq] } : {};
}
