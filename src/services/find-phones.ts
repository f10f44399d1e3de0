import type { NumberIndex, PhoneId, WorkerId } from '../domain/ids.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { Within } from '../domain/reach.ts';
import { present } from '../domain/present.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { Clock, NumberCipher, NumberRecord, Page, PageRequest, PhoneStore } from '../ports.ts';
import { indexOfPhone, placeOfPhone } from './edit-number.ts';
import { type Phone, phoneOf } from './register-phone.ts';

interface Parts {
  readonly phones: PhoneStore;
  readonly cipher: NumberCipher;
  readonly clock: Clock;
  readonly callers: Pick<ProjectionStore, 'lastCallsFrom'>;
}

/** What is asked of a list of telephones: confirmed by a call, or still to be confirmed while they hold. */
export interface PhoneFilter {
  readonly verified?: boolean;
  /** Which the asker may see. */
  readonly admits?: (registration: PhoneRegistration) => boolean;
}

/** So many numbers are looked through at once where only some are wanted. */
const SCAN = 500;

export type PhoneFinder = ReturnType<typeof createPhoneFinder>;

/** Finds registrations: one by its id, all of them page by page, those of one worker. */
export function createPhoneFinder({ phones, cipher, clock, callers }: Parts) {
  const shown = (record: NumberRecord): readonly Phone[] =>
    record.registrations.map((registration) => phoneOf(cipher, record, registration));
  return {
    today: () => tokyoDay(clock.now()),
    async find(id: PhoneId, within: Within): Promise<Phone | undefined> {
      const found = await phones.findWithin(indexOfPhone(id), within);
      const phone = found && shown(found).find(({ registration }) => registration.id === id);
      return phone && (await withLastCalls([phone]))[0];
    },
    /** Pages hold registrations though the store pages numbers: a cursor is the last registration's id, which may be within a number. */
    async page({ limit, after, within }: PageRequest, filter: PhoneFilter = {}): Promise<Page<Phone>> {
      const wanted = (phone: Phone) => fits(phone, filter);
      const items = (await restOfNumber(after)).filter(wanted);
      const width = filter.verified === undefined ? limit : SCAN;
      let next = after === undefined ? undefined : indexOfPhone(after as PhoneId);
      do {
        const page: Page<NumberRecord> = await phones.page({ limit: width, within, ...present({ after: next }) });
        items.push(...page.items.flatMap(shown).filter(wanted));
        next = page.next as NumberIndex | undefined;
      } while (next !== undefined && items.length <= limit);
      const shownItems = await withLastCalls(items.slice(0, limit));
      const last = shownItems.at(-1);
      return items.length > limit && last ? { items: shownItems, next: last.registration.id } : { items: shownItems };
    },
    async ofWorker(workerId: WorkerId, within: Within, filter: PhoneFilter = {}): Promise<readonly Phone[]> {
      const records = await phones.ofWorkerWithin(workerId, within);
      const his = records.flatMap(shown).filter(({ registration }) => registration.workerIds.includes(workerId));
      return withLastCalls(his.filter((phone) => fits(phone, filter)));
    },
  };

  async function withLastCalls(found: readonly Phone[]): Promise<readonly Phone[]> {
    const indexOf = ({ registration }: Phone) => indexOfPhone(registration.id);
    const last = await callers.lastCallsFrom([...new Set(found.map(indexOf))]);
    return found.map((phone) => ({ ...phone, ...present({ lastCallAt: heldThen(phone, last.get(indexOf(phone))) }) }));
  }

  function fits({ registration }: Phone, { verified, admits }: PhoneFilter): boolean {
    if (admits && !admits(registration)) return false;
    const { verifiedAt, validTo } = registration;
    if (verified === undefined) return true;
    if (verified) return verifiedAt !== undefined;
    return verifiedAt === undefined && (validTo === undefined || validTo >= tokyoDay(clock.now()));
  }

  async function restOfNumber(after: string | undefined): Promise<readonly Phone[]> {
    const found = after === undefined ? undefined : await phones.find(indexOfPhone(after as PhoneId));
    if (!found || after === undefined) return [];
    return shown(found.value).filter(
      ({ registration }) => placeOfPhone(registration.id) > placeOfPhone(after as PhoneId),
    );
  }
}

/** A call counts for the registration that held on its day. */
function heldThen({ registration: { validFrom, validTo } }: Phone, at: Date | undefined): Date | undefined {
  if (at === undefined) return undefined;
  const day = tokyoDay(at);
  return validFrom <= day && (validTo === undefined || day <= validTo) ? at : undefined;
}
