import { z } from 'zod';
import { WorkerId } from '../src/domain/ids.ts';
import { mapOutcome } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { peopleIn } from '../src/http/people-in.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { CollectOwnData, OwnData } from '../src/services/collect-own-data.ts';

/** What is on file about a worker, as a file for himself. */
export function ownDataRoutes({ collectOwnData }: { readonly collectOwnData: CollectOwnData }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/data',
      summary:
        'Everything on file about a worker, for himself: register, telephones, days, calls, corrections, photo, copies of papers, who looked',
      tag: 'workers',
      scope: 'read',
      fresh: true,
      access: { right: ['worker', 'own-data'], one: ({ params }) => params.id },
      request: { params: z.object({ id: WorkerId }) },
      response: { status: 200, raw: ['application/json'] },
      refusals: ['not-found'],
      handle: async ({ params }) =>
        mapOutcome(await collectOwnData(params.id), ({ facts, papers }) => {
          const text = JSON.stringify(facts, undefined, 2);
          return answerRaw({
            contentType: 'application/json; charset=utf-8',
            headers: { 'Content-Disposition': `attachment; filename="${params.id}.json"` },
            people: peopleIn(text),
            body: withPapers(text, papers),
          });
        }),
    }),
  ];
}

/** The file with the papers as its last members, written while it is sent. */
async function* withPapers(text: string, papers: OwnData['papers']): AsyncGenerator<string> {
  yield text.replace(/\n\}$/, '');
  for (const [name, kept] of Object.entries(papers)) {
    yield `,\n  "${name}": [`;
    let before = '';
    for await (const paper of kept) {
      yield `${before}\n    ${JSON.stringify(paper)}`;
      before = ',';
    }
    yield '\n  ]';
  }
  yield '\n}\n';
}
