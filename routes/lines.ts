import { z } from 'zod';
import { E164, SiteId } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { ForViewer, LineStore } from '../src/ports.ts';
import type { LineService } from '../src/services/register-line.ts';

const Purpose = z.enum(['attendance', 'service']);
const Direction = z.enum(['both', 'entry', 'exit']);
const Answer = z.enum(['always', 'when-needed', 'never']);
const State = z.enum(['open', 'closed']);

const NewLine = z
  .strictObject({
    number: z.string().max(40),
    siteId: SiteId.exactOptional(),
    purpose: Purpose.default('attendance'),
    direction: Direction.default('both'),
    answer: Answer.default('always'),
    state: State.default('open'),
  })
  .meta({ id: 'NewLine' });

const LineChange = z
  .strictObject({
    siteId: SiteId.nullable().exactOptional(),
    purpose: Purpose.exactOptional(),
    direction: Direction.exactOptional(),
    answer: Answer.exactOptional(),
    state: State.exactOptional(),
  })
  .meta({ id: 'LineChange' });

const LineView = z
  .object({
    number: E164,
    siteId: SiteId.exactOptional(),
    purpose: Purpose,
    direction: Direction,
    answer: Answer,
    state: State,
  })
  .meta({ id: 'Line' });

const tag = 'lines';
const one = { params: z.object({ number: E164 }) };

interface Parts {
  readonly lines: ForViewer<LineStore>;
  readonly lineService: LineService;
}

/** The lines, our own numbers that people dial, in the admin API. */
export function lineRoutes({ lines, lineService }: Parts): readonly Endpoint[] {
  return [...readings(lines), ...writings(lineService)];
}

function readings(lines: ForViewer<LineStore>): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/lines',
      summary: 'List lines',
      tag,
      scope: 'read',
      access: { right: ['line', 'read'] },
      request: { query: listQuery({}) },
      response: { status: 200, body: pageOf(LineView) },
      refusals: [],
      handle: async ({ query, reach }) => {
        const within = await reach.within(['line', 'read']);
        return accept(answerPage(await lines.page(pageRequest(query, within)), (line) => line));
      },
    }),
    endpoint({
      method: 'get',
      path: '/lines/{number}',
      summary: 'One line',
      tag,
      scope: 'read',
      access: { right: ['line', 'read'], one: ({ params }) => params.number },
      request: one,
      response: { status: 200, body: LineView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params, reach }) => {
        const found = await lines.findWithin(params.number, await reach.within(['line', 'read']));
        return found ? accept(found) : refuse('not-found');
      },
    }),
  ];
}

function writings(lineService: LineService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/lines',
      summary: 'Register a line',
      tag,
      scope: 'write',
      request: { body: NewLine },
      response: { status: 201, body: LineView },
      refusals: ['number-impossible', 'unknown-site', 'line-exists'],
      handle: ({ body }) => lineService.register(body),
    }),
    endpoint({
      method: 'patch',
      path: '/lines/{number}',
      summary: 'Change a line; siteId null lets it serve many sites',
      tag,
      scope: 'write',
      request: { ...one, body: LineChange },
      response: { status: 200, body: LineView, etag: true },
      refusals: ['not-found', 'stale', 'conflict', 'unknown-site'],
      handle: ({ params, body, matches }) => lineService.change(params.number, body, matches),
    }),
  ];
}
