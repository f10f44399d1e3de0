import type { Page, PageRequest } from '../ports.ts';

const PAGE = 500;

/** Every item of a list, page after page, for jobs: nobody asks. */
export async function readAll<T>(page: (request: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const found = await page({ limit: PAGE, within: 'everything', ...(after === undefined ? {} : { after }) });
    items.push(...found.items);
    after = found.next;
  } while (after !== undefined);
  return items;
}
