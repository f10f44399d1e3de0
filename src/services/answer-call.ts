import { answering } from '../../ivr/answering.ts';
import type { Facts, Person, Reply } from '../../ivr/facts.ts';
import { whoIs } from '../../ivr/facts.ts';
import { CALL_AGAIN, spooledActs } from '../../ivr/last-words.ts';
import type { Carrier } from '../../ivr/render-acts.ts';
import { step } from '../../ivr/step.ts';
import type { Act } from '../../ivr/verbs.ts';
import type { SiteId } from '../domain/ids.ts';
import { type Conversation, type LedgerEntry, type TurnEntry, turnId } from '../domain/ledger.ts';
import type { Passage } from '../domain/passage.ts';
import { present } from '../domain/present.ts';
import { standingOf } from '../domain/standing.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import { judgeInsurance } from '../domain/worker-insurance.ts';
import { maskNumber } from '../domain/phone-number.ts';
import { type CallRequest, type FactParts, type Found, type Known, createFactFinder } from './find-call-facts.ts';
import { upperKey } from './find-uppers.ts';
import { behindOf, catchUp, withHeads } from './read-on.ts';

export interface AnswerCallParts extends FactParts {
  readonly render: (acts: readonly Act[], carrier: Carrier | undefined) => string;
  /** Told after the answer is durable; losing it costs only time. */
  readonly nudge: (entry: LedgerEntry) => void;
  /** Told of a turn that was asked for again and answered as it was. */
  readonly replayed: () => void;
}

export type AnswerCall = (request: CallRequest) => Promise<string>;

/** The answer to a turn whose words are past their term, or were a deleted person's: it is over, and records nothing. */
const SILENT = [{ verb: 'end' }] as const;
/** How many simultaneous calls of one worker may win a sequence number before ours. */
const ROUNDS = 16;
/** Of a site that has been removed since the stay began. */
const DEFAULT_SHIFT_HOURS = 14;

/**
 * Answers one turn of a call: looks up the facts, decides, stores the turn with what it records in one durable write, and only then
 * answers (I3). A turn that stands already is answered as it was, byte for byte (I1); a worker's sequence number that another call
 * took meanwhile is decided anew on what is now true (I2).
 */
export function createAnswerCall(parts: AnswerCallParts): AnswerCall {
  const { ledger, clock, render, replayed } = parts;
  const findFacts = createFactFinder(parts);
  const answered = createAnswerMemory();
  const replay = (id: string, markup: string) => {
    replayed();
    return answered.keep(id, markup);
  };

  async function lookAgain(found: Found, { sent, behind }: { sent: CallRequest; behind: Person | undefined }) {
    const again = await catchUp(ledger, found.facts, behind);
    const near = { ...found, facts: withHeads(found.facts, again) };
    // Whoever only hears the receipt of the call before his needs nothing else looked up.
    return decideOn(near, render).reply.outcome === 'repeated' ? near : findFacts(sent, again);
  }

  async function settle(id: string, sent: CallRequest): Promise<string> {
    let found = await findFacts(sent);
    for (let round = 0; found && round < ROUNDS; round++) {
      const { entry, reply } = decideOn(found, render);
      const behind = round > 0 ? undefined : await behindOf(ledger, found, { reply, seq: entry.seq });
      const stored = behind ? 'slot-taken' : await ledger.append(entry, clock.real());
      if (stored === 'stored') {
        await follow(parts, entry, reply);
        return answered.keep(id, entry.markup);
      }
      if (stored === 'id-taken') return replay(id, storedMarkup(await ledger.find(id)) || render(SILENT, sent.carrier));
      found = await lookAgain(found, { sent, behind: behind ?? whoIs(entry.workerId, found.facts) });
    }
    if (found) throw new Error('a worker has more simultaneous calls than can be told apart');
    // Of a call that we never saw begin.
    return render(CALL_AGAIN, sent.carrier);
  }

  return async function answerCall(sent) {
    const id = turnId(sent.callId, sent.turn);
    const remembered = answered.recall(id);
    if (remembered !== undefined) return replay(id, remembered);
    // A PIN that is asked about twice counts once: a turn that stands is not looked into again.
    const standing = sent.turn > 1 ? await ledger.find(id) : undefined;
    return standing ? replay(id, storedMarkup(standing) || render(SILENT, sent.carrier)) : settle(id, sent);
  };
}

