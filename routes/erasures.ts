import { z } from 'zod';
import { WorkerId } from '../src/domain/ids.ts';
import { mapOutcome } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { erasureReasons } from '../src/ports-erasure.ts';
import type { EraseWorker, ErasureView as Shown } from '../src/services/erase-worker.ts';

const ErasureView = z
  .object({
    workerId: WorkerId,
    /** Under which his days are kept. */
    pseudonym: z.string(),
    erasedOn: z.string().nullable(),
    reason: z.enum(erasureReasons).nullable(),
    /** Numbers that go, or that he stops being a holder of. */
    numbers: z.number().int(),
    /** His histories that have not reached the registry. */
    undelivered: z.number().int(),
  })
  .meta({ id: 'Erasure' });

const NewErasure = z
  .strictObject({
    reason: z.enum(erasureReasons),
    /** What has not reached the registry is lost to him; without this it is waited for. */
    giveUpUndelivered: z.boolean().default(false),
  })
  .meta({ id: 'NewErasure' });

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

/** The deletion of a person: what it would mean, and the act. */
export function erasureRoutes({ eraseWorker }: { readonly eraseWorker: EraseWorker }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/erasure',
      summary: 'What deleting this person would mean, or that he was deleted',
      tag,
      scope: 'read',
      access: { right: ['worker', 'erase'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, body: ErasureView },
      refusals: ['not-found'],
      handle: async ({ params }) => mapOutcome(await eraseWorker.view(params.id), toView),
    }),
    endpoint({
      method: 'post',
      path: '/workers/{id}/erasure',
      summary: 'Delete a person for good; his days stay under a pseudonym',
      tag,
      scope: 'write',
      fresh: true,
      access: { right: ['worker', 'erase'], one: ({ params }) => params.id },
      request: { ...one, body: NewErasure },
      response: { status: 200, body: ErasureView },
      refusals: ['not-found', 'conflict', 'undelivered-histories'],
      handle: async ({ params, body, viewer }) =>
        mapOutcome(await eraseWorker.erase(params.id, { ...body, by: viewer.keyId }), toView),
    }),
  ];
}

function toView({ workerId, pseudonym, erased, numbers, undelivered }: Shown): z.infer<typeof ErasureView> {
  const { on = null, reason = null } = erased ?? {};
  return { workerId, pseudonym, erasedOn: on, reason, numbers, undelivered };
}
