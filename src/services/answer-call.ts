import type { Facts, Reply } from '../../ivr/step.ts';
import { step } from '../../ivr/step.ts';
import type { Act } from '../../ivr/verbs.ts';
import type { SiteId, WorkerId } from '../domain/ids.ts';
import { type LedgerEntry, type TurnEntry, turnId } from '../domain/ledger.ts';
import type { Passage } from '../domain/passage.ts';
import { present } from '../domain/present.ts';
import type { Head } from '../domain/sequence.ts';
import { advance } from '../domain/sequence.ts';
import { standingOf } from '../domain/standing.ts';
import { tokyoDay } from '../domain/work-day.ts';
import { maskNumber } from '../domain/phone-number.ts';
import type { CallDirectory, Clock, LedgerStore, NumberCipher } from '../ports.ts';
import { type CallRequest, type Known, createFactFinder } from './find-call-facts.ts';

export interface AnswerCallParts {
  readonly directory: CallDirectory;
  readonly ledger: LedgerStore;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
  readonly render: (acts: readonly Act[]) => string;
  /** Told after the answer is durable; losing it costs only time. */
  readonly nudge: (entry: LedgerEntry) => void;
}

export type AnswerCall = (request: CallRequest) => Promise<string>;

/** How many simultaneous calls of one worker may win a sequence number before ours. */
const ROUNDS = 16;
/** Of a site that has been removed since the stay began. */
const DEFAULT_SHIFT_HOURS = 14;

/** The answer to a turn whose call we never saw begin. */
const CALL_AGAIN: readonly Act[] = [{ verb: 'tell', prompt: { id: 'call-again', words: {} } }, { verb: 'end' }];

/**
 * Answers one turn of a call: looks up the facts, decides, stores the turn with what it records in one durable write, and only then
 * answers (I3). A turn that stands already is answered as it was, byte for byte (I1); a worker's sequence number that another call
 * took meanwhile is decided anew on what is now true (I2).
 */
export function createAnswerCall(parts: AnswerCallParts): AnswerCall {
  const { ledger, clock, render, nudge } = parts;
  const findFacts = createFactFinder(parts);
  const answered = createAnswerMemory();
  return async function answerCall(request) {
    const id = turnId(request.callId, request.turn);
    const remembered = answered.recall(id);
    if (remembered !== undefined) return remembered;
    const found = await findFacts(request);
    if (!found) return render(CALL_AGAIN);
    const { before, known } = found;
    let facts = found.facts;
    for (let round = 0; round < ROUNDS; round++) {
      const reply = step(before, request.pressed, facts);
      const entry = toEntry(request, { reply, facts, known, markup: render(reply.acts) });
      const stored = await ledger.append(entry, clock.real());
      if (stored === 'stored') nudge(entry);
      if (stored !== 'slot-taken') {
        return answered.keep(id, stored === 'stored' ? entry.markup : storedMarkup(await ledger.find(id)));
      }
      facts = { ...facts, people: await catchUp(ledger, facts.people, entry.workerId) };
    }
    throw new Error('a worker has more simultaneous calls than can be told apart');
  };
}

/** The last answers of this process, for a carrier that asks again: a turn's answer never changes once it is stored. */
function createAnswerMemory() {
  const KEPT = 2_000;
  const markups = new Map<string, string>();
  return {
    recall: (id: string) => markups.get(id),
    keep(id: string, markup: string): string {
      const [oldest] = markups.keys();
      if (markups.size >= KEPT && oldest !== undefined) markups.delete(oldest);
      markups.set(id, markup);
      return markup;
    },
  };
}

function storedMarkup(entry: LedgerEntry | undefined): string {
  if (entry?.kind !== 'turn') throw new Error('a stored turn has gone');
  return entry.markup;
}

async function catchUp(
  ledger: LedgerStore,
  people: Facts['people'],
  workerId: WorkerId | undefined,
): Promise<Facts['people']> {
  return Promise.all(
    people.map(async (person) =>
      person.workerId === workerId ? { ...person, head: await readOn(ledger, person.head) } : person,
    ),
  );
}

/** The head brought up to the end of the sequence, entry by entry. */
export async function readOn(ledger: LedgerStore, head: Head): Promise<Head> {
  let current = head;
  for (;;) {
    const next = await ledger.findSlot(current.workerId, current.seq + 1);
    if (!next) return current;
    current = advance(current, { ...next, seq: current.seq + 1 });
  }
}

interface Settled {
  readonly reply: Reply;
  readonly facts: Facts;
  readonly known: Known;
  readonly markup: string;
}

function toEntry(request: CallRequest, settled: Settled): TurnEntry {
  const { reply, facts, known, markup } = settled;
  const person = facts.people.find((p) => p.workerId === reply.workerId);
  const seq = person && reply.steps.length > 0 ? person.head.seq + 1 : undefined;
  return {
    kind: 'turn',
    id: turnId(request.callId, request.turn),
    callId: request.callId,
    turn: request.turn,
    at: facts.at,
    source: request.late?.source ?? 'webhook',
    line: request.to,
    caller: callerOf(known),
    conversation: reply.conversation,
    outcome: reply.outcome,
    flags: flagsOf(request),
    ...present({
      pressed: request.pressed,
      exception: reply.exception,
      siteId: reply.siteId,
      workerId: reply.workerId,
      seq,
    }),
    passages: seq === undefined ? [] : toPassages(request, settled, seq),
    receipt: facts.receipt,
    markup,
  };
}

function flagsOf({ forwarded, late }: CallRequest): readonly string[] {
  return [...(forwarded ? ['forwarded'] : []), ...(late ? [late.source] : [])];
}

function callerOf({ caller, index, sealed }: Known): TurnEntry['caller'] {
  if (caller.kind !== 'number') return { kind: caller.kind };
  return { kind: caller.kind, masked: maskNumber(caller.number), ...present({ index, sealed }) };
}

function toPassages(request: CallRequest, { reply, facts, known }: Settled, seq: number): readonly Passage[] {
  const worker = known.workers.find((w) => w.id === reply.workerId);
  const employerId = worker?.employerId;
  if (!worker || !employerId) return [];
  return reply.steps.map(({ siteId, direction, by, at }) => ({
    workerId: worker.id,
    siteId,
    seq,
    direction,
    by,
    at,
    source: 'call',
    callId: request.callId,
    receipt: facts.receipt,
    standing: standingOf({ ...worker, employerId }, known.registrationOf(worker.id), siteId),
    maxShiftHours: known.sites.get(siteId)?.maxShiftHours ?? DEFAULT_SHIFT_HOURS,
    flags: [...flagsOf(request), ...periodFlags(known, siteId, at)],
  }));
}

/** A day outside the site's period is kept and shown, not handed over (R-022, D-07). */
function periodFlags(known: Known, siteId: SiteId, at: Date): readonly string[] {
  const period = known.sites.get(siteId)?.historyPeriod;
  const day = tokyoDay(at);
  return period && (day < period.from || day > period.to) ? ['out-of-period'] : [];
}
