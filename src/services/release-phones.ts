import type { Day, WorkerId } from '../domain/ids.ts';
import { accept, refuse } from '../domain/outcome.ts';
import { dropHolder } from '../domain/phone-holding.ts';
import type { PhoneStore } from '../ports.ts';
import { editNumber } from './edit-number.ts';

/** Ends the telephones of a leaver with his last day; shared ones go on without him. Doing it again changes nothing. */
export function createPhoneRelease(phones: PhoneStore) {
  return async function releasePhones(workerId: WorkerId, lastDay: Day): Promise<void> {
    for (const { index } of await phones.ofWorker(workerId)) {
      const done = await editNumber(phones, index, (found) => {
        if (!found) return refuse('not-found');
        const registrations = dropHolder(found.value.registrations, workerId, lastDay);
        return accept({ ...found.value, registrations });
      });
      if (!done.ok && done.code === 'conflict') throw new Error('a telephone of a leaver could not be ended');
    }
  };
}
