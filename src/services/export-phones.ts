import type { FirmId, WorkerId } from '../domain/ids.ts';
import { type ListedPhone, writeHeadings, writeListedPhone } from '../domain/phone-list/write-list.ts';
import type { FirmStore, NumberCipher, NumberRecord, PhoneStore, WorkerStore } from '../ports.ts';
import { readAll } from './read-list-facts.ts';

interface Parts {
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly cipher: NumberCipher;
}

export type ExportPhones = () => Promise<string>;

/**
 * The telephone list as CSV, one line per number and holder in the order of the readings, so that equal registers give
 * equal files. Who has left has no line: a list without an employer could not be taken back.
 */
export function createPhoneExport({ firms, workers, phones, cipher }: Parts): ExportPhones {
  return async () => {
    const firmById = new Map((await readAll((request) => firms.page(request))).map((firm) => [firm.id, firm]));
    const workerById = new Map((await readAll((request) => workers.page(request))).map((one) => [one.id, one]));
    const employerOf = (id: WorkerId): FirmId | null | undefined => workerById.get(id)?.employerId;
    const records = await readAll((request) => phones.page(request));
    const listed = records.flatMap((record: NumberRecord): readonly ListedPhone[] => {
      const number = cipher.open(record.sealed);
      return record.registrations.flatMap((registration) => {
        const upper = registration.upperFirmId && firmById.get(registration.upperFirmId);
        return registration.workerIds.flatMap((workerId) => {
          const worker = workerById.get(workerId);
          const firm = firmById.get(employerOf(workerId) ?? ('' as FirmId));
          return worker && firm ? [{ firm, worker, number, registration, ...(upper ? { upper } : {}) }] : [];
        });
      });
    });
    const lines = listed.map((one) => ({ order: orderOf(one), line: writeListedPhone(one) }));
    lines.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    return writeHeadings() + lines.map(({ line }) => line).join('');
  };
}

function orderOf({ firm, worker, number, registration }: ListedPhone): string {
  const { validFrom } = registration;
  return [firm.kana, firm.name, firm.ccusId, worker.kana, worker.name, worker.ccusId, number, validFrom].join('\u0000');
}
