import type { NumberIndex } from '../domain/ids.ts';
import type { TurnEntry, TurnOutcome } from '../domain/ledger.ts';
import { type PhoneRegistration, validOn } from '../domain/phone.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { NumberRecord, PhoneStore, Revised } from '../ports.ts';

/** Turns after which the caller has heard who he is. */
const HEARD = new Set<TurnOutcome>(['entry-recorded', 'exit-recorded', 'moved', 'repeated', 'service']);

/** How often the records are read anew when somebody else changes them meanwhile; what is left then is confirmed by the next call. */
const TRIES = 5;

/**
 * Notes on a registration when its holder was first heard on it: from then on it is known that the number is typed right and in his
 * hands. A companion's call confirms nothing, since he is no holder. Doing it again changes nothing.
 */
export function createNumberConfirmer(phones: Pick<PhoneStore, 'findRevised' | 'saveMany'>) {
  return async function confirmNumbers(turns: readonly TurnEntry[]): Promise<void> {
    const heard = new Map<NumberIndex, TurnEntry>();
    for (const turn of turns) {
      const { index } = turn.caller;
      if (index && turn.workerId && HEARD.has(turn.outcome) && !heard.has(index)) heard.set(index, turn);
    }
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await phones.findRevised([...heard.keys()]);
      const changes = found.flatMap((one) => confirmed(one, heard.get(one.value.index)));
      if (changes.length === 0 || (await phones.saveMany(changes))) return;
    }
  };
}

/** The record with the registration confirmed under which that turn came, where it is not yet. */
function confirmed(
  { value, rev }: Revised<NumberRecord>,
  turn: TurnEntry | undefined,
): readonly Revised<NumberRecord>[] {
  const mine = turn && heardOf(value.registrations, turn);
  if (!mine) return [];
  const registrations = value.registrations.map((one) => (one === mine ? { ...one, verifiedAt: turn.at } : one));
  return [{ value: { ...value, registrations }, rev }];
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
