import { z } from 'zod';
import { WorkerId } from '../src/domain/ids.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import { photoFormats } from '../src/domain/paper-format.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { PhotoService } from '../src/services/keep-photos.ts';
import { FacePhotoView } from './worker-body.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const one = { params: z.object({ id: WorkerId }) };
const path = '/workers/{id}/photo';
const tag = 'workers';

/** The photo of a worker's face (顔写真, disclosure item 07): for him and his employer, for others where both disclose it. */
export function facePhotoRoutes({ photoService }: { readonly photoService: PhotoService }): readonly Endpoint[] {
  return [...writings(photoService), reading(photoService)];
}

function writings(photoService: PhotoService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path,
      summary: 'Upload the photo of a worker’s face (JPEG, PNG), in the place of the one there is',
      tag,
      scope: 'write',
      access: { right: ['worker', 'change'], one: ({ params }) => params.id },
      request: { ...one, upload: { field: 'file', maxBytes: MAX_BYTES }, body: z.strictObject({}) },
      response: { status: 200, body: FacePhotoView },
      refusals: ['not-found', 'conflict', 'file-missing', 'photo-unknown', 'worker-erased'],
      handle: async ({ params, file }) => (file ? photoService.save(params.id, file.bytes) : refuse('file-missing')),
    }),
    endpoint({
      method: 'delete',
      path,
      summary: 'Take the photo of a worker’s face away',
      tag,
      scope: 'write',
      access: { right: ['worker', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found', 'conflict', 'worker-erased'],
      handle: ({ params }) => photoService.remove(params.id),
    }),
  ];
}

function reading(photoService: PhotoService): Endpoint {
  return endpoint({
    method: 'get',
    path,
    summary: 'The photo of a worker’s face; others see it where worker and employer both disclose it',
    tag,
    scope: 'read',
    access: { right: ['worker', 'profile'], one: ({ params }) => params.id },
    request: one,
    response: { status: 200, raw: [...photoFormats] },
    refusals: ['not-found', 'not-allowed'],
    handle: async ({ params: { id }, reach }) => {
      const isOwn =
        (await reach.admits(['worker', 'read'], id)) || (await reach.admits(['worker', 'read-as-proxy'], id));
      // Whether there is one is not said to whom it is not shown.
      if (!isOwn && !(await photoService.isDisclosed(id))) return refuse('not-allowed', 'not-disclosed');
      return mapOutcome(await photoService.read(id), ({ photo, bytes }) =>
        answerRaw({
          contentType: photo.contentType,
          headers: {
            'Content-Disposition': `inline; filename="${photo.id}"`,
            'X-Content-Type-Options': 'nosniff',
            'Cache-Control': 'private, no-store',
          },
          body: bytes,
        }),
      );
    },
  });
}
