import { z } from 'zod';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { ForViewer, WorkerStore } from '../src/ports.ts';
import type { EmploymentService } from '../src/services/employ-worker.ts';
import { timeFor } from './worker-view.ts';

const NewEmployment = z
  .strictObject({ firmId: FirmId, from: Day, to: Day.exactOptional() })
  .meta({ id: 'NewEmployment' });

const EmploymentView = z.object({ firmId: FirmId, from: Day, to: Day.exactOptional() }).meta({ id: 'Employment' });

const EMPLOY_REFUSALS = [
  'not-found',
  'conflict',
  'unknown-firm',
  'employment-planned',
  'employment-overlaps',
  'period-reversed',
  'worker-erased',
] as const;

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly workers: ForViewer<WorkerStore>;
  readonly employmentService: EmploymentService;
}

/** A worker's employments over time. */
export function employmentRoutes({ workers, employmentService }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/employments',
      summary: 'Employments of a worker, oldest first',
      tag,
      scope: 'read',
      access: { right: ['worker', 'read'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: z.object({ items: z.array(EmploymentView), nextCursor: z.null() }) },
      refusals: ['not-found'],
      handle: async ({ params, viewer, reach }) => {
        const found = await workers.findWithin(params.id, await reach.within(['worker', 'read']));
        if (!found) return refuse('not-found');
        return accept({ items: [...timeFor(viewer, found).employments], nextCursor: null });
      },
    }),
    endpoint({
      method: 'post',
      path: '/workers/{id}/employments',
      summary:
        'Add an employment; one that lasts makes its firm the employer, on a day to come from that day on, until an end to come',
      tag,
      scope: 'write',
      access: {
        right: ['worker', 'change'],
        one: ({ params }) => params.id,
        named: ({ body }) => [{ right: ['firm', 'employ'], ids: [body.firmId], refusal: 'unknown-firm' }],
      },
      request: { ...one, body: NewEmployment },
      response: { status: 201, body: EmploymentView },
      refusals: [...EMPLOY_REFUSALS],
      handle: ({ params, body }) => employmentService.employ(params.id, body),
    }),
    endpoint({
      method: 'delete',
      path: '/workers/{id}/employments/{from}',
      summary: 'Take back an employment that begins on that day, as long as it has not; the one before it lasts again',
      tag,
      scope: 'write',
      access: { right: ['worker', 'change'], one: ({ params }) => params.id },
      request: { params: z.object({ id: WorkerId, from: Day }) },
      response: { status: 204 },
      refusals: ['not-found', 'conflict', 'employment-begun'],
      handle: async ({ params }) =>
        mapOutcome(await employmentService.takeBack(params.id, params.from), () => undefined),
    }),
  ];
}
