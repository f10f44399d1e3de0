import { z } from 'zod';
import { roles } from '../src/domain/api-key.ts';
import { catalogNames } from '../src/domain/catalog/catalog.ts';
import { writeCatalogCsv, writeCatalogJson } from '../src/domain/catalog/catalog-file.ts';
import { Day } from '../src/domain/ids.ts';
import { accept, refuse } from '../src/domain/outcome.ts';
import { tokyoDay, tokyoText } from '../src/domain/work-day.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerRaw } from '../src/http/raw-answer.ts';
import type { CatalogImporter } from '../src/services/import-catalog.ts';
import type { Catalogs } from '../src/services/read-catalogs.ts';
import { CatalogItemView, catalogImportRoutes } from './catalog-imports.ts';

const Name = z.enum(catalogNames);

const VersionView = z
  .object({
    kind: Name,
    revision: z.number().int(),
    version: z.string(),
    /** The first day on which it counts; null: ever since. */
    from: Day.nullable(),
    codes: z.number().int(),
    importedAt: z.string().nullable(),
    by: z.string().nullable(),
  })
  .meta({ id: 'CatalogVersion' });

const tag = 'catalogs';
const one = z.object({ name: Name });

interface Parts {
  readonly catalogs: Catalogs;
  readonly catalogImporter: CatalogImporter;
  readonly clock: { now(): Date };
}

/** The code lists that other fields refer to; everybody with a key may read them, the operator brings newer ones in. */
export function catalogRoutes(parts: Parts): readonly Endpoint[] {
  return [...readings(parts), versionRoute(parts), exportRoute(parts), ...catalogImportRoutes(parts)];
}

function readings({ catalogs, clock }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/catalogs',
      summary: 'The code lists there are, each with the version that counts today',
      tag,
      scope: 'read',
      roles,
      response: { status: 200, body: z.object({ items: z.array(VersionView), nextCursor: z.null() }) },
      refusals: [],
      handle: async () => {
        await catalogs.refresh();
        const today = tokyoDay(clock.now());
        return accept({
          items: catalogNames.map((name) => versionView(catalogs.versionOn(name, today))),
          nextCursor: null,
        });
      },
    }),
    endpoint({
      method: 'get',
      path: '/catalogs/{name}',
      summary: 'A code list, whole, as it holds on a day',
      tag,
      scope: 'read',
      roles,
      request: { params: one, query: z.strictObject({ on: Day.exactOptional() }) },
      response: {
        status: 200,
        body: z.object({
          kind: Name,
          revision: z.number().int(),
          version: z.string(),
          items: z.array(CatalogItemView),
          nextCursor: z.null(),
        }),
        etag: true,
      },
      refusals: ['not-found'],
      handle: async ({ params: { name }, query: { on = tokyoDay(clock.now()) } }) => {
        await catalogs.refresh();
        const { kind, revision, version } = catalogs.versionOn(name, on);
        return accept({ kind, revision, version, items: catalogs.items(name, on), nextCursor: null });
      },
    }),
  ];
}

function versionRoute({ catalogs }: Parts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/catalogs/{name}/versions',
    summary: 'Every version of a code list, the shipped one first',
    tag,
    scope: 'read',
    request: { params: one },
    response: { status: 200, body: z.object({ items: z.array(VersionView), nextCursor: z.null() }) },
    refusals: ['not-found'],
    handle: async ({ params }) => {
      await catalogs.refresh();
      return accept({ items: catalogs.versions(params.name).map(versionView), nextCursor: null });
    },
  });
}

function exportRoute({ catalogs }: Parts): Endpoint {
  const Revision = z.coerce.number().int().min(0).max(1_000_000);
  return endpoint({
    method: 'get',
    path: '/catalogs/{name}/export',
    summary: 'A code list as a file in the shape in which it is imported; an earlier revision to go back to it',
    tag,
    scope: 'read',
    roles,
    request: {
      params: one,
      query: z.strictObject({ format: z.enum(['csv', 'json']).default('csv'), revision: Revision.exactOptional() }),
    },
    response: { status: 200, raw: ['text/csv', 'application/json'] },
    refusals: ['not-found'],
    handle: async ({ params: { name }, query: { format, revision } }) => {
      await catalogs.refresh();
      const found = catalogs.versions(name).at(revision ?? -1);
      if (!found) return refuse('not-found');
      const headers = { 'Content-Disposition': `attachment; filename="${name}-${String(found.revision)}.${format}"` };
      return accept(
        format === 'csv'
          ? answerRaw({ contentType: 'text/csv; charset=utf-8', headers, body: writeCatalogCsv(found.items) })
          : answerRaw({
              contentType: 'application/json; charset=utf-8',
              headers,
              body: writeCatalogJson(name, found.version, found.items),
            }),
      );
    },
  });
}

function versionView({ kind, revision, version, from, items, importedAt, by }: ReturnType<Catalogs['versionOn']>) {
  return {
    ...{ kind, revision, version, from, codes: items.length, by: by ?? null },
    importedAt: importedAt ? tokyoText(importedAt) : null,
  };
}
