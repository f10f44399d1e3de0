import { type Facts, type Person, type Reply, whoIs } from '../../ivr/facts.ts';
import type { WorkerId } from '../domain/ids.ts';
import type { Conversation } from '../domain/ledger.ts';
import { type Head, advance } from '../domain/sequence.ts';
import type { CallDirectory, LedgerStore } from '../ports.ts';

/** What a second look keeps of the first: its instant, what the PIN was worth (it counts once), and sequences read to their end. */
export interface Again extends Pick<Facts, 'at'> {
  readonly pin: Facts['pin'] | undefined;
  readonly heads: ReadonlyMap<WorkerId, Head>;
}

interface Looked {
  readonly facts: Facts;
  readonly before: Conversation | undefined;
}

/**
 * Whose head does not tell of his last calls yet. An answer that records takes the next number of a sequence and cannot be mistaken; one
 * that only asks or tells would be, just after another call.
 */
export async function behindOf(
  ledger: LedgerStore,
  { facts, before }: Looked,
  { reply, seq }: { readonly reply: Reply; readonly seq: number | undefined },
): Promise<Person | undefined> {
  if (seq !== undefined) return undefined;
  const [only, another] = facts.people;
  const named = reply.workerId ?? reply.conversation.workerId ?? before?.workerId;
  const person = whoIs(named, facts) ?? (another ? undefined : only);
  return person && (await ledger.findSlot(person.workerId, person.head.seq + 1)) ? person : undefined;
}

/** What to look again with: the sequence of that worker read to its end. */
export async function catchUp(ledger: LedgerStore, facts: Facts, person: Person | undefined): Promise<Again> {
  const known = [...facts.people, ...(facts.other ? [facts.other] : [])];
  const read = person ? [await readOn(ledger, person.head)] : [];
  const heads = [...known.map(({ head }) => head), ...read].map((head) => [head.workerId, head] as const);
  return { at: facts.at, pin: facts.pin, heads: new Map(heads) };
}

/** The facts, with sequences read further than their heads tell. */
export function withHeads(facts: Facts, { heads }: Again): Facts {
  const current = (person: Person) => ({ ...person, head: heads.get(person.workerId) ?? person.head });
  const people = facts.people.map(current);
  return facts.other ? { ...facts, people, other: current(facts.other) } : { ...facts, people };
}

/** The head brought up to the end of the sequence, entry by entry. */
async function readOn(ledger: LedgerStore, head: Head): Promise<Head> {
  let current = head;
  for (;;) {
    const next = await ledger.findSlot(current.workerId, current.seq + 1);
    if (!next) return current;
    current = advance(current, { ...next, seq: current.seq + 1 });
  }
}

/** The directory, with sequences read further than their heads tell. */
export function readOnTo(again: Again | undefined, directory: CallDirectory): CallDirectory {
  if (!again) return directory;
  return {
    ...directory,
    people: async (ids) =>
      (await directory.people(ids)).map((one) => {
        const head = again.heads.get(one.worker.id);
        return head && head.seq > one.head.seq ? { ...one, head } : one;
      }),
  };
}
