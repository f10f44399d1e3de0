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
import type { KnownManagers } from '../src/services/known-managers.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import type { FirmService } from '../src/services/register-firm.ts';
import { calendarQuery, inCalendar } from './era-days.ts';
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
  readonly knownManagers: KnownManagers;
  readonly clock: Pick<Clock, 'now'>;
}

/** Firms as they are shown; `also` are people whom a change is about to name. */
interface Views {
  readonly ofKnown: (also: readonly string[], firms: readonly Firm[]) => Promise<(firm: Firm, on?: Day) => Shown>;
  readonly one: (firm: Firm, on?: Day) => Promise<Shown>;
}
type Shown = ReturnType<typeof firmView>;

/** The firms (事業者) of the admin API. */
export function firmRoutes(parts: Parts): readonly Endpoint[] {
  const { catalogs, clock, knownManagers } = parts;
  const ofKnown: Views['ofKnown'] = async (also, firms) => {
    const known = await knownManagers([...also, ...firms.flatMap((firm) => firm.registrationOfficerId ?? [])]);
    return (firm, on) => firmView(firm, { catalogs, known, today: tokyoDay(clock.now()), ...present({ on }) });
  };
  const views = { ofKnown, one: async (firm: Firm, on?: Day) => (await ofKnown([], [firm]))(firm, on) };
  return [...readings(parts, views), ...writings(parts, views)];
}

/** On which day: kind, permit, insurance and registration are shown as of then. */
const onDay = { on: Day.exactOptional() };

function readings({ firms, search }: Parts, views: Views): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/firms',
      summary: 'List firms; with q those that fit it, the best first (R-004)',
      tag,
      scope: 'read',
      access: { right: ['firm', 'read'] },
      request: { query: listQuery({ q: SearchWords.exactOptional(), ...onDay, ...calendarQuery }) },
      response: { status: 200, body: pageOf(FirmView) },
      refusals: searchRefusals,
      handle: async ({ query, reach }) => {
        const within = await reach.within(['firm', 'read']);
        const { on, calendar, ...rest } = query;
        const request = pageRequest(rest, within);
        const found =
          rest.q === undefined
            ? accept(await firms.page(request))
            : await search.firms({ ...request, q: rest.q, byNumber: false });
        if (!found.ok) return found;
        const view = await views.ofKnown([], found.value.items);
        return accept(answerPage(found.value, (firm) => inCalendar(view(firm, on), calendar)));
      },
    }),
    endpoint({
      method: 'get',
      path: '/firms/{id}',
      summary: 'One firm, as of today or of a day',
      tag,
      scope: 'read',
      access: { right: ['firm', 'read'], one: ({ params }) => params.id },
      request: { ...one, query: z.strictObject({ ...onDay, ...calendarQuery }) },
      response: { status: 200, body: FirmView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, query, reach }) => {
        const found = await firms.findWithin(params.id, await reach.within(['firm', 'read']));
        return found ? accept(inCalendar(await views.one(found, query.on), query.calendar)) : refuse('not-found');
      },
    }),
  ];
}

function writings({ firms, firmService }: Parts, views: Views): readonly Endpoint[] {
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
      handle: async ({ body }) => {
        const made = await firmService.register(body);
        return made.ok ? accept(await views.one(made.value)) : made;
      },
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
      handle: async ({ params, body, matches, reach }) => {
        const before = await firms.findWithin(params.id, await reach.within(['firm', 'read']));
        const named = body.registrationOfficerId ? [body.registrationOfficerId] : [];
        const view = await views.ofKnown(named, before ? [before] : []);
        return mapOutcome(await firmService.change(params.id, body, (firm) => matches(view(firm))), (firm) =>
          view(firm),
        );
      },
    }),
  ];
}
