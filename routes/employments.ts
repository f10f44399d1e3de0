import { z } from 'zod';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { ForViewer, WorkerStore } from '../src/ports.ts';
import type { EmploymentService } from '../src/services/employ-worker.ts';
import { employmentsFor } from './worker-view.ts';

const NewEmployment = z
  .strictObject({ firmId: FirmId, from: Day, to: Day.exactOptional() })
  .meta({ id: 'NewEmployment' });

const EmploymentView = z.object({ firmId: FirmId, from: Day, to: Day.exactOptional() }).meta({ id: 'Employment' });

const EMPLOY_REFUSALS = [
  'not-found',
  'conflict',
  'unknown-firm',
  'day-in-future',
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
        return found ? accept({ items: employmentsFor(viewer, found), nextCursor: null }) : refuse('not-found');
      },
    }),
    endpoint({
      method: 'post',
      path: '/workers/{id}/employments',
      summary: 'Add an employment; one without an end makes its firm the employer',
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
  ];
}
