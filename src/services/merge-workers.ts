import { addEmployment, presentEmployment } from '../domain/employment.ts';
import type { WorkerId } from '../domain/ids.ts';
import { type KeptFields, MOST_EPOCHS, type Merge, mergeId } from '../domain/merge.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import type { Employment, Worker } from '../domain/worker.ts';
import { createApplyMerge, createUndoMerge } from './apply-merge.ts';
import { changeRegister } from './change-register.ts';
import type { MergeParts } from './merge-parts.ts';
import { readSequence } from './worker-then.ts';

type MergeRefusal = 'not-found' | 'unknown-worker' | 'merge-itself' | 'merge-chained' | 'ids-differ';
type Blocked = MergeRefusal | 'correction-waiting' | 'conflict';

/** What merging would do, and what the two registers say differently. */
export interface MergePreview {
  readonly keptId: WorkerId;
  readonly otherId: WorkerId;
  readonly merged: boolean;
  /** Why it is refused as things stand. */
  readonly refused?: Blocked;
  readonly phones: number;
  readonly entries: number;
  readonly ccusId?: string;
  readonly overlaps: readonly { readonly kept: Employment; readonly other: Employment }[];
  readonly sameName: boolean;
}

interface Pair {
  readonly kept: Worker;
  readonly other: Worker;
}

const TRIES = 6;

export type MergeService = ReturnType<typeof createMergeService>;

/**
 * Merges two registers of one person, and parts them again. What is to be done is written down first under a key of both ids, so that of two
 * at the same moment one wins, and a crash in between is gone on with. The ledger stays as it is.
 */
export function createMergeService(parts: MergeParts) {
  const { merges } = parts;
  const apply = createApplyMerge(parts);
  const undo = createUndoMerge(parts);
  return {
    preview: (keptId: WorkerId, otherId: WorkerId) => preview(parts, keptId, otherId),
    async merge(
      keptId: WorkerId,
      { otherId, reason, by }: { readonly otherId: WorkerId; readonly reason: string; readonly by: string },
    ): Promise<Outcome<Worker, Blocked>> {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const pair = await findPair(parts, keptId, otherId);
        if (!pair.ok) return pair;
        const known = await merges.around([keptId, otherId]);
        const same = known.find((one) => !one.parted && one.keptId === keptId && one.otherId === otherId);
        if (same) return apply(same);
        const blocked = await whyNot(parts, pair.value, known);
        if (blocked) return refuse(blocked);
        const merge = await describe(parts, pair.value, { known, reason, by });
        if (!(await merges.create(merge))) continue;
        if (await isChained(parts, merge)) {
          await merges.removeMany([merge.id], 1);
          return refuse('merge-chained');
        }
        return apply(merge);
      }
      return refuse('conflict');
    },
    /** Both registers are as they were before; histories follow. */
    async part(id: WorkerId, otherId?: WorkerId): Promise<Outcome<Worker, 'not-found' | 'not-merged' | 'conflict'>> {
      const all = (await merges.around([id])).filter((one) => one.keptId === id || one.otherId === id);
      const wanted = all.filter((one) => otherId === undefined || one.otherId === otherId || one.keptId === otherId);
      const merge = wanted.findLast(({ parted }) => !parted) ?? wanted.findLast(({ state }) => state === 'parting');
      if (!merge) {
        const last = wanted.at(-1);
        const kept = last && (await parts.workers.find(last.keptId))?.value;
        return kept ? accept(kept) : refuse('not-merged');
      }
      const both = await parts.workers.findMany([merge.keptId, merge.otherId]);
      if (both.some(({ erasedOn }) => erasedOn !== undefined)) return refuse('not-merged');
      if (merge.state === 'merging') await apply(merge);
      const begun = await beginParting(parts, merge);
      return begun.ok ? undo(begun.value) : begun;
    },
    /** Goes on with what was interrupted. */
    async finish(): Promise<void> {
      for (const merge of await merges.interrupted(TRIES))
        await (merge.state === 'merging' ? apply(merge) : undo(merge));
    },
  };
}

async function findPair(
  { workers }: MergeParts,
  keptId: WorkerId,
  otherId: WorkerId,
): Promise<Outcome<Pair, 'not-found' | 'unknown-worker' | 'merge-itself'>> {
  if (keptId === otherId) return refuse('merge-itself');
  const kept = (await workers.find(keptId))?.value;
  if (!kept) return refuse('not-found');
  const other = (await workers.find(otherId))?.value;
  return other ? accept({ kept, other }) : refuse('unknown-worker');
}

async function whyNot(
  { corrections }: MergeParts,
  { kept, other }: Pair,
  known: readonly Merge[],
): Promise<Blocked | undefined> {
  const standing = known.filter(({ parted }) => !parted);
  if (standing.some(({ keptId, otherId }) => keptId === other.id || otherId === other.id || otherId === kept.id)) {
    return 'merge-chained';
  }
  if (known.some(({ epoch }) => epoch >= MOST_EPOCHS)) return 'conflict';
  if (kept.ccusId !== undefined && other.ccusId !== undefined && kept.ccusId !== other.ccusId) return 'ids-differ';
  const waiting = await corrections.pageOf(
    { workerId: other.id, state: 'requested' },
    { limit: 1, within: 'everything' },
  );
  return waiting.items.length > 0 ? 'correction-waiting' : undefined;
}

