import { z } from 'zod';
import { CatalogItem, catalogNames } from '../src/domain/catalog/catalog.ts';
import { Day } from '../src/domain/ids.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import { plainText } from '../src/domain/text.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { CatalogImporter, CatalogPreview } from '../src/services/import-catalog.ts';

/** A list of five thousand codes takes about a third of it. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

const Name = z.enum(catalogNames);
/** One code as the admin API shows it. */
export const CatalogItemView = CatalogItem.meta({ id: 'CatalogItem' });

const UploadForm = z.strictObject({
  encoding: z.string().trim().min(1).max(40).exactOptional(),
  version: plainText(60).exactOptional(),
  from: Day.exactOptional(),
});

const CatalogImportView = z
  .object({
    id: z.string(),
    kind: Name,
    version: z.string(),
    from: Day,
    counts: z.object({
      codes: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      ended: z.number().int(),
      unchanged: z.number().int(),
    }),
    added: z.array(CatalogItemView),
    changed: z.array(z.object({ before: CatalogItemView, after: CatalogItemView })),
    ended: z.array(CatalogItemView),
    errors: z.array(z.object({ row: z.number().int(), column: z.string(), code: z.string() })),
    /** The revision that it became; null while it is only a preview. */
    revision: z.number().int().nullable(),
  })
  .meta({ id: 'CatalogImport' });

const tag = 'catalogs';
const kind = z.object({ name: Name });
const one = z.object({ name: Name, id: z.string().regex(/^cat_[a-z0-9]{4,40}$/) });

interface Parts {
  readonly catalogImporter: CatalogImporter;
}

/** Newer versions of code lists: a preview of what would be added, changed and ended, then the commit. For operators only. */
export function catalogImportRoutes(parts: Parts): readonly Endpoint[] {
  return [uploadRoute(parts), ...draftRoutes(parts)];
}

function uploadRoute({ catalogImporter }: Parts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/catalogs/{name}/imports',
    summary: 'Upload a newer version of a code list (CSV or JSON): shows what it would change; nothing counts yet',
    tag,
    scope: 'write',
    request: { params: kind, upload: { field: 'file', maxBytes: MAX_FILE_BYTES }, body: UploadForm },
    response: { status: 201, body: CatalogImportView },
    refusals: [
      'not-found',
      'file-missing',
      'encoding-unknown',
      'import-unreadable',
      'import-too-large',
      'import-empty',
      'catalog-other-kind',
    ],
    handle: async ({ params: { name }, file, body }) => {
      if (!file) return refuse('file-missing');
      return mapOutcome(await catalogImporter.upload(name, file.bytes, body), importView);
    },
  });
}

function draftRoutes({ catalogImporter }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/catalogs/{name}/imports/{id}',
      summary: 'An uploaded code list and what it would change',
      tag,
      scope: 'read',
      request: { params: one },
      response: { status: 200, body: CatalogImportView },
      refusals: ['not-found'],
      handle: async ({ params: { name, id } }) => mapOutcome(await catalogImporter.find(name, id), importView),
    }),
    endpoint({
      method: 'post',
      path: '/catalogs/{name}/imports/{id}/commit',
      summary: 'Make it the version that counts from its day; a second commit changes nothing',
      tag,
      scope: 'write',
      request: { params: one },
      response: { status: 200, body: CatalogImportView },
      refusals: ['not-found', 'catalog-invalid', 'catalog-moved'],
      handle: async ({ params: { name, id }, viewer }) =>
        mapOutcome(await catalogImporter.commit(name, id, viewer.keyId), importView),
    }),
  ];
}

function importView({ difference, items, revision, ...rest }: CatalogPreview) {
  const { added, changed, ended, unchanged } = difference;
  const counts = {
    codes: items.length,
    ...{ added: added.length, changed: changed.length, ended: ended.length, unchanged },
  };
  return { ...rest, counts, added, changed, ended, revision: revision ?? null };
}
