import type { NumberIndex, PhoneId, WorkerId } from '../domain/ids.ts';
import { accept, refuse } from '../domain/outcome.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { NumberRecord, PhoneStore } from '../ports.ts';
import { editNumber } from './edit-number.ts';

/** The numbers that nobody else has or had. */
export function numbersOfHisOwn(records: readonly NumberRecord[], workerId: WorkerId): readonly NumberIndex[] {
  return records.filter((record) => isHisAlone(record, workerId)).map(({ index }) => index);
}

/**
 * Takes a deleted person out of every number, past registrations too; a number that was his alone goes with him. Answers which
 * registrations he was taken out of.
 */
export async function dropNumbers(phones: PhoneStore, workerId: WorkerId): Promise<readonly PhoneId[]> {
  const records = await phones.ofWorker(workerId);
  for (const { index } of records) {
    const done = await editNumber(phones, index, (found) => {
      if (!found) return refuse('not-found');
      const registrations = found.value.registrations.flatMap((one) => {
        const others = one.workerIds.filter((id) => id !== workerId);
        return others.length > 0 ? [{ ...withoutHim(one, workerId), workerIds: others }] : [];
      });
      return accept({ ...found.value, registrations });
    });
    if (!done.ok && done.code === 'conflict') throw new Error('a number of a deleted person could not be taken away');
    const left = await phones.find(index);
    // Whoever registers the number at this moment has changed its revision, and keeps it.
    if (left?.value.registrations.length === 0) await phones.removeMany([index], left.rev);
  }
  const his = records.flatMap(({ registrations }) => registrations.filter((one) => one.workerIds.includes(workerId)));
  return his.map(({ id }) => id);
}

function withoutHim({ left, tell, ...one }: PhoneRegistration, workerId: WorkerId): PhoneRegistration {
  const others = left?.filter((holder) => holder.workerId !== workerId);
  const untold = tell?.filter((id) => id !== workerId);
  return { ...one, ...(others?.length ? { left: others } : {}), ...(untold?.length ? { tell: untold } : {}) };
}

function isHisAlone({ registrations }: NumberRecord, workerId: WorkerId): boolean {
  return registrations.every(({ workerIds }) => workerIds.every((id) => id === workerId));
}