/** Two that were begun at once may have made a chain: whoever sees it gives way. */
async function isChained({ merges }: MergeParts, { id, keptId, otherId }: Merge): Promise<boolean> {
  const others = (await merges.around([keptId, otherId])).filter((one) => one.id !== id && !one.parted);
  return others.some((one) => one.keptId === otherId || one.otherId === otherId || one.otherId === keptId);
}

interface Circumstances {
  readonly known: readonly Merge[];
  readonly reason: string;
  readonly by: string;
}

async function describe(
  parts: MergeParts,
  { kept, other }: Pair,
  { known, reason, by }: Circumstances,
): Promise<Merge> {
  const ids = [kept.id, other.id];
  const earlier = known.filter(({ keptId, otherId }) => ids.includes(keptId) && ids.includes(otherId));
  const records = await parts.phones.ofWorker(other.id);
  const numbers = records.flatMap(({ index, registrations }) =>
    registrations
      .filter(({ workerIds }) => workerIds.includes(other.id))
      .map(({ id, workerIds }) => ({ index, id, hadKept: workerIds.includes(kept.id) })),
  );
  return {
    ...{ id: mergeId(kept.id, other.id, earlier.length), keptId: kept.id, otherId: other.id },
    ...{ epoch: nextEpoch(known), kept: await lengthOf(parts, kept.id), other: await lengthOf(parts, other.id) },
    ...{ state: 'merging', at: parts.clock.real(), by, reason, numbers, phoneIds: numbers.map(({ id }) => id) },
    ...{ before: fieldsOf(kept), after: joinedFields(kept, other) },
  };
}

function nextEpoch(known: readonly Merge[]): number {
  return 1 + Math.max(0, ...known.map(({ epoch, parted }) => parted?.epoch ?? epoch));
}

async function lengthOf(parts: MergeParts, id: WorkerId): Promise<number> {
  return (await readSequence(parts, id)).seq;
}

function fieldsOf({ ccusId, employerId, employments }: Worker): KeptFields {
  return { employerId, employments, ...present({ ccusId }) };
}

/** The id of whoever has one, and the other's employments where they leave the kept one's alone (D-31). */
function joinedFields(kept: Worker, other: Worker): KeptFields {
  // What is to come is planned for the kept register alone.
  const isComing = presentEmployment(other)?.planned !== undefined;
  const employerId = kept.employerId ?? (isComing ? null : other.employerId);
  const begun = other.employments.filter(({ planned }) => !planned);
  const employments = begun.reduce((held, one) => {
    if (held.some((own) => overlap(own, one))) return held;
    const added = addEmployment(held, one);
    return added.ok ? added.value : held;
  }, kept.employments);
  const ccusId = kept.ccusId ?? other.ccusId;
  return { employerId, employments, ...present({ ccusId }) };
}

function overlap(a: Employment, b: Employment): boolean {
  return (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);
}

async function preview(
  parts: MergeParts,
  keptId: WorkerId,
  otherId: WorkerId,
): Promise<Outcome<MergePreview, MergeRefusal>> {
  const pair = await findPair(parts, keptId, otherId);
  if (!pair.ok) return pair;
  const { kept, other } = pair.value;
  const known = await parts.merges.around([keptId, otherId]);
  const standing = known.find((one) => !one.parted && one.keptId === keptId && one.otherId === otherId);
  const refused = standing ? undefined : await whyNot(parts, pair.value, known);
  const overlaps = kept.employments.flatMap((own) =>
    other.employments
      .filter((one) => one.firmId !== own.firmId && overlap(own, one))
      .map((one) => ({ kept: own, other: one })),
  );
  const records = await parts.phones.ofWorker(standing ? keptId : otherId);
  return accept({
    ...{ keptId, otherId, merged: standing !== undefined, overlaps, sameName: kept.kana === other.kana },
    phones: standing?.numbers.length ?? records.length,
    entries: standing?.other ?? (await lengthOf(parts, otherId)),
    ...present({ refused, ccusId: kept.ccusId ?? other.ccusId }),
  });
}

/** From here on they are parted to the end, also after a crash. */
async function beginParting(parts: MergeParts, { id, keptId, otherId }: Merge) {
  const kept = await lengthOf(parts, keptId);
  const other = await lengthOf(parts, otherId);
  const known = await parts.merges.around([keptId, otherId]);
  return changeRegister<Merge, string, 'conflict'>(parts.merges, id, (now) => {
    if (now.parted) return accept(now);
    if (now.state !== 'merged' || nextEpoch(known) > MOST_EPOCHS) return refuse('conflict');
    return accept({ ...now, state: 'parting', parted: { epoch: nextEpoch(known), kept, other } });
  });
}
