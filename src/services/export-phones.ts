import type { Firm } from '../domain/firm.ts';
import type { FirmId, WorkerId } from '../domain/ids.ts';
import { type ListedPhone, headingCells, phoneCells } from '../domain/phone-list/write-list.ts';
import type { Worker } from '../domain/worker.ts';
import { presentHolders } from '../domain/phone.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Clock, FirmStore, NumberCipher, NumberRecord, PhoneStore, WorkerStore } from '../ports.ts';

interface Parts {
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly cipher: NumberCipher;
  readonly clock: Pick<Clock, 'now'>;
}

/** The lines of the list, headings first, and who stands in them. */
export interface ExportedList {
  readonly lines: readonly (readonly string[])[];
  readonly people: readonly WorkerId[];
}

export type ExportPhones = (
  of: readonly FirmId[] | 'everything',
  how?: { readonly inEra: boolean },
) => Promise<ExportedList>;

/**
 * The telephone list, one line per number and holder in the order of the readings, so that equal registers give
 * equal files. Who has left has no line: a list without an employer could not be taken back.
 */
export function createPhoneExport({ firms, workers, phones, cipher, clock }: Parts): ExportPhones {
  return async (of, { inEra } = { inEra: false }) => {
    const today = tokyoDay(clock.now());
    const firmById = new Map<FirmId, Firm>();
    const workerById = new Map<WorkerId, Worker>();
    for await (const firm of firms.all()) firmById.set(firm.id, firm);
    for await (const worker of workers.all()) workerById.set(worker.id, worker);
    const employerOf = (id: WorkerId): FirmId | null | undefined => workerById.get(id)?.employerId;
    const listedOf = (record: NumberRecord): readonly ListedPhone[] => {
      const number = cipher.open(record.sealed);
      return record.registrations.flatMap((registration) => {
        const upper = registration.upperFirmId && firmById.get(registration.upperFirmId);
        return presentHolders(registration, today).flatMap((workerId) => {
          const worker = workerById.get(workerId);
          const firm = firmById.get(employerOf(workerId) ?? ('' as FirmId));
          const isAsked = firm !== undefined && (of === 'everything' || of.includes(firm.id));
          return worker && isAsked ? [{ firm, worker, number, registration, ...(upper ? { upper } : {}) }] : [];
        });
      });
    };
    const people = new Set<WorkerId>();
    const lines: { readonly order: string; readonly cells: readonly string[] }[] = [];
    for await (const record of phones.all()) {
      for (const one of listedOf(record)) {
        people.add(one.worker.id);
        lines.push({ order: orderOf(one), cells: phoneCells(one, inEra) });
      }
    }
    lines.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    return { lines: [headingCells(), ...lines.map(({ cells }) => cells)], people: [...people] };
  };
}

function orderOf({ firm, worker, number, registration }: ListedPhone): string {
  const { validFrom } = registration;
  return [firm.kana, firm.name, firm.ccusId, worker.kana, worker.name, worker.ccusId, number, validFrom].join('\u0000');
}
