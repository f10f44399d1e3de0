import { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { Day, FirmId, WorkerId } from '../src/domain/ids.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import { plainText } from '../src/domain/text.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { MergePreview, MergeService } from '../src/services/merge-workers.ts';
import type { Clock } from '../src/ports.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { WorkerView } from './worker-body.ts';
import { timeFor, workerView } from './worker-view.ts';

const EmploymentView = z.object({ firmId: FirmId, from: Day, to: Day.exactOptional() });

const refusals = ['merge-itself', 'merge-chained', 'ids-differ', 'correction-waiting', 'conflict'] as const;

const PreviewView = z
  .object({
    keptId: WorkerId,
    otherId: WorkerId,
    merged: z.boolean(),
    /** Why it is refused as things stand. */
    refused: z.enum([...refusals, 'not-found', 'unknown-worker']).nullable(),
    phones: z.number(),
    entries: z.number(),
    ccusId: z.string().nullable(),
    overlaps: z.array(z.object({ kept: EmploymentView, other: EmploymentView })),
    sameName: z.boolean(),
  })
  .meta({ id: 'MergePreview' });

const Merge = z.strictObject({ otherId: WorkerId, reason: plainText(200) }).meta({ id: 'Merge' });
const Part = z.strictObject({ otherId: WorkerId.exactOptional() }).meta({ id: 'Part' });

const tag = 'workers';
const right = ['worker', 'change'] as const;
const one = { params: z.object({ id: WorkerId }) };

interface Parts {
  readonly mergeService: MergeService;
  readonly catalogs: Catalogs;
  readonly clock: Pick<Clock, 'now'>;
}

/** Two registers of one person: what merging would do, doing it, and parting them again. */
export function mergingRoutes(parts: Parts): readonly Endpoint[] {
  return [previewRoute(parts), ...deeds(parts)];
}

function previewRoute({ mergeService }: Parts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/workers/{id}/merge',
    summary: 'What merging the other register into this one would do, and where the two differ',
    tag,
    asNamed: true,
    scope: 'read',
    access: {
      right,
      one: ({ params }) => params.id,
      named: ({ query: { otherId } }) => [{ right, ids: otherId ? [otherId] : [], refusal: 'unknown-worker' }],
    },
    request: { ...one, query: z.strictObject({ otherId: WorkerId.exactOptional() }) },
    response: { status: 200, body: PreviewView },
    refusals: ['not-found', 'unknown-worker', ...refusals],
    handle: async ({ params, query: { otherId }, viewer }) =>
      otherId
        ? mapOutcome(await mergeService.preview(params.id, otherId), (found) => previewView(found, viewer))
        : refuse('unknown-worker'),
  });
}

function deeds({ mergeService, catalogs, clock }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/workers/{id}/merge',
      summary: 'Merge another register of the same person into this one; histories follow, and it can be parted again',
      tag,
      asNamed: true,
      scope: 'write',
      access: {
        right,
        one: ({ params }) => params.id,
        named: ({ body }) => [{ right, ids: [body.otherId], refusal: 'unknown-worker' }],
      },
      request: { ...one, body: Merge },
      response: { status: 200, body: WorkerView },
      refusals: ['not-found', 'unknown-worker', ...refusals],
      handle: async ({ params, body, viewer }) =>
        mapOutcome(await mergeService.merge(params.id, { ...body, by: viewer.keyId }), (worker) =>
          workerView(worker, { catalogs, viewer, today: tokyoDay(clock.now()) }),
        ),
    }),
    endpoint({
      method: 'post',
      path: '/workers/{id}/part',
      summary: 'Part two registers that were merged, by the id of either; both are as they were, histories following',
      tag,
      asNamed: true,
      scope: 'write',
      access: { right, one: ({ params }) => params.id },
      request: { ...one, body: Part },
      response: { status: 200, body: WorkerView },
      refusals: ['not-found', 'not-merged', 'conflict'],
      handle: async ({ params, body, viewer }) =>
        mapOutcome(await mergeService.part(params.id, body.otherId), (worker) =>
          workerView(worker, { catalogs, viewer, today: tokyoDay(clock.now()) }),
        ),
    }),
  ];
}

/** Employments that overlap are with different firms, of which a firm is not told: one of them is a former employer. */
function previewView({ refused, ccusId, overlaps, ...preview }: MergePreview, viewer: Viewer) {
  const seen = overlaps.filter(
    (pair) => timeFor(viewer, { employments: [pair.kept, pair.other] }).employments.length > 1,
  );
  return { ...preview, overlaps: seen, refused: refused ?? null, ccusId: ccusId ?? null };
}
