import { z } from 'zod';
import { Day, SiteId, WorkerId } from '../src/domain/ids.ts';
import type { Within } from '../src/domain/reach.ts';
import { type Outcome, accept, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { Plan, PlanStore } from '../src/ports-pins.ts';
import type { ForViewer, SiteStore, WorkerStore } from '../src/ports.ts';

const NewPlan = z
  .strictObject({
    workerIds: z.array(WorkerId).max(500),
    expectedAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .exactOptional(),
  })
  .meta({ id: 'NewPlan' });

const PlanView = z
  .object({ siteId: SiteId, date: Day, workerIds: z.array(WorkerId), expectedAt: z.string().nullable() })
  .meta({ id: 'Plan' });

const tag = 'sites';
const place = { params: z.object({ id: SiteId, date: Day }) };

interface Parts {
  readonly sites: ForViewer<SiteStore>;
  readonly workers: ForViewer<WorkerStore>;
  readonly plans: PlanStore;
}

/** Who is expected at a site on a day: a line without a site then knows where its caller is. */
export function planRoutes({ sites, workers, plans }: Parts): readonly Endpoint[] {
  const unknownIn = async (ids: readonly WorkerId[], within: Within): Promise<Outcome<undefined, 'unknown-worker'>> => {
    const known = new Set((await workers.findManyWithin(ids, within)).map((worker) => worker.id));
    return ids.every((id) => known.has(id)) ? accept(undefined) : refuse('unknown-worker', 'workerIds');
  };
  return [
    endpoint({
      method: 'put',
      path: '/sites/{id}/plans/{date}',
      summary: 'Say who is expected at a site on a day; replaces what was said before',
      tag,
      scope: 'write',
      access: {
        right: ['site', 'plan'],
        one: ({ params }) => params.id,
        named: ({ body }) => [{ right: ['worker', 'expect'], ids: body.workerIds, refusal: 'unknown-worker' }],
      },
      request: { ...place, body: NewPlan },
      response: { status: 200, body: PlanView },
      refusals: ['not-found', 'unknown-worker'],
      handle: async ({ params, body, reach }) => {
        if (!(await sites.findWithin(params.id, await reach.within(['site', 'plan'])))) return refuse('not-found');
        const workerIds = [...new Set(body.workerIds)];
        const known = await unknownIn(workerIds, await reach.within(['worker', 'expect']));
        if (!known.ok) return known;
        const plan = { siteId: params.id, date: params.date, ...body, workerIds };
        await plans.save(plan);
        return accept(planView(plan));
      },
    }),
    endpoint({
      method: 'get',
      path: '/sites/{id}/plans/{date}',
      summary: 'Who is expected at a site on a day; nobody where nothing was said',
      tag,
      scope: 'read',
      access: { right: ['site', 'read-plan'], one: ({ params }) => params.id },
      request: place,
      response: { status: 200, body: PlanView },
      refusals: ['not-found'],
      handle: async ({ params, reach }) => {
        if (!(await sites.findWithin(params.id, await reach.within(['site', 'read-plan'])))) return refuse('not-found');
        const plan = await plans.find(params.id, params.date);
        return accept(planView(plan ?? { siteId: params.id, date: params.date, workerIds: [] }));
      },
    }),
  ];
}

function planView({
  siteId,
  date,
  workerIds,
  expectedAt = null,
}: Omit<Plan, 'expectedAt'> & { expectedAt?: string | null }) {
  return { siteId, date, workerIds: [...workerIds], expectedAt };
}
