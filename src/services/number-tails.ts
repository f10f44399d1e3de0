import type { Day, WorkerId } from '../domain/ids.ts';
import type { NumberCipher, NumberRecord } from '../ports.ts';

/** The last digits of one number, and whose it is until when. */
interface Tail {
  readonly digits: string;
  readonly holders: readonly { readonly workerId: WorkerId; readonly validTo?: Day }[];
}

const NOBODY: ReadonlySet<string> = new Set();

/** Who is known by the last four digits of a telephone that is registered for him and has not ended. */
export function createNumberTails(cipher: Pick<NumberCipher, 'open'>) {
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
    put(record: NumberRecord): void {
      remove(record.index);
      const holders = record.registrations.flatMap(({ workerIds, validTo }) =>
        workerIds.map((workerId) => ({ workerId, ...(validTo ? { validTo } : {}) })),
      );
      if (holders.length === 0) return;
      const digits = cipher.open(record.sealed).slice(-4);
      const key = keyOf(record.index);
      byNumber.set(key, { digits, holders });
      const same = byDigits.get(digits);
      if (same) same.add(key);
      else byDigits.set(digits, new Set([key]));
    },
    holders(digits: string, today: Day): ReadonlySet<string> {
      const keys = byDigits.get(digits);
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
