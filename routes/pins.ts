import { z } from 'zod';
import { WorkerId } from '../src/domain/ids.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { PinService } from '../src/services/check-pin.ts';

const NewPin = z.strictObject({ pin: z.string().regex(/^\d{4,8}$/) }).meta({ id: 'NewPin' });

const tag = 'workers';
const one = { params: z.object({ id: WorkerId }) };

/** PINs of workers: set and unlocked here, never shown. */
export function pinRoutes({ pinService }: { readonly pinService: PinService }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/workers/{id}/pin',
      summary: 'Set the PIN of a worker, 4-8 digits; a lock ends with it',
      tag,
      scope: 'write',
      access: { right: ['worker', 'set-pin'], one: ({ params }) => params.id },
      request: { ...one, body: NewPin },
      response: { status: 204 },
      refusals: ['not-found', 'conflict', 'worker-without-employer'],
      handle: ({ params, body }) => pinService.set(params.id, body.pin),
    }),
    endpoint({
      method: 'post',
      path: '/workers/{id}/pin/unlock',
      summary: 'End the lock that wrong PINs brought',
      tag,
      scope: 'write',
      access: { right: ['worker', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found'],
      handle: ({ params }) => pinService.unlock(params.id),
    }),
  ];
}
