import { z } from 'zod';
import { type Outcome, accept, mapOutcome, refuse } from '../src/domain/outcome.ts';
import { ImportId } from '../src/domain/phone-list/phone-import.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { answerPage, listQuery, pageOf } from '../src/http/paging.ts';
import { type RawAnswer, answerRaw } from '../src/http/raw-answer.ts';
import type { CommitImport } from '../src/services/commit-import.ts';
import type { PhoneImporter } from '../src/services/import-phones.ts';
import { CommitView, ImportView, RowStates, RowView, importView, isInState, rowView } from './phone-import-views.ts';

/** Twenty thousand rows take about a quarter of it. */
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const CSV = 'text/csv; charset=utf-8';

const Columns = z.record(z.string().max(200), z.string().max(100).nullable());
const EncodingName = z.string().trim().min(1).max(40);

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
});
const ImportChange = z
  .strictObject({ encoding: EncodingName.exactOptional(), columns: Columns.exactOptional() })
  .meta({ id: 'PhoneImportChange' });
const RowChange = z
  .strictObject({
    cells: z.record(z.string().max(200), z.string().max(500)).exactOptional(),
    drop: z.boolean().exactOptional(),
  })
  .meta({ id: 'PhoneImportRowChange' });

const FormatQuery = z.strictObject({ format: z.string().max(20).default('csv') });
const RowNumber = z.coerce.number().int().min(1).max(10_000_000);

const tag = 'phones';
const one = { params: z.object({ id: ImportId }) };
const unreadable = [
  'encoding-unknown',
  'import-unreadable',
  'import-too-large',
  'import-empty',
  'import-columns-missing',
  'import-columns-unknown',
] as const;
const unchangeable = [...unreadable, 'not-found', 'in-progress', 'conflict', 'import-committed', 'stale'] as const;

interface Parts {
  readonly importer: PhoneImporter;
  readonly commitImport: CommitImport;
  readonly exportPhones: () => Promise<string>;
  readonly template: () => string;
}

/** A builder's telephone list (電話番号一覧): template, export, and import with a preview before anything is saved. */
export function phoneImportRoutes(parts: Parts): readonly Endpoint[] {
  return [...fileRoutes(parts), ...draftRoutes(parts), ...rowRoutes(parts)];
}

function fileRoutes({ exportPhones, template }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/phones/template',
      summary: 'An empty telephone list with its headings (CSV, UTF-8 with BOM)',
      tag,
      scope: 'read',
      request: { query: FormatQuery },
      response: { status: 200, raw: ['text/csv'] },
      refusals: ['format-unknown'],
      handle: async ({ query }) => answerCsv(query.format, 'phones-template.csv', () => Promise.resolve(template())),
    }),
    endpoint({
      method: 'get',
      path: '/phones/export',
      summary: 'The telephone list with whole numbers, as it can be imported again (CSV, UTF-8 with BOM)',
      tag,
      scope: 'write',
      request: { query: FormatQuery },
      response: { status: 200, raw: ['text/csv'] },
      refusals: ['format-unknown'],
      handle: async ({ query }) => answerCsv(query.format, 'phones.csv', exportPhones),
    }),
  ];
}

function draftRoutes({ importer, commitImport }: Parts): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/phones/imports',
      summary: 'Upload a telephone list (CSV or TSV): shows what is wrong with it; nothing is saved yet',
      tag,
      scope: 'write',
      request: { upload: { field: 'file', maxBytes: MAX_FILE_BYTES }, body: UploadForm },
      response: { status: 201, body: ImportView },
      refusals: ['file-missing', ...unreadable],
      handle: async ({ file, body }) =>
        file ? mapOutcome(await importer.upload(file.bytes, body), importView) : refuse('file-missing'),
    }),
    endpoint({
      method: 'get',
      path: '/phones/imports/{id}',
      summary: 'An uploaded list, held against what is on file now',
      tag,
      scope: 'read',
      request: one,
      response: { status: 200, body: ImportView, etag: true },
      refusals: ['not-found', ...unreadable],
      handle: async ({ params }) => mapOutcome(await importer.find(params.id), importView),
    }),
    endpoint({
      method: 'patch',
      path: '/phones/imports/{id}',
      summary: 'Read the list in another encoding, or its columns in another sense ({heading: field or null})',
      tag,
      scope: 'write',
      request: { ...one, body: ImportChange },
      response: { status: 200, body: ImportView, etag: true },
      refusals: unchangeable,
      handle: async ({ params, body, matches }) =>
        mapOutcome(await importer.change(params.id, body, (report) => matches(importView(report))), importView),
    }),
    endpoint({
      method: 'post',
      path: '/phones/imports/{id}/commit',
      summary: 'Save the good rows; a second commit changes nothing',
      tag,
      scope: 'write',
      request: one,
      response: { status: 200, body: CommitView },
      refusals: ['not-found', 'in-progress', 'conflict', ...unreadable],
      handle: ({ params }) => commitImport(params.id),
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
      scope: 'write',
      request: { ...one, query: listQuery({ state: RowStates.exactOptional() }) },
      response: { status: 200, body: pageOf(RowView) },
      refusals: ['not-found', ...unreadable],
      handle: async ({ params, query }) =>
        mapOutcome(await importer.find(params.id), ({ preview }) => {
          const after = Number(query.cursor ?? 0);
          const rows = preview.rows.filter((row) => row.row > after && isInState(row, query.state));
          const items = rows.slice(0, query.limit);
          const last = items.at(-1);
          return answerPage(
            rows.length > items.length && last ? { items, next: String(last.row) } : { items },
            rowView,
          );
        }),
    }),
    endpoint({
      method: 'patch',
      path: '/phones/imports/{id}/rows/{row}',
      summary: 'Correct cells of one row (by heading), leave it out, or take it in again',
      tag,
      scope: 'write',
      request: { params: z.object({ id: ImportId, row: RowNumber }), body: RowChange },
      response: { status: 200, body: RowView },
      refusals: [...unchangeable, 'import-row-unknown'],
      handle: async ({ params, body }) => mapOutcome(await importer.changeRow(params.id, params.row, body), rowView),
    }),
  ];
}

async function answerCsv(
  format: string,
  name: string,
  write: () => Promise<string>,
): Promise<Outcome<RawAnswer, 'format-unknown'>> {
  if (format !== 'csv') return refuse('format-unknown', format);
  const headers = { 'Content-Disposition': `attachment; filename="${name}"` };
  return accept(answerRaw({ contentType: CSV, headers, body: await write() }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
