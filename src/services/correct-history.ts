import {
  type Corrected,
  type Correction,
  type CorrectionRefusal,
  type Decision,
  type Wanted,
  correct,
  correctionKey,
} from '../domain/correction.ts';
import type { FirmId } from '../domain/ids.ts';
import { type CorrectionEntry, correctionEntryId } from '../domain/ledger.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import type { Site } from '../domain/site.ts';
import { directEntryDeadline, tokyoDay } from '../domain/work-day.ts';
import type { Worker } from '../domain/worker.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { CorrectionStore } from '../ports-corrections.ts';
import type { Clock, LedgerStore, PhoneStore, SiteStore, WorkerStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';
import { employerOn, readSequence, standingThen } from './worker-then.ts';

/** Who asks, why, and from where. */
export interface Asking {
  readonly by: string;
  readonly source: Correction['source'];
  readonly reasonCode: string;
  readonly note?: string;
}

/** Who decides, and what he says about it. */
export type Deciding = Omit<Decision, 'at'>;

export interface CorrectParts {
  readonly ledger: LedgerStore;
  readonly merges: Pick<MergeStore, 'around'>;
  readonly corrections: CorrectionStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
  readonly phones: PhoneStore;
  readonly clock: Clock;
  readonly project: (entry: CorrectionEntry) => Promise<void>;
}

type PlaceRefusal = 'unknown-worker' | 'unknown-site' | 'worker-without-employer' | 'deadline-passed';
export type RequestRefusal = PlaceRefusal | CorrectionRefusal | 'correction-waiting';
export type ApproveRefusal = PlaceRefusal | CorrectionRefusal | RejectRefusal;
export type RejectRefusal = 'not-found' | 'already-decided' | 'conflict';

export interface CorrectHistory {
  /** Files a request that waits for approval; one at a time for a worker's day at a site. */
  request(wanted: Wanted, asking: Asking): Promise<Outcome<Correction, RequestRefusal>>;
  /** Puts the day right: from now on it counts. */
  approve(id: string, deciding: Deciding): Promise<Outcome<Correction, ApproveRefusal>>;
  reject(id: string, deciding: Deciding): Promise<Outcome<Correction, RejectRefusal>>;
}

const ROUNDS = 16;

/** Corrections of a worker's day: asked for by one, approved by another, added to the ledger beside what was received. */
export function createCorrectHistory(parts: CorrectParts): CorrectHistory {
  const { corrections, clock } = parts;
  return {
    async request(wanted, asking) {
      const place = await findPlace(parts, wanted);
      if (!place.ok) return place;
      // Looked at once as if it were approved, so that a request that could never be is refused at once.
      const tried = (await prepare(parts, wanted, { place: place.value, number: 1 })).corrected;
      if (!tried.ok) return tried;
      for (let round = 0; round < ROUNDS; round++) {
        const key = correctionKey(wanted);
        const before = await corrections.ofKey(key);
        if (before.some(({ state }) => state === 'requested')) return refuse('correction-waiting');
        const correction = newCorrection(wanted, asking, { number: before.length + 1, at: clock.now() });
        if (await corrections.create(correction)) return accept(correction);
      }
      return refuse('correction-waiting');
    },
    async approve(id, deciding) {
      const found = (await corrections.find(id))?.value;
      if (!found) return refuse('not-found');
      if (found.state !== 'requested') return refuse('already-decided');
      const place = await findPlace(parts, found);
      if (!place.ok) return place;
      const done = await store(parts, found, { place: place.value, by: deciding.by });
      return done.ok ? close(parts, id, { deciding, state: 'approved', adjusted: done.value.adjusted }) : done;
    },
    async reject(id, deciding) {
      if (await parts.ledger.find(correctionEntryId(id))) return refuse('already-decided');
      return close(parts, id, { deciding, state: 'rejected' });
    },
  };
}

function newCorrection(
  wanted: Wanted,
  { by, ...asking }: Asking,
  { number, at }: { readonly number: number; readonly at: Date },
): Correction {
  const key = correctionKey(wanted);
  const id = `${key}:${String(number)}`;
  const { siteId, workerId, workDate, entryAt, exitAt, jobType, position } = wanted;
  return {
    ...{ id, key, number, siteId, workerId, workDate, state: 'requested', requestedAt: at, requestedBy: by },
    ...present({ entryAt, exitAt, jobType, position }),
    ...asking,
  };
}

interface Place {
  readonly worker: Worker & { readonly employerId: FirmId };
  readonly site: Site;
}

async function findPlace(
  { workers, sites, clock }: CorrectParts,
  { workerId, siteId, workDate }: Wanted,
): Promise<Outcome<Place, PlaceRefusal>> {
  const worker = (await workers.find(workerId))?.value;
  if (!worker) return refuse('unknown-worker');
  const site = (await sites.find(siteId))?.value;
  if (!site) return refuse('unknown-site');
  const employerId = employerOn(worker, workDate);
  if (!employerId) return refuse('worker-without-employer');
  if (tokyoDay(clock.now()) > directEntryDeadline(workDate)) return refuse('deadline-passed');
  return accept({ worker: { ...worker, employerId }, site });
}

/** The correction on the worker's sequence as it is now. */
async function prepare(
  { ledger, merges, phones, clock }: CorrectParts,
  wanted: Wanted,
  { place: { worker, site }, number }: { readonly place: Place; readonly number: number },
): Promise<{ readonly seq: number; readonly corrected: Outcome<Corrected, CorrectionRefusal> }> {
  const sequence = await readSequence({ ledger, merges }, worker.id);
  const onFile = await standingThen(phones, worker, wanted.workDate);
  const { from, to } = site.historyPeriod;
  const seq = sequence.seq + 1;
  const corrected = correct(sequence.standing, wanted, {
    ...{ now: clock.now(), seq, number },
    standing: onFile(site.id),
    maxShiftHours: site.maxShiftHours,
    flags: wanted.workDate < from || wanted.workDate > to ? ['out-of-period'] : [],
  });
  return { seq, corrected };
}

/** Adds the approved correction to the ledger, once; a sequence that grew meanwhile is looked at anew. */
async function store(
  parts: CorrectParts,
  correction: Correction,
  { place, by }: { readonly place: Place; readonly by: string },
): Promise<Outcome<CorrectionEntry, CorrectionRefusal>> {
  const { ledger, clock } = parts;
  const { id, number, siteId, workerId } = correction;
  for (let round = 0; round < ROUNDS; round++) {
    const standing = await ledger.find(correctionEntryId(id));
    if (standing?.kind === 'correction') return accept(standing);
    const { seq, corrected } = await prepare(parts, correction, { place, number });
    if (!corrected.ok) return corrected;
    const entry: CorrectionEntry = {
      ...{ kind: 'correction', id: correctionEntryId(id), correctionId: id, at: clock.now(), by },
      ...{ siteId, workerId, seq, ...corrected.value },
    };
    const stored = await ledger.append(entry, clock.real());
    if (stored === 'stored') {
      await parts.project(entry);
      return accept(entry);
    }
  }
  throw new Error('a worker has more simultaneous entries than can be told apart');
}

function close(
  { corrections, clock }: CorrectParts,
  id: string,
  decided: Pick<Correction, 'state' | 'adjusted'> & { readonly deciding: Deciding },
): Promise<Outcome<Correction, RejectRefusal>> {
  const { deciding, state, adjusted = [] } = decided;
  return changeRegister(corrections, id, (correction): Outcome<Correction, 'already-decided'> => {
    if (correction.state !== 'requested') return refuse('already-decided');
    const calls = { adjusted, callIds: [...new Set(adjusted.map(({ callId }) => callId))] };
    const decision = { ...deciding, at: clock.now() };
    return accept({ ...correction, state, decision, ...(adjusted.length > 0 ? calls : {}) });
  });
}
