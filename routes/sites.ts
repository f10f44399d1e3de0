import { z } from 'zod';
import { SiteId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { present } from '../src/domain/present.ts';
import { withPrime } from '../src/domain/search/within.ts';
import type { Site } from '../src/domain/site.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ForViewer, SiteStore } from '../src/ports.ts';
import type { Search } from '../src/ports-search.ts';
import type { SiteService } from '../src/services/register-site.ts';
import { calendarQuery, inCalendar } from './era-days.ts';
import { SearchWords, ownerAsked, searchRefusals, siteScopes } from './search-words.ts';
import { NewSite, PublicSiteView, SiteChange, SiteView } from './site-body.ts';
import { type SiteGround, siteView, viewWhole, viewsFor } from './site-view.ts';

const tag = 'sites';
const one = { params: z.object({ id: SiteId }) };

interface Parts extends SiteGround {
  readonly sites: ForViewer<SiteStore>;
  readonly search: Pick<Search, 'sites'>;
  readonly siteService: SiteService;
}

/** The sites (現場) of the admin API. */
export function siteRoutes(parts: Parts): readonly Endpoint[] {
  return [...readings(parts), ...writings(parts)];
}

function readings({ sites, search, ...ground }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/sites',
      summary:
        'List sites; with q those that fit it, by scope those registered by the own firm or those it works on (R-005, R-006)',
      tag,
      scope: 'read',
      access: { right: ['site', 'read'] },
      request: {
        query: listQuery({
          q: SearchWords.exactOptional(),
          scope: z.enum(siteScopes).exactOptional(),
          ...calendarQuery,
        }),
      },
      response: { status: 200, body: pageOf(z.union([SiteView, PublicSiteView])) },
      refusals: searchRefusals,
      handle: async ({ query, viewer, reach }) => {
        const within = await reach.within(['site', 'read']);
        const owner = ownerAsked(query.scope, viewer);
        const found =
          query.q === undefined
            ? accept(await sites.page(pageRequest(query, withPrime(owner, within))))
            : await search.sites({ ...pageRequest(query, within), q: query.q, byNumber: false, ...present({ owner }) });
        if (!found.ok) return found;
        const items = await viewsFor(reach, found.value.items, ground);
        return accept(answerPage({ ...found.value, items }, (shown) => inCalendar(shown, query.calendar)));
      },
    }),
    endpoint({
      method: 'get',
      path: '/sites/{id}',
      summary: 'One site',
      tag,
      scope: 'read',
      access: { right: ['site', 'read'], one: ({ params }) => params.id },
      request: { ...one, query: z.strictObject(calendarQuery) },
      response: { status: 200, body: z.union([SiteView, PublicSiteView]), etag: true },
      refusals: ['not-found'],
      handle: async ({ params, query, reach }) => {
        const found = await sites.findWithin(params.id, await reach.within(['site', 'read']));
        const [shown] = found ? await viewsFor(reach, [found], ground) : [];
        return shown ? accept(inCalendar(shown, query.calendar)) : refuse('not-found');
      },
    }),
  ];
}

function writings({ siteService, sites, ...ground }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sites',
      summary: 'Register a site; its code for callers is given out',
      tag,
      scope: 'write',
      access: {
        right: ['firm', 'build'],
        named: ({ body }) => [{ right: ['firm', 'build'], ids: [body.primeId], refusal: 'unknown-firm' }],
      },
      request: { body: NewSite },
      response: { status: 201, body: SiteView },
      refusals: ['unknown-firm', 'period-reversed', 'kentaikyo-method-needed', 'conflict'],
      handle: async ({ body }) => {
        const made = await siteService.register(body);
        return made.ok ? accept(await viewWhole(made.value, ground)) : made;
      },
    }),
    endpoint({
      method: 'patch',
      path: '/sites/{id}',
      summary: 'Change a site; null clears what is optional',
      tag,
      scope: 'write',
      access: {
        right: ['site', 'change'],
        one: ({ params }) => params.id,
        named: ({ body: { primeId } }) => [
          { right: ['firm', 'build'], ids: primeId ? [primeId] : [], refusal: 'unknown-firm' },
        ],
      },
      request: { ...one, body: SiteChange },
      response: { status: 200, body: SiteView, etag: true },
      refusals: ['not-found', 'stale', 'conflict', 'unknown-firm', 'period-reversed', 'kentaikyo-method-needed'],
      handle: async ({ params, body, matches, reach }) => {
        const before = await sites.findWithin(params.id, await reach.within(['site', 'read']));
        const named = [...(before?.siteManagerIds ?? []), ...(body.siteManagerIds ?? [])];
        const known = await ground.knownManagers(named);
        const view = (site: Site) => siteView(site, ground, known);
        return mapOutcome(await siteService.change(params.id, body, (site) => matches(view(site))), view);
      },
    }),
  ];
}
