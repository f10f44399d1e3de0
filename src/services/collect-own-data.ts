import type { WorkerId } from '../domain/ids.ts';
import type { Within } from '../domain/reach.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import { present } from '../domain/present.ts';
import type { AuditStore } from '../ports-audit.ts';
import type { CorrectionStore } from '../ports-corrections.ts';
import type { DisclosureStore } from '../ports-disclosure.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { Page, PageRequest, WorkerStore } from '../ports.ts';
import type { PhoneFinder } from './find-phones.ts';

const PAGE = 200;

interface Parts {
  readonly workers: WorkerStore;
  readonly disclosures: DisclosureStore;
  readonly audit: AuditStore;
  readonly projections: ProjectionStore;
  readonly corrections: CorrectionStore;
  readonly phoneFinder: PhoneFinder;
}

export type CollectOwnData = ReturnType<typeof createCollectOwnData>;

/** Everything that is on file about one worker, for himself: what he is, his telephones, days, calls, corrections, and who looked. */
export function createCollectOwnData(parts: Parts) {
  const { workers, disclosures, audit, projections, corrections, phoneFinder } = parts;
  return async (id: WorkerId): Promise<Outcome<object, 'not-found'>> => {
    const worker = (await workers.find(id))?.value;
    if (!worker) return refuse('not-found');
    const [phones, disclosure] = await Promise.all([phoneFinder.ofWorker(id, 'everything'), disclosures.find(id)]);
    const within: Within = { 'passages.workerId': id };
    const calls = await all((request) => projections.pageCalls({}, { ...request, within }));
    const looks = await all((request) => audit.page({ thing: id }, request));
    return accept({
      worker,
      phones: phones.map(({ number, registration }) => ({ ...registration, number: number(), workerIds: [id] })),
      disclosure: disclosure?.value ?? null,
      histories: await all((request) => projections.pageHistories({ workerId: id }, request)),
      calls: calls.map(({ turns: _turns, passages, ...call }) => ({
        ...call,
        passages: passages.filter(({ workerId }) => workerId === id),
      })),
      corrections: await all((request) => corrections.pageOf({ workerId: id }, request)),
      looks: looks.map(({ at, by, role, what }) => ({ at, by, role, what })),
    });
  };
}

async function all<T>(page: (request: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const found: Page<T> = await page({ limit: PAGE, within: 'everything', ...present({ after }) });
    items.push(...found.items);
    after = found.next;
  } while (after !== undefined);
  return items;
}
