import type { E164, PhoneId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { type Patch, applyPatch } from '../domain/patch.ts';
import { admitRegistration, endRegistration } from '../domain/phone-holding.ts';
import { type PhoneRefusal, maskNumber, readPersonalNumber } from '../domain/phone-number.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { Clock, FirmStore, NumberCipher, NumberRecord, PhoneStore, SiteStore, WorkerStore } from '../ports.ts';
import type { ChangeHook, Seen } from './change-register.ts';
import { type RelationRefusal, createRelationCheck } from './check-phone.ts';
import { editNumber, indexOfPhone, nextPhoneId } from './edit-number.ts';

export type NewPhone = Omit<PhoneRegistration, 'id' | 'shared'> & {
  readonly number: string;
  /** Absent: shared when there are several workers. */
  readonly shared?: boolean;
};
export type PhonePatch = Patch<Omit<PhoneRegistration, 'id' | 'workerIds' | 'verifiedAt'>>;

/** A registration with its number: masked, and in clear for who asks (which opens the seal). */
export interface Phone {
  readonly registration: PhoneRegistration;
  readonly masked: string;
  readonly number: () => string;
  /** When the number called last, while this registration held. */
  readonly lastCallAt?: Date;
}

type HoldingRefusal = 'number-taken' | 'number-registered' | 'period-reversed' | 'shared-needed' | 'conflict';
type ChangeRefusal = HoldingRefusal | RelationRefusal | 'not-found' | 'stale';

interface Parts {
  readonly phones: PhoneStore;
  readonly workers: WorkerStore;
  readonly firms: FirmStore;
  readonly sites: SiteStore;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
  readonly changed: ChangeHook;
}

const optional = ['upperFirmId', 'jobType', 'position', 'validTo'] as const;

export type PhoneService = ReturnType<typeof createPhoneService>;

/** Registers telephone numbers for workers, one holder at a time unless shared (R-101, R-102, D-30). */
export function createPhoneService(parts: Parts) {
  const { phones, cipher, clock, changed } = parts;
  const checkRelations = createRelationCheck(parts);
  return {
    async register(input: NewPhone): Promise<Outcome<Phone, HoldingRefusal | RelationRefusal | PhoneRefusal>> {
      const { number: typed, shared = input.workerIds.length > 1, ...rest } = input;
      const number = readPersonalNumber(typed);
      if (!number.ok) return number;
      const related = await checkRelations(rest);
      if (!related.ok) return related;
      const index = cipher.index(number.value);
      const added = { ...rest, shared };
      const done = await editNumber(phones, index, (found) => {
        const id = nextPhoneId(index, found?.rev ?? 0);
        return addTo(found?.value ?? blankRecord(cipher, number.value), { id, ...added });
      });
      return done.ok ? settle(done.value, done.value.registrations.at(-1)?.id) : done;
    },
    async change(id: PhoneId, patch: PhonePatch, seen: Seen<Phone>): Promise<Outcome<Phone, ChangeRefusal>> {
      const related = await checkRelations(patch);
      if (!related.ok) return related;
      const done = await editNumber(phones, indexOfPhone(id), (found) =>
        found
          ? changeIn(found.value, id, patch, (one) => seen(phoneOf(cipher, found.value, one)))
          : refuse('not-found'),
      );
      return done.ok ? settle(done.value, id) : done;
    },
    /** From now on the number is not his; a registration that never held on an earlier day is removed. */
    async end(id: PhoneId): Promise<Outcome<undefined, 'not-found' | 'conflict'>> {
      const today = tokyoDay(clock.now());
      const done = await editNumber(phones, indexOfPhone(id), (found) => {
        if (!found?.value.registrations.some((one) => one.id === id)) return refuse('not-found');
        const registrations = endRegistration(found.value.registrations, id, today);
        return accept({ ...found.value, registrations });
      });
      if (!done.ok) return done;
      await changed({ kind: 'phone', id });
      return accept(undefined);
    },
  };

  async function settle(record: NumberRecord, id: PhoneId | undefined): Promise<Outcome<Phone, 'conflict'>> {
    const registration = record.registrations.find((one) => one.id === id);
    if (!registration) return refuse('conflict');
    await changed({ kind: 'phone', id: registration.id });
    return accept(phoneOf(cipher, record, registration));
  }
}

/** A number that nobody has. */
export function blankRecord(cipher: NumberCipher, number: E164): NumberRecord {
  return { index: cipher.index(number), sealed: cipher.seal(number), masked: maskNumber(number), registrations: [] };
}

/** A registration as it is shown. */
export function phoneOf(cipher: NumberCipher, record: NumberRecord, registration: PhoneRegistration): Phone {
  return { registration, masked: record.masked, number: () => cipher.open(record.sealed) };
}

function addTo(record: NumberRecord, added: PhoneRegistration): Outcome<NumberRecord, HoldingRefusal> {
  const admitted = admitRegistration(record.registrations, added);
  return admitted.ok ? accept({ ...record, registrations: [...record.registrations, added] }) : admitted;
}

function changeIn(
  record: NumberRecord,
  id: PhoneId,
  patch: PhonePatch,
  seen: Seen<PhoneRegistration>,
): Outcome<NumberRecord, HoldingRefusal | 'not-found' | 'stale'> {
  const current = record.registrations.find((one) => one.id === id);
  if (!current) return refuse('not-found');
  if (!seen(current)) return refuse('stale');
  const next = applyPatch<PhoneRegistration>(current, patch, optional);
  const others = record.registrations.filter((one) => one.id !== id);
  const admitted = admitRegistration(others, next);
  if (!admitted.ok) return admitted;
  return accept({ ...record, registrations: record.registrations.map((one) => (one.id === id ? next : one)) });
}
