import type { Firm } from '../domain/firm.ts';
import type { E164, FirmId, NumberIndex, WorkerId } from '../domain/ids.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { Chance, Clock, CodeStore, FirmStore, NumberCipher, PhoneStore, WorkerStore } from '../ports.ts';
import type { ChangeHook } from './change-register.ts';
import { nextPhoneId } from './edit-number.ts';
import { giveCodes } from './give-code.ts';
import { type NewFirm, foundedFirm } from './register-firm.ts';
import { blankRecord } from './register-phone.ts';
import { type NewWorker, hiredWorker } from './register-worker.ts';

/** A number that is on nobody's file yet, with its first registration. */
export interface FreshPhone {
  readonly number: E164;
  readonly registration: Omit<PhoneRegistration, 'id'>;
}

interface Parts {
  readonly firms: Pick<FirmStore, 'createMany'>;
  readonly workers: Pick<WorkerStore, 'createMany'>;
  readonly phones: Pick<PhoneStore, 'createMany'>;
  readonly codes: CodeStore;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly changed: ChangeHook;
}

export type BulkRegistrar = ReturnType<typeof createBulkRegistrar>;

/**
 * Registers what a checked list brings new, many at once: the same documents as one by one, without looking again at what the plan
 * has looked at. A number that is on file after all is left to the one-by-one way.
 */
export function createBulkRegistrar({
  firms: firmStore,
  workers,
  phones,
  codes,
  cipher,
  clock,
  chance,
  changed,
}: Parts) {
  return {
    async found(firms: readonly (NewFirm & Pick<Firm, 'id'>)[]): Promise<ReadonlySet<FirmId>> {
      const today = tokyoDay(clock.now());
      const created = await firmStore.createMany(firms.map((input) => foundedFirm(input, today)));
      for (const id of created) await changed({ kind: 'firm', id });
      return created;
    },
    async hire(inputs: readonly (NewWorker & { readonly id: WorkerId })[]): Promise<ReadonlySet<WorkerId>> {
      if (inputs.length === 0) return new Set();
      const given = await giveCodes(
        codes,
        chance,
        inputs.map(({ id }) => id),
      );
      const today = tokyoDay(clock.now());
      const made = inputs.map((input) => hiredWorker({ ...input, workerCode: given.get(input.id) ?? '' }, today));
      const created = await workers.createMany(made);
      for (const id of created) await changed({ kind: 'worker', id });
      return created;
    },
    /** Answers the numbers that were free. */
    async connect(fresh: readonly FreshPhone[]): Promise<ReadonlySet<NumberIndex>> {
      const records = fresh.map(({ number, registration }) => {
        const blank = blankRecord(cipher, number);
        const first = { id: nextPhoneId(blank.index, 0), ...registration };
        return { ...blank, registrations: [first] };
      });
      const created = await phones.createMany(records);
      for (const { index, registrations } of records) {
        const [first] = registrations;
        if (first && created.has(index)) await changed({ kind: 'phone', id: first.id });
      }
      return created;
    },
  };
}
