import { z } from 'zod';
import type { Viewer } from '../src/domain/api-key.ts';
import { mapOutcome, refuse } from '../src/domain/outcome.ts';
import type { ImportOwner } from '../src/domain/phone-list/list-bounds.ts';
import { ImportId } from '../src/domain/phone-list/phone-import.ts';
import { present } from '../src/domain/present.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf } from '../src/http/paging.ts';
import type { Touches } from '../src/http/touches.ts';
import type { PhoneLists } from '../src/services/phone-lists.ts';
import { rowStates } from '../src/services/report-import.ts';
import { Columns, EncodingName, MappingName } from './column-mappings.ts';
import { watchRoute } from './phone-import-events.ts';
import {
  CommitView,
  ImportView,
  RowView,
  accessToImport,
  importView,
  ofImport,
  rightToImport,
  rowView,
} from './phone-import-views.ts';

/** A hundred thousand rows take about a third of it. */
const MAX_FILE_BYTES = 40 * 1024 * 1024;
/** What is pasted comes as a text field of the form. */
const MAX_TEXT = 2_000_000;

/** A line of the file; nobody has so many titles. */
const MOST_LINES = 1000;

/** A form has no objects: `columns` comes as JSON in a text field. */
const ColumnsText = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    const parsed = Columns.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.issues.push({ code: 'custom', params: { code: 'format' }, input: text });
    return z.NEVER;
  });

const UploadForm = z.strictObject({
  encoding: EncodingName.or(z.literal('')).exactOptional(),
  columns: ColumnsText.exactOptional(),
  mapping: MappingName.exactOptional(),
  headingLine: z.coerce.number().int().min(1).max(MOST_LINES).exactOptional(),
  text: z.string().max(MAX_TEXT).exactOptional(),
});
const ImportChange = z
  .strictObject({
    encoding: EncodingName.exactOptional(),
    columns: Columns.exactOptional(),
    mapping: MappingName.exactOptional(),
    headingLine: z.number().int().min(1).max(MOST_LINES).exactOptional(),
  })
  .meta({ id: 'PhoneImportChange' });
const RowChange = z
  .strictObject({
    cells: z.record(z.string().max(200), z.string().max(500)).exactOptional(),
    drop: z.boolean().exactOptional(),
    anotherPerson: z.boolean().exactOptional(),
  })
  .meta({ id: 'PhoneImportRowChange' });

const RowNumber = z.coerce.number().int().min(1).max(10_000_000);

const tag = 'phones';
const unreadable = [
  'encoding-unknown',
  'import-unreadable',
  'import-too-large',
  'import-empty',
  'import-columns-unknown',
  'import-row-unknown',
  'mapping-unknown',
] as const;
const unchangeable = ['not-found', 'in-progress', 'conflict', 'import-committed', 'import-over'] as const;

type Parts = Pick<
  PhoneLists,
  'importer' | 'commitImport' | 'undoImport' | 'cancelImport' | 'watchImport' | 'findListed'
>;

/** The import of a builder's telephone list (電話番号一覧), with a preview before anything is saved. */
export function phoneImportRoutes(parts: Parts): readonly Endpoint[] {
  return [...draftRoutes(parts), ...rowRoutes(parts), ...endRoutes(parts), watchRoute(parts)];
}

function draftRoutes({ importer }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/phones/imports',
      summary:
        'Upload a telephone list (CSV, TSV, XLSX, or pasted as text; titles may stand above its headings): shows what is wrong with it; nothing is saved yet',
      tag,
      scope: 'write',
      access: { right: rightToImport },
      request: { upload: { field: 'file', maxBytes: MAX_FILE_BYTES, maxTextBytes: 3 * MAX_TEXT }, body: UploadForm },
      response: { status: 201, body: ImportView },
      refusals: ['file-missing', ...unreadable],
      handle: async ({ file, body: { text, ...said }, viewer }) => {
        const reading = { ...said, ...present({ owner: ownerOf(viewer) }) };
        if (file) return mapOutcome(await importer.upload(file.bytes, reading), importView);
        if (text === undefined) return refuse('file-missing');
        return mapOutcome(await importer.upload(Buffer.from(text), { ...reading, encoding: 'utf-8' }), importView);
      },
    }),
    endpoint({
      method: 'get',
      path: '/phones/imports/{id}',
      summary: 'An uploaded list, held against what is on file now',
      tag,
      scope: 'read',
      access: accessToImport,
      request: ofImport,
      response: { status: 200, body: ImportView, etag: true },
      refusals: ['not-found'],
      handle: async ({ params }) => mapOutcome(await importer.find(params.id), importView),
    }),
    endpoint({
      method: 'patch',
      path: '/phones/imports/{id}',
      summary:
        'Read the list in another encoding, its columns in another sense ({heading: field or null}), or its headings from another line',
      tag,
      scope: 'write',
      access: accessToImport,
      request: { ...ofImport, body: ImportChange },
      response: { status: 200, body: ImportView, etag: true },
      refusals: [...unreadable, ...unchangeable, 'stale'],
      handle: async ({ params, body, matches }) =>
        mapOutcome(await importer.change(params.id, body, (report) => matches(importView(report))), importView),
    }),
  ];
}

