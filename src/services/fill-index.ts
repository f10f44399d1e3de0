import { setImmediate } from 'node:timers/promises';
import type { Firm } from '../domain/firm.ts';
import type { PhoneId } from '../domain/ids.ts';
import { searchText } from '../domain/search/search-text.ts';
import type { Findable } from '../domain/search/shelf.ts';
import type { WordIndex } from '../domain/search/word-index.ts';
import type { Site } from '../domain/site.ts';
import type { Worker } from '../domain/worker.ts';
import type { FirmStore, Page, PageRequest, PhoneStore, SiteStore, WorkerStore } from '../ports.ts';
import type { SearchKind } from '../ports-search.ts';
import type { Change } from './change-register.ts';
import { indexOfPhone } from './edit-number.ts';
import type { NumberTails } from './number-tails.ts';

interface Parts {
  readonly stores: {
    readonly firms: FirmStore;
    readonly workers: WorkerStore;
    readonly sites: SiteStore;
    readonly phones: PhoneStore;
  };
  readonly indexes: Readonly<Record<SearchKind, WordIndex>>;
  readonly tails: NumberTails;
}

/** So many things are read at once; calls are answered between two pages. */
const PAGE = 200;

export type IndexFiller = ReturnType<typeof createIndexFiller>;

/** Fills the indexes from the registers: all of it page by page, or single things that changed. */
export function createIndexFiller({ stores, indexes, tails }: Parts) {
  const put = {
    firm: (firm: Firm) => indexes.firm.put(findableFirm(firm)),
    worker: (worker: Worker) => putWorker(indexes.worker, worker),
    site: (site: Site) => indexes.site.put(findableSite(site)),
  };

  async function renew<T extends { readonly id: string }, Id extends string>(
    store: { findMany(ids: readonly Id[]): Promise<readonly T[]> },
    ids: readonly string[],
    into: { readonly put: (thing: T) => void; readonly index: WordIndex },
  ): Promise<void> {
    if (ids.length === 0) return;
    const found = await store.findMany(ids as readonly Id[]);
    const there = new Set<string>(found.map(({ id }) => id));
    for (const thing of found) into.put(thing);
    for (const id of ids) if (!there.has(id)) into.index.remove(id);
  }

  async function renewNumbers(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const wanted = [...new Set(ids.map((id) => indexOfPhone(id as PhoneId)))];
    const found = new Map((await stores.phones.findMany(wanted)).map((record) => [record.index, record]));
    for (const index of wanted) {
      const record = found.get(index);
      if (record) tails.put(record);
      else tails.remove(index);
    }
  }

  return {
    /** Everything anew; what is known already stays findable meanwhile. */
    async all(): Promise<void> {
      await eachPage((request) => stores.firms.page(request), put.firm);
      await eachPage((request) => stores.sites.page(request), put.site);
      await eachPage((request) => stores.workers.page(request), put.worker);
      await eachPage(
        (request) => stores.phones.page(request),
        (record) => tails.put(record),
      );
    },
    take: createTaker(indexes, tails, put),
    /** Things by `kind:id`, as they are now. */
    async some(things: readonly string[]): Promise<void> {
      for (let from = 0; from < things.length; from += PAGE) {
        const piece = things.slice(from, from + PAGE);
        await renew(stores.firms, idsOf('firm', piece), { put: put.firm, index: indexes.firm });
        await renew(stores.workers, idsOf('worker', piece), { put: put.worker, index: indexes.worker });
        await renew(stores.sites, idsOf('site', piece), { put: put.site, index: indexes.site });
        await renewNumbers(idsOf('phone', piece));
        await setImmediate();
      }
    },
  };
}

/** Puts in what has just come into being, unless it is there: then somebody has read it, perhaps later. False where nothing is said of it. */
function createTaker(
  indexes: Parts['indexes'],
  tails: NumberTails,
  put: { readonly firm: (firm: Firm) => void; readonly worker: (worker: Worker) => void },
) {
  return (change: Change): boolean => {
    if (!change.made) return false;
    if (change.kind === 'phone') {
      if (!tails.has(change.made.index)) tails.put(change.made, change.made.number);
    } else if (change.kind === 'worker') {
      if (!indexes.worker.has(change.id)) put.worker(change.made);
    } else if (!indexes.firm.has(change.id)) put.firm(change.made);
    return true;
  };
}

function idsOf(kind: string, things: readonly string[]): readonly string[] {
  const prefix = `${kind}:`;
  return things.flatMap((thing) => (thing.startsWith(prefix) ? [thing.slice(prefix.length)] : []));
}

/** Goes through a list page by page, and lets others work between two of them. */
export async function eachPage<T>(
  page: (request: PageRequest) => Promise<Page<T>>,
  put: (item: T) => void,
): Promise<void> {
  let after: string | undefined;
  do {
    const { items, next }: Page<T> = await page({
      limit: PAGE,
      within: 'everything',
      ...(after === undefined ? {} : { after }),
    });
    for (const item of items) put(item);
    after = next;
    await setImmediate();
  } while (after !== undefined);
}

function findableFirm({ id, name, kana, ccusId, corporateNumber, permitNumber }: Firm): Findable {
  const permit = permitNumber?.normalize('NFKC').replace(/\s/g, '');
  const otherIds = given(ccusId, corporateNumber, permit, permit?.replace(/\D/g, ''));
  return { id, owner: '', text: searchText({ names: [name], kana }), otherIds };
}

/** A register that was merged into another is not searched for. */
function putWorker(index: WordIndex, worker: Worker): void {
  if (worker.mergedInto === undefined) index.put(findableWorker(worker));
  else index.remove(worker.id);
}

function findableWorker({ id, name, kana, aliases = [], ccusId, workerCode, employerId }: Worker): Findable {
  const text = searchText({ names: [name], kana, aliases });
  return { id, owner: employerId ?? '', text, otherIds: given(ccusId, workerCode) };
}

function findableSite({ id, name, kana, ccusId, siteCode, primeId }: Site): Findable {
  return { id, owner: primeId, text: searchText({ names: [name], kana }), otherIds: given(ccusId, siteCode) };
}

function given(...ids: readonly (string | undefined)[]): readonly string[] {
  return ids.filter((id) => id !== undefined && id !== '') as readonly string[];
}
