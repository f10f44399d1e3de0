import { z } from 'zod';
import { Day, E164, SiteId } from '../src/domain/ids.ts';
import { type Line, lineAtSites } from '../src/domain/line-use.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf, pageRequest } from '../src/http/paging.ts';
import type { Reach } from '../src/domain/reach.ts';
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
    validFrom: Day.exactOptional(),
    validTo: Day.exactOptional(),
  })
  .meta({ id: 'NewLine' });

const LineChange = z
  .strictObject({
    siteId: SiteId.nullable().exactOptional(),
    purpose: Purpose.exactOptional(),
    direction: Direction.exactOptional(),
    answer: Answer.exactOptional(),
    state: State.exactOptional(),
    validFrom: Day.nullable().exactOptional(),
    validTo: Day.nullable().exactOptional(),
  })
  .meta({ id: 'LineChange' });

const LineUseView = z
  .object({
    siteId: SiteId.exactOptional(),
    purpose: Purpose,
    direction: Direction,
    answer: Answer,
    state: State,
    /** The first day on which calls are taken; absent: since ever. */
    validFrom: Day.exactOptional(),
    /** The last one; calls on other days are kept and answered as on a closed line. */
    validTo: Day.exactOptional(),
  })
  .meta({ id: 'LineUse' });
const LineView = LineUseView.extend({
  number: E164,
  /** What the number was a line for before, oldest first. */
  earlier: z.array(LineUseView).exactOptional(),
}).meta({ id: 'Line' });

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
        const page = await lines.page(pageRequest(query, within));
        const items = await Promise.all(page.items.map((line) => seenLine(line, reach)));
        return accept(answerPage({ ...page, items: items.filter((line) => line !== undefined) }, (line) => line));
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
        const seen = found && (await seenLine(found, reach));
        return seen ? accept(seen) : refuse('not-found');
      },
    }),
  ];
}

/** A number may have been another prime's line before: of that nobody else learns. */
async function seenLine(line: Line, reach: Reach): Promise<Line | undefined> {
  if (line.earlier === undefined || reach.everything) return line;
  const ids = [line, ...line.earlier].flatMap(({ siteId }) => siteId ?? []);
  const seen = await Promise.all(ids.map(async (id) => ((await reach.seesWhole(id)) ? [id] : [])));
  return lineAtSites(line, new Set(seen.flat()));
}

function writings(lineService: LineService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/lines',
      summary: 'Register a line; a number whose last use has an end may begin another one after it',
      tag,
      scope: 'write',
      request: { body: NewLine },
      response: { status: 201, body: LineView },
      refusals: ['number-impossible', 'unknown-site', 'line-exists', 'period-reversed', 'conflict'],
      handle: ({ body }) => lineService.register(body),
    }),
    endpoint({
      method: 'patch',
      path: '/lines/{number}',
      summary:
        'Change a line; siteId null lets it serve many sites; what it was at another site until validFrom, or today, is kept',
      tag,
      scope: 'write',
      request: { ...one, body: LineChange },
      response: { status: 200, body: LineView, etag: true },
      refusals: ['not-found', 'stale', 'conflict', 'unknown-site', 'line-exists', 'period-reversed'],
      handle: ({ params, body, matches }) => lineService.change(params.number, body, matches),
    }),
  ];
}
