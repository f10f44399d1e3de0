import { z } from 'zod';
import { accept, refuse } from '../src/domain/outcome.ts';
import { encodingNamed } from '../src/domain/phone-list/decode-text.ts';
import { fieldNamed } from '../src/domain/phone-list/list-fields.ts';
import { plainText } from '../src/domain/text.ts';
import type { Access } from '../src/http/endpoint-access.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import type { MappingStore } from '../src/ports-imports.ts';
import { rightToImport } from './phone-import-views.ts';

/** What headings of a file mean: heading → field or heading of the template, null to leave the column aside. */
export const Columns = z.record(z.string().max(200), z.string().max(100).nullable());
export const EncodingName = z.string().trim().min(1).max(40);
export const MappingName = plainText(60);

const Mapping = z
  .strictObject({ columns: Columns, encoding: EncodingName.exactOptional() })
  .meta({ id: 'ColumnMapping' });
const NamedMapping = z
  .object({ name: z.string(), columns: Columns, encoding: z.string().exactOptional() })
  .meta({ id: 'NamedColumnMapping' });

const tag = 'phones';
const access: Pick<Access<unknown, unknown, unknown, never>, 'right'> = { right: rightToImport };
const one = { params: z.object({ name: MappingName }) };

/** Mappings of columns, kept by name for the next list of the same kind. */
export function columnMappingRoutes(mappings: MappingStore): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/phones/column-mappings',
      summary: 'The mappings of columns that were saved: those of the asker’s own firm',
      tag,
      scope: 'read',
      access,
      response: { status: 200, body: z.object({ items: z.array(NamedMapping) }) },
      refusals: [],
      handle: async ({ viewer }) => accept({ items: await mappings.all(viewer.firmId) }),
    }),
    endpoint({
      method: 'put',
      path: '/phones/column-mappings/{name}',
      summary: 'Save what the headings of a kind of list mean; an upload names it as `mapping`',
      tag,
      scope: 'write',
      access,
      request: { ...one, body: Mapping },
      response: { status: 200, body: NamedMapping },
      refusals: ['encoding-unknown', 'import-columns-unknown'],
      async handle({ params: { name }, body, viewer }) {
        if (body.encoding !== undefined && !encodingNamed(body.encoding)) return refuse('encoding-unknown');
        const odd = Object.values(body.columns).find((meant) => meant !== null && fieldNamed(meant) === undefined);
        if (odd) return refuse('import-columns-unknown', odd.slice(0, 60));
        await mappings.save({ name, ...body }, viewer.firmId);
        return accept({ name, ...body });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/phones/column-mappings/{name}',
      summary: 'Forget a mapping of columns',
      tag,
      scope: 'write',
      access,
      request: one,
      response: { status: 204 },
      refusals: ['not-found'],
      handle: async ({ params, viewer }) =>
        (await mappings.remove(params.name, viewer.firmId)) ? accept(undefined) : refuse('not-found'),
    }),
  ];
}
