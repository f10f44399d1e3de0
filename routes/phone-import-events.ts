import { accept, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { PhoneLists } from '../src/services/phone-lists.ts';
import type { ImportNews } from '../src/services/watch-import.ts';
import { accessToImport, ofImport } from './phone-import-views.ts';

const EVENTS = 'text/event-stream';

/** How far the commit of a list is, told as it goes on. */
export function watchRoute({ watchImport }: Pick<PhoneLists, 'watchImport'>): Endpoint {
  return endpoint({
    method: 'get',
    path: '/phones/imports/{id}/events',
    summary: 'Where the list stands and how far its commit is, as server-sent events until it has ended',
    tag: 'phones',
    scope: 'read',
    access: accessToImport,
    request: ofImport,
    response: { status: 200, raw: [EVENTS] },
    refusals: ['not-found'],
    async handle({ params, signal }) {
      const news = watchImport(params.id, signal);
      const first = await news.next();
      if (first.done) return refuse('not-found');
      const body = eventsOf(first.value, news);
      return accept(answerRaw({ contentType: EVENTS, headers: { 'X-Accel-Buffering': 'no' }, body }));
    },
  });
}

async function* eventsOf(first: ImportNews | null, rest: AsyncIterable<ImportNews | null>): AsyncGenerator<string> {
  yield eventText(first);
  for await (const news of rest) yield eventText(news);
}

/** A line beginning with a colon is a comment: it says that somebody is still here. */
function eventText(news: ImportNews | null): string {
  return news === null ? ':\n\n' : `event: progress\ndata: ${JSON.stringify(news)}\n\n`;
}
