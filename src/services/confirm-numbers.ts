import type { NumberIndex } from '../domain/ids.ts';
import type { TurnEntry, TurnOutcome } from '../domain/ledger.ts';
import { accept, refuse } from '../domain/outcome.ts';
import { type PhoneRegistration, validOn } from '../domain/phone.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { PhoneStore } from '../ports.ts';
import { editNumber } from './edit-number.ts';

/** Turns after which the caller has heard who he is. */
const HEARD = new Set<TurnOutcome>(['entry-recorded', 'exit-recorded', 'moved', 'repeated', 'service']);

/**
 * Notes on a registration when its holder was first heard on it: from then on it is known that the number is typed right and in his
 * hands. A companion's call confirms nothing, since he is no holder. Doing it again changes nothing.
 */
export function createNumberConfirmer(phones: Pick<PhoneStore, 'find' | 'findMany' | 'save'>) {
  return async function confirmNumbers(turns: readonly TurnEntry[]): Promise<void> {
    const heard = new Map<NumberIndex, TurnEntry>();
    for (const turn of turns) {
      const { index } = turn.caller;
      if (index && turn.workerId && HEARD.has(turn.outcome) && !heard.has(index)) heard.set(index, turn);
    }
    for (const { index, registrations } of await phones.findMany([...heard.keys()])) {
      const turn = heard.get(index);
      if (turn && heardOf(registrations, turn)) await confirm(index, turn);
    }
  };

  async function confirm(index: NumberIndex, turn: TurnEntry): Promise<void> {
    await editNumber(phones, index, (found) => {
      const mine = found && heardOf(found.value.registrations, turn);
      if (!mine) return refuse('not-found');
      const registrations = found.value.registrations.map((one) =>
        one === mine ? { ...one, verifiedAt: turn.at } : one,
      );
      return accept({ ...found.value, registrations });
    });
  }
}

/** The registration under which he called, as long as it is not confirmed. */
function heardOf(
  registrations: readonly PhoneRegistration[],
  { at, workerId }: TurnEntry,
): PhoneRegistration | undefined {
  return validOn(registrations, tokyoDay(at)).find(
    (one) => one.verifiedAt === undefined && workerId !== undefined && one.workerIds.includes(workerId),
  );
}
