import { z } from 'zod';
import { Day, SiteId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import type { Reach } from '../src/domain/reach.ts';
import { endpoint } from '../src/http/endpoint.ts';
import type { ForViewer, SiteStore } from '../src/ports.ts';
import type { SiteViews } from '../src/services/view-site.ts';
import { rosterPerson } from './roster-line-view.ts';

const PresenceView = z.object({
  at: z.string(),
  people: z.array(
    z.object({ workerId: z.string(), name: z.string(), employerId: z.string().nullable(), since: z.string() }),
  ),
  counts: z.object({ people: z.number().int(), firms: z.number().int() }),
});

const TreeView = z.object({
  siteId: z.string(),
  digest: z.string(),
  nodes: z.array(
    z.object({
      firmId: z.string(),
      ccusId: z.string().nullable(),
      name: z.string(),
      tier: z.number().int(),
      upperFirmId: z.string().nullable(),
      status: z.enum(['provisional', 'unapproved', 'registered', 'name-only']),
      source: z.enum(['site', 'call', 'registration']),
      evidence: z.object({ calls: z.number().int(), first: z.string().nullable(), last: z.string().nullable() }),
    }),
  ),
});

const RosterView = z.object({
  items: z.array(
    z.object({
      ...rosterPerson,
      /** The last day worked there, as of which the line speaks. */
      day: Day,
      source: z.literal('call'),
      evaluable: z.boolean(),
      reasons: z.array(z.string()),
    }),
  ),
});

export interface SiteViewParts {
  readonly sites: ForViewer<SiteStore>;
  readonly siteViews: SiteViews;
}

const params = z.object({ id: SiteId });
/** What a site looks like from its calls: who is there, the tree, the roster. */
export function siteViewRoutes({ sites, siteViews }: SiteViewParts) {
  const isKnown = async (id: SiteId, reach: Reach) =>
    (await sites.findWithin(id, await reach.within(['site', 'people']))) !== undefined;
  return [
    endpoint({
      method: 'get',
      path: '/sites/{id}/presence',
      summary: 'Who is on the site now',
      tag: 'sites',
      scope: 'read',
      access: { right: ['site', 'people'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: PresenceView },
      refusals: ['not-found'],
      handle: async ({ params: { id }, reach }) =>
        (await isKnown(id, reach)) ? accept(await siteViews.presence(id, await reach.seenAt(id))) : refuse('not-found'),
    }),
    endpoint({
      method: 'get',
      path: '/sites/{id}/tree',
      summary: 'The subcontract tree that the calls made (R-103)',
      tag: 'sites',
      scope: 'read',
      access: { right: ['site', 'people'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: TreeView },
      refusals: ['not-found'],
      handle: async ({ params: { id }, reach }) =>
        (await isKnown(id, reach)) ? accept(await siteViews.tree(id, await reach.seenAt(id))) : refuse('not-found'),
    }),
    endpoint({
      method: 'get',
      path: '/sites/{id}/roster',
      summary:
        'The workers of the site: employer, job type, position, insurances as of the last day, and what they lack (PR-064)',
      tag: 'sites',
      scope: 'read',
      access: { right: ['site', 'people'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: RosterView },
      refusals: ['not-found'],
      handle: async ({ params: { id }, reach }) =>
        (await isKnown(id, reach))
          ? accept(await siteViews.roster({ siteId: id, seen: await reach.seenAt(id), reach }))
          : refuse('not-found'),
    }),
  ];
}
