import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { type ActEntry, type ExceptionRecord, type TurnEntry, actId, turnId } from '../domain/ledger.ts';
import type { Direction, Passage } from '../domain/passage.ts';
import { decide, newHead } from '../domain/sequence.ts';
import type { Site } from '../domain/site.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { Clock, LedgerStore, PhoneStore, SiteStore, WorkerStore } from '../ports.ts';
import { employerOn, readSequence, standingThen } from './worker-then.ts';

/** Why somebody acted, by the codes of the catalogues; who is the key or person he acted as. */
export interface Grounds {
  readonly reasonCode: string;
  readonly actionCode: string;
  readonly note?: string;
  readonly by: string;
}

export interface LinkRequest extends Grounds {
  readonly workerId: WorkerId;
  readonly siteId?: SiteId;
  readonly direction?: Direction;
  readonly registerPhone?: boolean;
}

export interface ActParts {
  readonly ledger: LedgerStore;
  readonly merges: Pick<MergeStore, 'around'>;
  readonly projections: ProjectionStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
  readonly phones: PhoneStore;
  readonly clock: Clock;
  readonly project: (entry: ActEntry) => Promise<void>;
  /** Registers the number of an unknown call for the worker it was linked to. */
  readonly registerNumber: (sealed: string, workerId: WorkerId, from: Day) => Promise<Outcome<unknown, NumberRefusal>>;
}

type NumberRefusal = 'number-taken' | 'number-not-personal';
type PlaceRefusal = 'nothing-to-link' | 'unknown-worker' | 'worker-without-employer' | 'unknown-site';
export type CloseRefusal = 'not-found' | 'already-decided';
export type LinkRefusal = CloseRefusal | PlaceRefusal | NumberRefusal;
type Acted<Code extends RefusalCode> = Outcome<ExceptionRecord, Code>;

export interface ActOnException {
  link(id: string, request: LinkRequest): Promise<Acted<LinkRefusal>>;
  close(id: string, act: 'reject' | 'acknowledge', grounds: Grounds): Promise<Acted<CloseRefusal>>;
}

const ROUNDS = 16;

/**
 * What a person does about an exception: link the call to a worker (the day is then his, at the time of the call), reject it, or
 * acknowledge it. One act per exception, kept for good; what was received is never edited.
 */
export function createActOnException(parts: ActParts): ActOnException {
  const { ledger, projections, clock } = parts;

  async function store(exception: ExceptionRecord, act: ActEntry['act'], more: Partial<ActEntry> & Grounds) {
    const entry = toAct(exception, act, clock.now(), more);
    const stored = await ledger.append(entry, clock.real());
    if (stored === 'stored') await parts.project(entry);
    return stored;
  }

  async function standing(id: string): Promise<Acted<'not-found'>> {
    const exception = await projections.exception(id);
    return exception ? accept(exception) : refuse('not-found');
  }

  async function openOne(id: string): Promise<Acted<CloseRefusal>> {
    const found = await standing(id);
    return found.ok && found.value.state !== 'open' ? refuse('already-decided') : found;
  }

  return {
    async close(id, act, grounds) {
      const found = await openOne(id);
      if (!found.ok) return found;
      const stored = await store(found.value, act, grounds);
      return stored === 'stored' ? standing(id) : refuse('already-decided');
    },
    async link(id, request) {
      const found = await openOne(id);
      if (!found.ok) return found;
      const place = await findPlace(parts, found.value, request);
      if (!place.ok) return place;
      // The number first: should it be refused, nothing has been linked yet.
      const registered = await registerCaller(parts, place.value.turn, request);
      if (!registered.ok) return registered;
      for (let round = 0; round < ROUNDS; round++) {
        const linked = await linkPassages(parts, place.value, request);
        const stored = await store(found.value, 'link', { ...grounds(request), ...linked });
        if (stored === 'id-taken') return refuse('already-decided');
        if (stored === 'stored') return standing(id);
      }
      throw new Error('a worker has more simultaneous entries than can be told apart');
    },
  };
}

function grounds({ reasonCode, actionCode, note, by }: LinkRequest): Grounds {
  return { reasonCode, actionCode, by, ...(note === undefined ? {} : { note }) };
}

function toAct(
  exception: ExceptionRecord,
  act: ActEntry['act'],
  at: Date,
  more: Partial<ActEntry> & Grounds,
): ActEntry {
  const { callId, siteId, workerId } = exception;
  return {
    kind: 'act',
    id: actId(exception.id),
    exceptionId: exception.id,
    act,
    at,
    passages: [],
    ...(callId ? { callId } : {}),
    ...(siteId ? { siteId } : {}),
    ...(workerId ? { workerId } : {}),
    ...more,
  };
}

interface Place {
  readonly turn: TurnEntry;
  readonly worker: Worker & { readonly employerId: FirmId };
  readonly site: Site;
}

async function findPlace(
  { ledger, workers, sites }: ActParts,
  exception: ExceptionRecord,
  request: LinkRequest,
): Promise<Outcome<Place, PlaceRefusal>> {
  const turn = await firstTurn(ledger, exception);
  if (!turn) return refuse('nothing-to-link');
  const worker = (await workers.find(request.workerId))?.value;
  if (!worker) return refuse('unknown-worker');
  const employerId = employerOn(worker, tokyoDay(turn.at));
  if (!employerId) return refuse('worker-without-employer');
  const siteId = request.siteId ?? exception.siteId;
  const site = siteId ? (await sites.find(siteId))?.value : undefined;
  return site ? accept({ turn, worker: { ...worker, employerId }, site }) : refuse('unknown-site');
}

async function firstTurn(ledger: LedgerStore, { callId }: ExceptionRecord): Promise<TurnEntry | undefined> {
  const turn = callId && (await ledger.find(turnId(callId, 1)));
  return turn && turn.kind === 'turn' ? turn : undefined;
}

/** The passage of a linked call, decided on the worker's whole sequence as it stood at the time of the call. */
async function linkPassages(parts: ActParts, { turn, worker, site }: Place, request: LinkRequest) {
  const { seq, standing } = await readSequence(parts, worker.id);
  const said = request.direction ? { direction: request.direction, by: 'person' as const } : undefined;
  const asked = { siteId: site.id, at: turn.at, repeatWindowSec: 0, ...(said ? { said } : {}) };
  const recent = standing.filter((p) => p.at <= turn.at);
  const decision = decide({ ...newHead(worker.id), seq, recent }, asked);
  const steps = decision.kind === 'record' ? decision.steps : [];
  const day = tokyoDay(turn.at);
  const onFile = await standingThen(parts.phones, worker, day);
  const out = day < site.historyPeriod.from || day > site.historyPeriod.to;
  const passages = steps.map((step): Passage => ({
    workerId: worker.id,
    siteId: step.siteId,
    seq: seq + 1,
    direction: step.direction,
    by: step.by,
    at: step.at,
    source: 'link',
    callId: turn.callId,
    receipt: turn.receipt,
    standing: onFile(step.siteId),
    maxShiftHours: site.maxShiftHours,
    flags: out ? ['out-of-period'] : [],
  }));
  return { workerId: worker.id, siteId: site.id, seq: seq + 1, passages };
}

async function registerCaller(
  parts: ActParts,
  turn: TurnEntry,
  request: LinkRequest,
): Promise<Outcome<unknown, NumberRefusal>> {
  const { sealed } = turn.caller;
  return request.registerPhone && sealed
    ? parts.registerNumber(sealed, request.workerId, tokyoDay(turn.at))
    : accept(undefined);
}
