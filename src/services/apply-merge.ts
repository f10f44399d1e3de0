import { canonicalJson } from '../domain/digest.ts';
import type { WorkerId } from '../domain/ids.ts';
import type { KeptFields, Merge } from '../domain/merge.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { Worker } from '../domain/worker.ts';
import { changeRegister } from './change-register.ts';
import { editNumber } from './edit-number.ts';
import type { MergeParts } from './merge-parts.ts';

type Done = Promise<Outcome<Worker, 'not-found' | 'conflict'>>;

/** Brings the registers in line with a merge; may run again after a crash. */
export function createApplyMerge(parts: MergeParts) {
  return async function applyMerge(merge: Merge): Done {
    const { keptId, otherId, before, after } = merge;
    const away = await changeRegister<Worker, WorkerId, never>(parts.workers, otherId, (worker) =>
      accept(worker.mergedInto === keptId ? worker : { ...worker, mergedInto: keptId }),
    );
    if (!away.ok) return away;
    for (const { index, id } of merge.numbers) await editHolders(parts, index, { id, from: otherId, to: keptId });
    const kept = await changeFields(parts, keptId, before, after);
    if (!kept.ok) return kept;
    await settle(parts, merge, { from: 'merging', to: 'merged' });
    return kept;
  };
}

/** Brings the registers in line with a parting; may run again after a crash. */
export function createUndoMerge(parts: MergeParts) {
  return async function undoMerge(merge: Merge): Done {
    const { keptId, otherId, before, after } = merge;
    for (const { index, id, hadKept } of merge.numbers) {
      await editHolders(parts, index, { id, from: keptId, to: otherId, keep: hadKept });
    }
    const back = await changeRegister<Worker, WorkerId, never>(parts.workers, otherId, ({ mergedInto, ...worker }) =>
      accept(mergedInto === undefined || mergedInto === keptId ? worker : { ...worker, mergedInto }),
    );
    if (!back.ok) return back;
    const kept = await changeFields(parts, keptId, after, before);
    if (!kept.ok) return kept;
    await settle(parts, merge, { from: 'parting', to: 'parted' });
    return kept;
  };
}

/** Changes what still is as it was left; what somebody has changed since stays. */
function changeFields({ workers }: MergeParts, id: WorkerId, from: KeptFields, to: KeptFields) {
  return changeRegister<Worker, WorkerId, never>(workers, id, (worker) => {
    const { ccusId, employerId, employments, ...rest } = worker;
    const known = { employerId, employments };
    const same = canonicalJson(known) === canonicalJson({ employerId: from.employerId, employments: from.employments });
    const firm = same ? { employerId: to.employerId, employments: to.employments } : known;
    const own = ccusId === from.ccusId ? to.ccusId : ccusId;
    return accept({ ...rest, ...firm, ...(own === undefined ? {} : { ccusId: own }) });
  });
}

interface HolderChange {
  readonly id: PhoneRegistration['id'];
  readonly from: WorkerId;
  readonly to: WorkerId;
  /** Whether the first one held it beside the other. */
  readonly keep?: boolean;
}

async function editHolders({ phones }: MergeParts, index: Merge['numbers'][number]['index'], change: HolderChange) {
  const done = await editNumber(phones, index, (found) => {
    if (!found) return refuse('not-found');
    const registrations = found.value.registrations.map((one) =>
      one.id === change.id ? withHolder(one, change) : one,
    );
    return accept({ ...found.value, registrations });
  });
  if (!done.ok && done.code === 'conflict') throw new Error('a telephone could not be given to the other register');
}

function withHolder(registration: PhoneRegistration, { from, to, keep = false }: HolderChange): PhoneRegistration {
  const { workerIds, left, tell: _tell, ...rest } = registration;
  if (!workerIds.includes(from)) return registration;
  const stay = keep ? workerIds : workerIds.filter((id) => id !== from);
  const holders = stay.includes(to) ? stay : [...stay, to];
  const gone = left?.map((one) => (one.workerId === from ? { ...one, workerId: to } : one));
  return { ...rest, workerIds: holders, ...(gone ? { left: gone } : {}) };
}

async function settle(
  { merges, ledger, changed, projectWorkers }: MergeParts,
  { id, keptId, otherId }: Merge,
  { from, to }: { readonly from: Merge['state']; readonly to: Merge['state'] },
): Promise<void> {
  const people = [keptId, otherId];
  for (const one of people) await changed({ kind: 'worker', id: one });
  const calls = (await ledger.touching(people, [])).flatMap(({ callId }) => callId ?? []);
  await projectWorkers(people, [...new Set(calls)]);
  await changeRegister<Merge, string, never>(merges, id, (now) =>
    accept(now.state === from ? { ...now, state: to } : now),
  );
}
