import { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { insuranceNames } from '../src/domain/firm.ts';
import { WorkerId } from '../src/domain/ids.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import { paperFormats } from '../src/domain/paper-format.ts';
import { present } from '../src/domain/present.ts';
import type { Worker } from '../src/domain/worker.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { CopyService } from '../src/services/keep-copies.ts';
import { MAX_PAPER_BYTES, attachmentOf, fileNameOr } from './paper-answer.ts';
import { CopyView } from './worker-body.ts';
import { timeFor } from './worker-view.ts';

const CopyId = z.string().regex(/^cpy_[a-z0-9]{4,40}$/);
const one = { params: z.object({ id: WorkerId, copy: CopyId }) };
const tag = 'workers';

interface Parts {
  readonly copyService: CopyService;
}

/** Copies of the papers that prove a worker's insurances (PR-060). Numbers and codes on them must be blacked out first (2.3). */
export function insuranceCopyRoutes({ copyService }: Parts): readonly Endpoint[] {
  return [attaching(copyService), ...kept(copyService)];
}

function attaching(copyService: CopyService): Endpoint {
  return endpoint({
    method: 'post',
    path: '/workers/{id}/insurance-copies',
    summary: 'Attach a copy (PDF, JPEG, PNG) that proves an insurance; symbols and numbers on it must be blacked out',
    tag,
    scope: 'write',
    access: { right: ['worker', 'change'], one: ({ params }) => params.id },
    request: {
      params: z.object({ id: WorkerId }),
      upload: { field: 'file', maxBytes: MAX_PAPER_BYTES },
      body: z.strictObject({ insurance: z.enum(insuranceNames) }),
    },
    response: { status: 201, body: CopyView },
    refusals: ['not-found', 'conflict', 'file-missing', 'paper-unknown', 'copies-full', 'worker-erased'],
    handle: async ({ params, file, body: { insurance } }) => {
      if (!file) return refuse('file-missing');
      const name = fileNameOr(file, insurance);
      return copyService.attach(params.id, { about: { insurance }, name, bytes: file.bytes });
    },
  });
}

function kept(copyService: CopyService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/insurance-copies/{copy}',
      summary: 'One copy, as it was attached',
      tag,
      scope: 'read',
      access: { right: ['worker', 'read'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, raw: [...paperFormats] },
      refusals: ['not-found'],
      handle: async ({ params, viewer }) =>
        mapOutcome(await copyService.read(params.id, params.copy, (worker) => seenBy(viewer, worker)), attachmentOf),
    }),
    endpoint({
      method: 'delete',
      path: '/workers/{id}/insurance-copies/{copy}',
      summary: 'Take a copy away',
      tag,
      scope: 'write',
      access: { right: ['worker', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found', 'conflict'],
      handle: ({ params, viewer }) => copyService.remove(params.id, params.copy, (worker) => seenBy(viewer, worker)),
    }),
  ];
}

/** The worker with the copies of one's own time alone. */
function seenBy(viewer: Viewer, worker: Worker): Worker {
  return { ...worker, ...present({ insuranceCopies: timeFor(viewer, worker).insuranceCopies }) };
}
