import { z } from 'zod';
import type { SeenAt } from '../src/domain/access.ts';
import { type FirmId, SiteId, type WorkerId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { isOnSite } from '../src/domain/presence.ts';
import { tokyoText } from '../src/domain/work-day.ts';
import { endpoint } from '../src/http/endpoint.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import type { Clock, FirmStore, SiteStore, WorkerStore } from '../src/ports.ts';
import type { ReadHistories } from '../src/services/read-histories.ts';

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
      workerId: z.string(),
      firmId: z.string(),
      jobType: z.string().nullable(),
      position: z.string().nullable(),
      source: z.literal('call'),
      evaluable: z.boolean(),
      reasons: z.array(z.string()),
    }),
  ),
});

export interface SiteViewParts {
  readonly projections: ProjectionStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly sites: SiteStore;
  readonly clock: Clock;
  readonly readHistories: ReadHistories;
}

const params = z.object({ id: SiteId });
/** What a site looks like from its calls: who is there, the tree, the roster. */
export function siteViewRoutes(parts: SiteViewParts) {
  const isKnown = async (id: SiteId) => (await parts.sites.find(id)) !== undefined;
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
        (await isKnown(id)) ? accept(await presenceView(parts, id, await reach.seenAt(id))) : refuse('not-found'),
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
        (await isKnown(id)) ? accept(await treeView(parts, id, await reach.seenAt(id))) : refuse('not-found'),
    }),
    endpoint({
      method: 'get',
      path: '/sites/{id}/roster',
      summary: 'The workers of the site, with job type, position and what they lack',
      tag: 'sites',
      scope: 'read',
      access: { right: ['site', 'people'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: RosterView },
      refusals: ['not-found'],
      handle: async ({ params: { id }, reach }) =>
        (await isKnown(id)) ? accept(await rosterView(parts, id, await reach.seenAt(id))) : refuse('not-found'),
    }),
  ];
}

type Seen = SeenAt | undefined;

/** One's own branch of the tree, and the chain that it hangs on is named by the upper firm alone. */
function seesFirm(seen: Seen, firmId: FirmId): boolean {
  if (seen === 'all') return true;
  return seen !== undefined && 'firmIds' in seen && seen.firmIds.has(firmId);
}

function seesPerson(
  seen: Seen,
  { workerId, firmId }: { readonly workerId: WorkerId; readonly firmId?: FirmId | undefined },
): boolean {
  if (seen !== undefined && seen !== 'all' && 'workerId' in seen) return seen.workerId === workerId;
  return seen === 'all' || (firmId !== undefined && seesFirm(seen, firmId));
}

async function presenceView({ projections, workers, clock }: SiteViewParts, siteId: SiteId, seen: Seen) {
  const now = clock.now();
  const present = (await projections.presentAt(siteId)).filter((one) => isOnSite(one, now));
  const known = new Map((await workers.findMany(present.map(({ workerId }) => workerId))).map((w) => [w.id, w]));
  const people = present
    .filter(({ workerId }) => seesPerson(seen, { workerId, firmId: known.get(workerId)?.employerId ?? undefined }))
    .map(({ workerId, since }) => {
      const worker = known.get(workerId);
      return { workerId, name: worker?.name ?? '', employerId: worker?.employerId ?? null, since: tokyoText(since) };
    })
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  const firms = new Set(people.map(({ employerId }) => employerId)).size;
  return { at: tokyoText(now), people, counts: { people: people.length, firms } };
}

async function treeView({ projections, firms }: SiteViewParts, siteId: SiteId, seen: Seen) {
  const tree = (await projections.trees([siteId]))[0] ?? { siteId, nodes: [], digest: '' };
  const known = new Map(
    (await firms.findMany([...new Set(tree.nodes.map(({ firmId }) => firmId))])).map((f) => [f.id, f]),
  );
  const nodes = tree.nodes
    .filter(({ firmId }) => seesFirm(seen, firmId))
    .map((node) => {
      const firm = known.get(node.firmId);
      return { ...node, ccusId: firm?.ccusId ?? null, name: firm?.name ?? '' };
    });
  return { siteId, digest: tree.digest, nodes };
}

async function rosterView({ readHistories }: SiteViewParts, siteId: SiteId, seen: Seen) {
  const lines = (await readHistories.roster(siteId)).filter(({ line }) => seesPerson(seen, line));
  return {
    items: lines.map(({ line: { workerId, firmId, jobType = null, position = null, source }, reasons }) => ({
      workerId,
      firmId,
      jobType,
      position,
      source,
      evaluable: reasons.length === 0,
      reasons,
    })),
  };
}
