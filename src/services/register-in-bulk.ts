import { setImmediate } from 'node:timers/promises';
import type { Firm } from '../domain/firm.ts';
import type { E164, FirmId, NumberIndex, WorkerId } from '../domain/ids.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type {
  Chance,
  Clock,
  CodeStore,
  FirmStore,
  NumberCipher,
  NumberRecord,
  PhoneStore,
  WorkerStore,
} from '../ports.ts';
import type { Change, ChangeHook } from './change-register.ts';
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

/** After so many changes calls are answered. */
const PAUSE = 50;

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
  const tell = createTeller(changed);
  return {
    async found(firms: readonly (NewFirm & Pick<Firm, 'id'>)[]): Promise<ReadonlySet<FirmId>> {
      const today = tokyoDay(clock.now());
      const made = firms.map((input) => foundedFirm(input, today));
      const created = await firmStore.createMany(made);
      await tell(
        made.flatMap((firm) => (created.has(firm.id) ? [{ kind: 'firm', id: firm.id, made: firm } as const] : [])),
      );
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
      await tell(
        made.flatMap((one) => (created.has(one.id) ? [{ kind: 'worker', id: one.id, made: one } as const] : [])),
      );
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
      await tell(records.flatMap((one, place) => (created.has(one.index) ? firstOf(one, fresh[place]?.number) : [])));
      return created;
    },
  };
}

function firstOf(record: NumberRecord, number: E164 | undefined): readonly Change[] {
  const [first] = record.registrations;
  return first && number !== undefined ? [{ kind: 'phone', id: first.id, made: { ...record, number } }] : [];
}

function createTeller(changed: ChangeHook) {
  return async (changes: readonly Change[]): Promise<void> => {
    for (const [place, change] of changes.entries()) {
      await changed(change);
      if (place % PAUSE === PAUSE - 1) await setImmediate();
    }
  };
}
