import { z } from 'zod';
import { WorkerId } from '../src/domain/ids.ts';
import { mapOutcome } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { CollectOwnData } from '../src/services/collect-own-data.ts';

/** What is on file about a worker, as a file for himself. */
export function ownDataRoutes({ collectOwnData }: { readonly collectOwnData: CollectOwnData }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/data',
      summary:
        'Everything on file about a worker, for himself: register, telephones, days, calls, corrections, who looked',
      tag: 'workers',
      scope: 'read',
      fresh: true,
      access: { right: ['worker', 'own-data'], one: ({ params }) => params.id },
      request: { params: z.object({ id: WorkerId }) },
      response: { status: 200, raw: ['application/json'] },
      refusals: ['not-found'],
      handle: async ({ params }) =>
        mapOutcome(await collectOwnData(params.id), (data) =>
          answerRaw({
            contentType: 'application/json; charset=utf-8',
            headers: { 'Content-Disposition': `attachment; filename="${params.id}.json"` },
            body: `${JSON.stringify(data, undefined, 2)}\n`,
          }),
        ),
    }),
  ];
}
