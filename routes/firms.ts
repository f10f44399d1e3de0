import { z } from 'zod';
import type { Firm } from '../src/domain/firm.ts';
import { Day, FirmId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { Clock, FirmStore, ForViewer } from '../src/ports.ts';
import type { Search } from '../src/ports-search.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { FirmService } from '../src/services/register-firm.ts';
import { FirmChange, FirmView, NewFirm } from './firm-body.ts';
import { firmView } from './firm-view.ts';
import { SearchWords, searchRefusals } from './search-words.ts';

const tag = 'firms';
const one = { params: z.object({ id: FirmId }) };

interface Parts {
  readonly firms: ForViewer<FirmStore>;
  readonly search: Pick<Search, 'firms'>;
  readonly firmService: FirmService;
  readonly catalogs: Catalogs;
  readonly clock: Pick<Clock, 'now'>;
}

type View = (firm: Firm, on?: Day) => ReturnType<typeof firmView>;

/** The firms (事業者) of the admin API. */
export function firmRoutes(parts: Parts): readonly Endpoint[] {
  const { firmService, catalogs, clock } = parts;
  const view: View = (firm, on) => firmView(firm, { catalogs, today: tokyoDay(clock.now()), ...present({ on }) });
  return [...readings(parts, view), ...writings(firmService, view)];
}

/** On which day: kind, permit, insurance and registration are shown as of then. */
const onDay = { on: Day.exactOptional() };

function readings({ firms, search }: Parts, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/firms',
      summary: 'List firms; with q those that fit it, the best first (R-004)',
      tag,
      scope: 'read',
      access: { right: ['firm', 'read'] },
      request: { query: listQuery({ q: SearchWords.exactOptional(), ...onDay }) },
      response: { status: 200, body: pageOf(FirmView) },
      refusals: searchRefusals,
      handle: async ({ query, reach }) => {
        const within = await reach.within(['firm', 'read']);
        const { on, ...rest } = query;
        const request = pageRequest(rest, within);
        const shown = (firm: Firm) => view(firm, on);
        if (rest.q === undefined) return accept(answerPage(await firms.page(request), shown));
        return mapOutcome(await search.firms({ ...request, q: rest.q, byNumber: false }), (page) =>
          answerPage(page, shown),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: '/firms/{id}',
      summary: 'One firm, as of today or of a day',
      tag,
      scope: 'read',
      access: { right: ['firm', 'read'], one: ({ params }) => params.id },
      request: { ...one, query: z.strictObject(onDay) },
      response: { status: 200, body: FirmView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, query, reach }) => {
        const found = await firms.findWithin(params.id, await reach.within(['firm', 'read']));
        return found ? accept(view(found, query.on)) : refuse('not-found');
      },
    }),
  ];
}

function writings(firmService: FirmService, view: View): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/firms',
      summary: 'Register a firm',
      tag,
      scope: 'write',
      request: { body: NewFirm },
      response: { status: 201, body: FirmView },
      refusals: ['unknown-firm', 'conflict'],
      handle: async ({ body }) => mapOutcome(await firmService.register(body), (firm) => view(firm)),
    }),
    endpoint({
      method: 'patch',
      path: '/firms/{id}',
      summary: 'Change a firm; null clears what is optional',
      tag,
      scope: 'write',
      access: { right: ['firm', 'change'], one: ({ params }) => params.id },
      request: { ...one, body: FirmChange },
      response: { status: 200, body: FirmView, etag: true },
      refusals: ['not-found', 'stale', 'conflict', 'unknown-firm', 'permit-number-needed', 'period-reversed'],
      handle: async ({ params, body, matches }) =>
        mapOutcome(await firmService.change(params.id, body, (firm) => matches(view(firm))), (firm) => view(firm)),
    }),
  ];
}