/** What comes after the answer is durable. */
async function follow({ nudge, aids }: AnswerCallParts, entry: TurnEntry, { chose }: Reply): Promise<void> {
  nudge(entry);
  if (chose && entry.workerId) await aids.rememberLanguage(entry.workerId, chose);
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

interface Decided {
  readonly entry: TurnEntry;
  readonly reply: Reply;
}

function decideOn({ request, before, known, facts }: Found, render: AnswerCallParts['render']): Decided {
  const reply = step(before, request.pressed, facts);
  const heard = heardOf(request, reply, facts);
  const markup = render(heard, request.carrier);
  const entry = toEntry(request, { reply, facts, known, before, markup });
  return { reply, entry: { ...entry, rejected: heard[0]?.verb === 'reject' } };
}

/** What the caller heard: of a call that was kept on disk, that it is kept, whatever is recorded now. */
function heardOf({ late }: CallRequest, { acts }: Reply, { receipt }: Facts): readonly Act[] {
  return late?.source === 'spool' ? spooledActs(receipt) : acts;
}

interface Settled {
  readonly reply: Reply;
  readonly facts: Facts;
  readonly known: Known;
  readonly before: Conversation | undefined;
  readonly markup: string;
}

function toEntry(request: CallRequest, settled: Settled): Omit<TurnEntry, 'rejected'> {
  const { reply, facts, known, before, markup } = settled;
  const person = whoIs(reply.workerId, facts);
  const seq = person && changesSomething(reply) ? person.head.seq + 1 : undefined;
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
    flags: flagsOf(request, reply),
    ...present({
      pressed: shownKeys(request.pressed, before),
      withdraws: reply.withdraws,
      request: reply.request,
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

/** The keys as they are kept: of a PIN only how many there were. */
function shownKeys(pressed: string | undefined, before: Conversation | undefined): string | undefined {
  return before && answering(before, pressed).waitingFor === 'pin' ? pressed?.replace(/./g, '*') : pressed;
}

function changesSomething({ steps, withdraws = [] }: Reply): boolean {
  return steps.length + withdraws.length > 0;
}

function flagsOf({ forwarded, late }: CallRequest, { flags = [] }: Reply): readonly string[] {
  return [...(forwarded ? ['forwarded'] : []), ...(late ? [late.source] : []), ...flags];
}

function callerOf({ caller, index, sealed }: Known): TurnEntry['caller'] {
  if (caller.kind !== 'number') return { kind: caller.kind };
  return { kind: caller.kind, masked: maskNumber(caller.number), ...present({ index, sealed }) };
}

function toPassages(request: CallRequest, { reply, facts, known }: Settled, seq: number): readonly Passage[] {
  const worker = known.workers.find((w) => w.id === reply.workerId);
  const employerId = worker?.employerId;
  if (!worker || !employerId) return [];
  const standingAt = (siteId: SiteId) => {
    const keyed = siteId === reply.siteId ? reply.upperFirmId : undefined;
    const chosen = keyed ?? known.uppers.get(upperKey(siteId, worker.id))?.last;
    const declared = standingOf({ ...worker, employerId }, known.registrationOf(worker.id), siteId);
    return { ...present({ upperFirmId: chosen }), ...declared };
  };
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
    standing: standingAt(siteId),
    maxShiftHours: known.sites.get(siteId)?.maxShiftHours ?? DEFAULT_SHIFT_HOURS,
    flags: [...flagsOf(request, reply), ...periodFlags(known, siteId, at), ...insuranceFlags(worker, at)],
  }));
}

/** Recorded like any other (PR-062, failure mode 29): only the office sees it, and only of whom it has stated something. */
function insuranceFlags(worker: Worker, at: Date): readonly string[] {
  if (!worker.insuranceHistory?.length) return [];
  return judgeInsurance(worker, tokyoDay(at)).flagged ? ['insurance-unconfirmed'] : [];
}

/** A day outside the site's period is kept and shown, not handed over (R-022, D-07). */
function periodFlags(known: Known, siteId: SiteId, at: Date): readonly string[] {
  const period = known.sites.get(siteId)?.historyPeriod;
  const day = tokyoDay(at);
  return period && (day < period.from || day > period.to) ? ['out-of-period'] : [];
}
