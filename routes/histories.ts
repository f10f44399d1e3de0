import { z } from 'zod';
import type { Within } from '../src/domain/reach.ts';
import { Day, SiteId, WorkerId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { HistoryFilter } from '../src/ports-projection.ts';
import type { ReadHistories } from '../src/services/read-histories.ts';
import { historiesAsCsv } from './histories-csv.ts';
import { HistoryView, historyInEra, historyView } from './history-view.ts';

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Employment histories as derived from the calls. */
export function historyRoutes({ readHistories }: { readonly readHistories: ReadHistories }) {
  return [
    endpoint({
      method: 'get',
      path: '/histories',
      summary: 'Employment histories; as text/csv the same as a file',
      tag: 'histories',
      scope: 'read',
      fresh: 'raw',
      access: { right: ['history', 'read'] },
      request: {
        query: listQuery({
          siteId: SiteId.exactOptional(),
          workerId: WorkerId.exactOptional(),
          month: Month.exactOptional(),
          from: Day.exactOptional(),
          to: Day.exactOptional(),
          calendar: z.enum(['western', 'era']).exactOptional(),
        }),
      },
      response: { status: 200, body: pageOf(HistoryView), raw: ['text/csv'] },
      refusals: [],
      handle: async ({ query, reach, prefers }) => {
        const filter = filterOf(query);
        const within = await reach.within(['history', 'read']);
        if (prefers(['application/json', 'text/csv']) === 'text/csv') {
          const body = historiesAsCsv(allOf(readHistories, filter, within), query.calendar === 'era');
          return accept(answerRaw({ contentType: 'text/csv; charset=utf-8', body }));
        }
        const view = query.calendar === 'era' ? historyInEra : historyView;
        return accept(answerPage(await readHistories.page(filter, pageRequest(query, within)), view));
      },
    }),
    endpoint({
      method: 'get',
      path: '/histories/{id}',
      summary: 'One employment history',
      tag: 'histories',
      scope: 'read',
      access: { right: ['history', 'read'], one: ({ params }) => params.id },
      request: { params: z.object({ id: z.string().max(200) }) },
      response: { status: 200, body: HistoryView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, reach }) => {
        const found = await readHistories.find(params.id, await reach.within(['history', 'read']));
        return found ? accept(historyView(found)) : refuse('not-found');
      },
    }),
  ];
}

async function* allOf(readHistories: ReadHistories, filter: HistoryFilter, within: Within): AsyncIterable<HistoryView> {
  let after: string | undefined;
  do {
    const page = await readHistories.page(filter, { limit: 200, within, ...present({ after }) });
    yield* page.items.map(historyView);
    after = page.next;
  } while (after !== undefined);
}

interface Period {
  readonly month?: string;
  readonly from?: Day;
  readonly to?: Day;
}

/** A month is its days; a narrower `from` and `to` narrow it. */
function filterOf({ month, from, to, siteId, workerId }: Period & HistoryFilter): HistoryFilter {
  const [first, last] = month ? [`${month}-01` as Day, `${month}-31` as Day] : [from, to];
  return {
    ...(siteId ? { siteId } : {}),
    ...(workerId ? { workerId } : {}),
    ...(first ? { from: from && from > first ? from : first } : {}),
    ...(last ? { to: to && to < last ? to : last } : {}),
  };
}
