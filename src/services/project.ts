import { canonicalJson } from '../domain/digest.ts';
import { raisedByCall, raisedByReminders } from '../domain/raise-exceptions.ts';
import type { History } from '../domain/history.ts';
import { seenAs } from '../domain/identity.ts';
import type { CallId, WorkerId } from '../domain/ids.ts';
import type { Identity } from '../domain/merge.ts';
import type { ActEntry, LedgerEntry } from '../domain/ledger.ts';
import type { CorrectionStore } from '../ports-corrections.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { ForwardingStore } from '../ports-forwarding.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { ReminderStore } from '../ports-watch.ts';
import type { Clock, LedgerStore, PhoneStore, StatusStore } from '../ports.ts';
import { createNumberConfirmer } from './confirm-numbers.ts';
import { historyForwardings } from './derive-forwardings.ts';
import {
  type WorkerProjection,
  isOver,
  partsOfCall,
  projectCall,
  projectWorker,
  settleExceptions,
} from './derive-projection.ts';
import { fileReports } from './file-reports.ts';
import type { ProjectTrees } from './project-trees.ts';
import { createTurns } from './take-turns.ts';

export interface ProjectParts {
  readonly ledger: LedgerStore;
  readonly statuses: StatusStore;
  readonly phones: PhoneStore;
  readonly projections: ProjectionStore;
  readonly forwardings: ForwardingStore;
  readonly corrections: CorrectionStore;
  readonly reminders: Pick<ReminderStore, 'ofWorkers'>;
  readonly projectTrees: ProjectTrees;
  readonly merges: Pick<MergeStore, 'around'>;
  readonly clock: Clock;
}

/** What has to be looked at anew. */
export interface Touched {
  readonly workerIds: readonly WorkerId[];
  readonly callIds: readonly CallId[];
}

export type Project = (touched: Touched) => Promise<void>;

/** How often a projection looks again when sequences grow under it; what is left then is found by the sweep. */
const ROUNDS = 5;

/**
 * Brings everything derived up to date for some workers and calls: ledger → roster → trees → histories, exceptions → heads. What is to
 * be handed over is enqueued before the history is saved, so that a crash between the two repeats it instead of losing it. Two
 * processes at once end in the same documents: should a sequence have grown meanwhile, it is looked at again before its entries count
 * as projected.
 */
export function createProject(parts: ProjectParts): Project {
  // One after the other: else what a person decided might be overwritten, for a moment, by what was read before he did.
  const inTurn = createTurns();
  return (touched) =>
    inTurn(async () => {
      let left = touched;
      for (let round = 0; round < ROUNDS && left.workerIds.length + left.callIds.length > 0; round++) {
        left = await projectOnce(parts, left);
      }
    });
}

async function projectOnce(parts: ProjectParts, asked: Touched): Promise<Touched> {
  const { ledger, projections, projectTrees } = parts;
  const merges = await parts.merges.around(asked.workerIds);
  // Whose registers were merged are one person, and are looked at together.
  const touched = { ...asked, workerIds: [...new Set([...asked.workerIds, ...peopleIn(merges)])] };
  const entries = await ledger.touching(touched.workerIds, touched.callIds);
  const workers = touched.workerIds.map((id) => projectWorker(id, entries, merges));
  const roster = workers.flatMap((worker) => worker.roster);
  await projections.saveRoster(roster);
  // Tree and roster lines are there to be handed over before the histories that need them.
  await projectTrees(roster);
  await saveWorkers(parts, workers, entries);
  const waiting = await saveCalls(parts, touched.callIds, await seenInCalls(parts, touched.callIds, entries));
  await fileReports(
    parts.corrections,
    entries.filter((entry) => touched.callIds.some((id) => id === entry.callId)),
  );
  const heads = workers.map(({ head }) => head);
  await projections.saveHeads(heads);
  const grown = await ledger.beyond(heads);
  const done = entries.filter((entry) => isDone(entry, { ...touched, grown, waiting }));
  await ledger.settle(done.map((entry) => entry.id));
  return { workerIds: [...grown], callIds: [] };
}

