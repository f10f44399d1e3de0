import type { Day, E164 } from '../domain/ids.ts';
import type { ListFacts } from '../domain/phone-list/plan-list.ts';
import type { PhoneRegistration } from '../domain/phone.ts';
import type { FirmStore, NumberCipher, Page, PageRequest, PhoneStore, WorkerStore } from '../ports.ts';

/** What is on file about firms, workers and these numbers. */
export type ListFactsReader = (numbers: readonly E164[], today: Day) => Promise<ListFacts>;

interface Parts {
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly phones: PhoneStore;
  readonly cipher: NumberCipher;
}

const PAGE = 1000;

/**
 * Reads what a list is held against. Names are compared folded, which no index does, so all firms and workers
 * are read: a matter of milliseconds for a small builder.
 */
export function createListFactsReader({ firms, workers, phones, cipher }: Parts): ListFactsReader {
  return async (numbers, today) => {
    const numberByIndex = new Map(numbers.map((number) => [cipher.index(number), number]));
    const indexes = [...numberByIndex.keys()];
    const registrations = new Map<E164, readonly PhoneRegistration[]>();
    for (let at = 0; at < indexes.length; at += PAGE) {
      for (const record of await phones.findMany(indexes.slice(at, at + PAGE))) {
        const number = numberByIndex.get(record.index);
        if (number !== undefined) registrations.set(number, record.registrations);
      }
    }
    const allFirms = await readAll((request) => firms.page(request));
    return { firms: allFirms, workers: await readAll((request) => workers.page(request)), registrations, today };
  };
}

/** Everything in a register, page by page. */
export async function readAll<T>(page: (request: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...items);
    after = next;
  } while (after !== undefined);
  return all;
}
