import { z } from 'zod';
import { Day, WorkerId } from '../src/domain/ids.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import { paperFormats } from '../src/domain/paper-format.ts';
import { plainText } from '../src/domain/text.ts';
import { qualificationKinds } from '../src/domain/worker.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { CertificateService } from '../src/services/keep-copies.ts';
import { MAX_PAPER_BYTES, attachmentOf, fileNameOr } from './paper-answer.ts';

/** What is said of an image; itself it is read under its id. */
export const CertificateImageView = z
  .object({
    id: z.string(),
    kind: z.enum(qualificationKinds),
    qualification: z.string(),
    name: z.string(),
    contentType: z.string(),
    bytes: z.number().int(),
    on: Day,
  })
  .meta({ id: 'CertificateImage' });

const ImageId = z.string().regex(/^crt_[a-z0-9]{4,40}$/);
const one = { params: z.object({ id: WorkerId, image: ImageId }) };
const tag = 'workers';

interface Parts {
  readonly certificateService: CertificateService;
}

/** Images of the certificates of what a worker has learnt: for him and his employer alone (2.9, A-13). */
export function certificateImageRoutes({ certificateService }: Parts): readonly Endpoint[] {
  return [attaching(certificateService), ...kept(certificateService)];
}

function attaching(certificateService: CertificateService): Endpoint {
  return endpoint({
    method: 'post',
    path: '/workers/{id}/certificate-images',
    summary: 'Attach an image (PDF, JPEG, PNG) of a certificate to a qualification on file, named by its name or code',
    tag,
    scope: 'write',
    access: { right: ['worker', 'change'], one: ({ params }) => params.id },
    request: {
      params: z.object({ id: WorkerId }),
      upload: { field: 'file', maxBytes: MAX_PAPER_BYTES },
      body: z.strictObject({ qualification: plainText(120) }),
    },
    response: { status: 201, body: CertificateImageView },
    refusals: [
      ...['not-found', 'conflict', 'file-missing', 'paper-unknown', 'copies-full', 'worker-erased'],
      'qualification-unknown',
    ] as const,
    handle: async ({ params, file, body: { qualification } }) => {
      if (!file) return refuse('file-missing');
      const name = fileNameOr(file, qualification);
      return certificateService.attach(params.id, { about: qualification, name, bytes: file.bytes });
    },
  });
}

function kept(certificateService: CertificateService): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/workers/{id}/certificate-images/{image}',
      summary: 'One image of a certificate, as it was attached (A-13)',
      tag,
      scope: 'read',
      access: { right: ['worker', 'read-certificates'], one: ({ params }) => params.id },
      request: one,
      response: { status: 200, raw: [...paperFormats] },
      refusals: ['not-found'],
      handle: async ({ params }) => mapOutcome(await certificateService.read(params.id, params.image), attachmentOf),
    }),
    endpoint({
      method: 'delete',
      path: '/workers/{id}/certificate-images/{image}',
      summary: 'Take an image of a certificate away',
      tag,
      scope: 'write',
      access: { right: ['worker', 'change'], one: ({ params }) => params.id },
      request: one,
      response: { status: 204 },
      refusals: ['not-found', 'conflict'],
      handle: ({ params }) => certificateService.remove(params.id, params.image),
    }),
  ];
}