function peopleIn(merges: readonly Identity[]): readonly WorkerId[] {
  return merges.flatMap(({ keptId, otherId }) => [keptId, otherId]);
}

/** The entries of some calls, under the workers whose they are now. */
async function seenInCalls(
  { merges }: ProjectParts,
  callIds: readonly CallId[],
  entries: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  if (callIds.length === 0) return entries;
  const wanted = new Set<string | undefined>(callIds);
  const people = entries.flatMap(({ callId, workerId }) => (wanted.has(callId) && workerId ? [workerId] : []));
  const identities = await merges.around([...new Set(people)]);
  return identities.length === 0 ? entries : entries.map((entry) => seenAs(entry, identities));
}

interface Progress extends Touched {
  readonly grown: ReadonlySet<WorkerId>;
  readonly waiting: ReadonlySet<CallId>;
}

/** An entry is projected when its worker and its call have both been looked at and neither waits for more. */
function isDone(entry: LedgerEntry, { workerIds, callIds, grown, waiting }: Progress): boolean {
  const worker = entry.seq === undefined ? undefined : entry.workerId;
  if (worker !== undefined && (!workerIds.includes(worker) || grown.has(worker))) return false;
  return entry.callId === undefined || (callIds.includes(entry.callId) && !waiting.has(entry.callId));
}

async function saveWorkers(
  { projections, forwardings, reminders }: ProjectParts,
  workers: readonly WorkerProjection[],
  entries: readonly LedgerEntry[],
): Promise<void> {
  const ids = workers.map(({ head }) => head.workerId);
  const [stored, open, missing] = await Promise.all([
    projections.historiesOfWorkers(ids),
    projections.openExceptions(ids, []),
    reminders.ofWorkers(ids),
  ]);
  const changed = changedHistories(workers, stored);
  await forwardings.enqueue(historyForwardings(changed));
  await projections.saveHistories(changed);
  const histories = workers.flatMap((worker) => worker.histories);
  const raised = [...workers.flatMap((worker) => worker.raised), ...raisedByReminders(missing, histories)];
  const ofDays = open.filter((one) => one.callId === undefined);
  await projections.saveExceptions(settleExceptions(raised, actsIn(entries), ofDays));
}

function changedHistories(workers: readonly WorkerProjection[], stored: readonly History[]): readonly History[] {
  const known = new Map(stored.map((history) => [history.id, canonicalJson(history)]));
  return workers
    .flatMap(({ histories }) => histories)
    .filter((history) => known.get(history.id) !== canonicalJson(history));
}

/** Saves the calls as listed; answers which of them are still in the middle of a question. */
async function saveCalls(
  { statuses, phones, projections, clock }: ProjectParts,
  callIds: readonly CallId[],
  entries: readonly LedgerEntry[],
): Promise<ReadonlySet<CallId>> {
  if (callIds.length === 0) return new Set();
  const [status, open] = await Promise.all([statuses.ofCalls(callIds), projections.openExceptions([], callIds)]);
  const calls = callIds.flatMap((callId) => {
    const { turns, acts } = partsOfCall(callId, entries);
    const record = projectCall(turns, acts, status.get(callId));
    const last = turns.at(-1);
    return record && last ? [{ record, turns, last, over: isOver(status.get(callId), last, clock.now()) }] : [];
  });
  await projections.saveCalls(calls.map(({ record }) => record));
  await createNumberConfirmer(phones)(calls.flatMap(({ turns }) => turns));
  const raised = calls.flatMap(({ turns, over }) => raisedByCall(turns, over));
  await projections.saveExceptions(settleExceptions(raised, actsIn(entries), open));
  return new Set(calls.filter(({ last, over }) => last.outcome === 'asking' && !over).map(({ last }) => last.callId));
}

function actsIn(entries: readonly LedgerEntry[]): readonly ActEntry[] {
  return entries.filter((entry) => entry.kind === 'act');
}
