import { z } from 'zod';
import { type Forwarding, forwardingStates } from '../src/domain/forwarding.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ForwardingStore } from '../src/ports-forwarding.ts';
import type { ForViewer } from '../src/ports.ts';

const kinds = ['tree', 'roster', 'history'] as const;

const ForwardingView = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  key: z.string(),
  version: z.number().int(),
  siteId: z.string(),
  workerId: z.string().nullable(),
  state: z.enum(forwardingStates),
  attempts: z.number().int(),
  answer: z.object({ code: z.string(), sentence: z.string(), who: z.string() }).nullable(),
});

/** What was handed to the core registry and what it answered; a refused one is somebody's task. */
export function forwardingRoutes(parts: ForwardingRouteParts) {
  return [...readings(parts), resending(parts)];
}

interface ForwardingRouteParts {
  readonly forwardings: ForViewer<ForwardingStore> & Pick<ForwardingStore, 'resend'>;
  readonly now: () => Date;
  readonly nudge: () => void;
}

const params = z.object({ id: z.string().max(250) });

function readings({ forwardings }: ForwardingRouteParts) {
  return [
    endpoint({
      method: 'get',
      path: '/forwardings',
      summary: 'Hand-overs to the core registry, one per version',
      tag: 'forwardings',
      scope: 'read',
      access: { right: ['forwarding', 'read'] },
      request: {
        query: listQuery({ state: z.enum(forwardingStates).exactOptional(), kind: z.enum(kinds).exactOptional() }),
      },
      response: { status: 200, body: pageOf(ForwardingView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const request = pageRequest(query, await reach.within(['forwarding', 'read']));
        return accept(answerPage(await forwardings.page(query, request), forwardingView));
      },
    }),
    endpoint({
      method: 'get',
      path: '/forwardings/{id}',
      summary: 'One hand-over',
      tag: 'forwardings',
      scope: 'read',
      access: { right: ['forwarding', 'read'], one: (asked) => asked.params.id },
      request: { params },
      response: { status: 200, body: ForwardingView, etag: true },
      refusals: ['not-found'],
      handle: async (asked) => {
        const within = await asked.reach.within(['forwarding', 'read']);
        const found = await forwardings.findWithin(asked.params.id, within);
        return found ? accept(forwardingView(found)) : refuse('not-found');
      },
    }),
  ];
}

function resending({ forwardings, now, nudge }: ForwardingRouteParts) {
  return endpoint({
    method: 'post',
    path: '/forwardings/{id}/resend',
    summary: 'Hand a current version over again',
    tag: 'forwardings',
    scope: 'write',
    access: { right: ['forwarding', 'resend'], one: (asked) => asked.params.id },
    request: { params },
    response: { status: 202, body: ForwardingView },
    refusals: ['not-found', 'conflict'],
    handle: async (asked) => {
      const within = await asked.reach.within(['forwarding', 'resend']);
      if (!(await forwardings.findWithin(asked.params.id, within))) return refuse('not-found');
      if (!(await forwardings.resend(asked.params.id, now()))) return refuse('conflict');
      nudge();
      const again = await forwardings.findWithin(asked.params.id, within);
      return again ? accept(forwardingView(again)) : refuse('not-found');
    },
  });
}

function forwardingView(forwarding: Forwarding): z.infer<typeof ForwardingView> {
  const { id, kind, key, version, siteId, workerId = null, state, attempts, answer = null } = forwarding;
  return { id, kind, key, version, siteId, workerId, state, attempts, answer };
}