function rowRoutes({ importer }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/phones/imports/{id}/rows',
      summary: 'The rows of an uploaded list as they stand, with whole numbers',
      tag,
      personal: true,
      scope: 'write',
      access: accessToImport,
      request: { ...ofImport, query: listQuery({ state: z.enum(rowStates).exactOptional() }) },
      response: { status: 200, body: pageOf(RowView) },
      refusals: ['not-found'],
      handle: async ({ params, query: { cursor, limit, state } }) => {
        const wanted = { after: Number(cursor ?? 0), limit, ...(state ? { state } : {}) };
        return mapOutcome(await importer.rows(params.id, wanted), (rows) => {
          const items = rows.slice(0, limit);
          const last = items.at(-1);
          return answerPage(rows.length > limit && last ? { items, next: String(last.row) } : { items }, rowView);
        });
      },
    }),
    endpoint({
      method: 'patch',
      path: '/phones/imports/{id}/rows/{row}',
      summary:
        'Correct cells of one row (by heading), leave it out, take it in again, or say that it is another person',
      tag,
      scope: 'write',
      access: accessToImport,
      request: { params: z.object({ id: ImportId, row: RowNumber }), body: RowChange },
      response: { status: 200, body: RowView },
      refusals: [...unchangeable, 'import-row-unknown', 'import-columns-unknown', 'import-too-large'],
      handle: async ({ params, body }) => mapOutcome(await importer.changeRow(params.id, params.row, body), rowView),
    }),
  ];
}

function endRoutes({ commitImport, undoImport, cancelImport, findListed }: Parts): readonly Endpoint[] {
  const response = { status: 200, body: CommitView };
  const touches: Touches = async ({ id }) => findListed(ImportId.parse(id));
  return [
    endpoint({
      method: 'post',
      path: '/phones/imports/{id}/commit',
      summary: 'Save the good rows; a second commit changes nothing; with inform=true people are told of their numbers',
      tag,
      scope: 'write',
      access: accessToImport,
      touches,
      request: { ...ofImport, query: z.strictObject({ inform: z.enum(['true', 'false']).default('false') }) },
      response,
      refusals: ['not-found', 'in-progress', 'conflict', 'import-over', 'import-columns-missing'],
      handle: ({ params, query }) => commitImport(params.id, query.inform === 'true'),
    }),
    endpoint({
      method: 'post',
      path: '/phones/imports/{id}/cancel',
      summary: 'Drop the list; a commit under way stops, and answers what it has saved, which can be undone',
      tag,
      scope: 'write',
      access: accessToImport,
      touches,
      request: ofImport,
      response,
      refusals: ['not-found', 'in-progress', 'import-committed', 'import-over'],
      handle: ({ params }) => cancelImport(params.id),
    }),
    endpoint({
      method: 'post',
      path: '/phones/imports/{id}/undo',
      summary: 'Take back what was saved while nobody has used it: how many numbers were taken away and put back',
      tag,
      scope: 'write',
      access: accessToImport,
      touches,
      request: ofImport,
      response,
      refusals: ['not-found', 'in-progress', 'conflict', 'import-not-committed', 'import-used'],
      handle: ({ params }) => undoImport(params.id),
    }),
  ];
}

/** The operator's lists are nobody's. */
function ownerOf({ keyId, role, firmId, siteIds }: Viewer): ImportOwner | undefined {
  return firmId && role !== 'operator' ? { by: keyId, role, firmId, ...present({ siteIds }) } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
