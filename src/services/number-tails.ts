import type { Day, E164, WorkerId } from '../domain/ids.ts';
import { lastDayOf } from '../domain/phone.ts';
import { present } from '../domain/present.ts';
import type { NumberCipher, NumberRecord } from '../ports.ts';

/** The last digits of one number, and whose it is until when. */
interface Tail {
  readonly digits: string;
  readonly holders: readonly { readonly workerId: WorkerId; readonly validTo?: Day }[];
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Who is known by a telephone that is registered for him and has not ended: by its last four digits, or by the whole number, of which the
 * blind index alone is at hand.
 */
export function createNumberTails(cipher: Pick<NumberCipher, 'open' | 'index'>) {
  const byNumber = new Map<number, Tail>();
  const byDigits = new Map<string, Set<number>>();

  function remove(index: string): void {
    const key = keyOf(index);
    const known = byNumber.get(key);
    if (known) byDigits.get(known.digits)?.delete(key);
    byNumber.delete(key);
  }

  return {
    remove,
    has: (index: string) => byNumber.has(keyOf(index)),
    /** The number is opened where it is not given. */
    put(record: NumberRecord, number?: E164): void {
      remove(record.index);
      const holders = record.registrations.flatMap((registration) =>
        registration.workerIds.map((workerId) => ({
          workerId,
          ...present({ validTo: lastDayOf(registration, workerId) }),
        })),
      );
      if (holders.length === 0) return;
      const digits = (number ?? cipher.open(record.sealed)).slice(-4);
      const key = keyOf(record.index);
      byNumber.set(key, { digits, holders });
      const same = byDigits.get(digits);
      if (same) same.add(key);
      else byDigits.set(digits, new Set([key]));
    },
    holders(digits: string, today: Day): ReadonlySet<string> {
      const keys = digits.startsWith('+') ? [keyOf(cipher.index(digits as E164))] : byDigits.get(digits);
      if (!keys) return NOBODY;
      const found = [...keys].flatMap((key) => byNumber.get(key)?.holders ?? []);
      return new Set(found.flatMap(({ workerId, validTo }) => (!validTo || validTo >= today ? [workerId] : [])));
    },
  };
}

export type NumberTails = ReturnType<typeof createNumberTails>;

/** A part of the blind index that is wide enough to tell numbers apart and fits a number. */
function keyOf(index: string): number {
  return Number.parseInt(index.slice(0, 12), 16);
}
