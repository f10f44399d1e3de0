import { z } from 'zod';
import { roles } from '../src/domain/api-key.ts';
import { accept } from '../src/domain/outcome.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { type Catalogs, catalogNames } from '../src/services/read-catalogs.ts';

const CatalogItemView = z
  .object({
    code: z.string(),
    ja: z.string(),
    en: z.string(),
    status: z.enum(['confirmed', 'inferred']),
    source: z.string(),
    noteRequired: z.boolean().exactOptional(),
  })
  .meta({ id: 'CatalogItem' });

/** The code lists that other fields refer to; everybody with a key may read them. */
export function catalogRoutes({ catalogs }: { readonly catalogs: Catalogs }): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/catalogs/{name}',
      summary: 'A code list, whole',
      tag: 'catalogs',
      scope: 'read',
      roles,
      request: { params: z.object({ name: z.enum(catalogNames) }) },
      response: { status: 200, body: z.object({ items: z.array(CatalogItemView), nextCursor: z.null() }), etag: true },
      refusals: ['not-found'],
      handle: ({ params }) => accept({ items: catalogs.items(params.name), nextCursor: null }),
    }),
  ];
}
