import { z } from 'zod';
import { sampleOf } from '../ivr/prompt-samples.ts';
import type { PromptId } from '../ivr/prompt-words.ts';
import { promptIds } from '../ivr/prompts.ts';
import { type Carrier, carriers, renderActs } from '../ivr/render-acts.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { languages } from '../src/domain/worker.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerRaw } from '../src/http/raw-answer.ts';

const XML = 'text/xml';
const JSON_TYPE = 'application/json';

/** What callers hear, to be looked at and listened to before anybody calls. */
export function promptRoutes(): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/prompts/{id}/preview',
      summary: 'The markup of one sentence with sample words, in a language and for a carrier',
      tag: 'prompts',
      scope: 'read',
      request: {
        params: z.object({ id: z.string().max(60) }),
        query: z.strictObject({
          language: z.enum(languages).default('ja'),
          dialect: z.enum(carriers as [Carrier, ...Carrier[]]).default('twilio'),
        }),
      },
      response: { status: 200, raw: [XML, JSON_TYPE] },
      refusals: ['not-found'],
      handle: ({ params, query: { language, dialect } }) => {
        const id = promptIds.find((known) => known === params.id);
        return id ? accept(answerRaw(preview(id, language, dialect))) : refuse('not-found');
      },
    }),
  ];
}

function preview(id: PromptId, language: (typeof languages)[number], dialect: Carrier) {
  const body = renderActs([{ verb: 'tell', prompt: sampleOf(id, language) }], dialect);
  return { contentType: body.startsWith('<') ? `${XML}; charset=utf-8` : JSON_TYPE, body };
}
