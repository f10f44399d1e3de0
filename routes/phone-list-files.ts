import { z } from 'zod';
import { type Viewer, roles } from '../src/domain/api-key.ts';
import type { FirmId } from '../src/domain/ids.ts';
import { type Outcome, accept, refuse } from '../src/domain/outcome.ts';
import { MAX_WORKBOOK_ROWS } from '../src/domain/phone-list/read-table.ts';
import { writeCsv } from '../src/domain/phone-list/write-list.ts';
import type { Reach } from '../src/domain/reach.ts';
import { type Endpoint, endpoint } from '../src/http/endpoint.ts';
import { type RawAnswer, answerRaw } from '../src/http/raw-answer.ts';
import type { Workbooks } from '../src/ports-imports.ts';
import type { ExportedList } from '../src/services/export-phones.ts';
import type { PhoneLists } from '../src/services/phone-lists.ts';
import { columnMappingRoutes } from './column-mappings.ts';
import { rightToImport } from './phone-import-views.ts';
import { phoneImportRoutes } from './phone-imports.ts';

const CSV = 'text/csv; charset=utf-8';
const HEADING_LINES = 1;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const FormatQuery = z.strictObject({ format: z.string().max(20).default('csv') });
/** The days may be written by the era, as in forms; read back they are the same. */
const ExportQuery = FormatQuery.extend({ calendar: z.enum(['western', 'era']).default('western') });
const TemplateQuery = FormatQuery.extend({ kind: z.enum(['full', 'simple']).default('full') });

const tag = 'phones';
const raw = ['text/csv', XLSX];

/** A builder's telephone list (電話番号一覧): template, export, and everything about its import. */
export function phoneListRoutes(lists: PhoneLists): readonly Endpoint[] {
  return [...fileRoutes(lists), ...phoneImportRoutes(lists), ...columnMappingRoutes(lists.mappings)];
}

function fileRoutes({ exportPhones, template, workbooks }: PhoneLists): readonly Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/phones/template',
      summary:
        'An empty telephone list with its headings: CSV (UTF-8 with BOM) or XLSX with cells of text, full or simple',
      tag,
      scope: 'read',
      roles,
      request: { query: TemplateQuery },
      response: { status: 200, raw },
      refusals: ['format-unknown', 'export-too-large'],
      handle: ({ query }) =>
        answerFile(workbooks, { lines: [template(query.kind)] }, { ...query, name: 'phones-template' }),
    }),
    endpoint({
      method: 'get',
      path: '/phones/export',
      summary: 'The telephone list with whole numbers, as it can be imported again (CSV or XLSX)',
      tag,
      scope: 'write',
      access: { right: rightToImport },
      personal: true,
      fresh: true,
      request: { query: ExportQuery },
      response: { status: 200, raw },
      refusals: ['format-unknown', 'export-too-large'],
      handle: async ({ query: { format, calendar }, viewer, reach }) => {
        if (!isFormat(format)) return refuse('format-unknown', format);
        const lines = await exportPhones(await exportedFirms(viewer, reach), { inEra: calendar === 'era' });
        return answerFile(workbooks, lines, { format, name: 'phones' });
      },
    }),
  ];
}

/** A firm's office exports its own people, a key of the operator's all, a person of the operator's those into which he has opened a look. */
async function exportedFirms({ firmId }: Viewer, reach: Reach): Promise<readonly FirmId[] | 'everything'> {
  if (reach.everything) return 'everything';
  return (await reach.lookedInto()) ?? (firmId ? [firmId] : []);
}

async function answerFile(
  workbooks: Workbooks,
  { lines, ...people }: Pick<ExportedList, 'lines'> & Partial<ExportedList>,
  { format, name }: { readonly format: string; readonly name: string },
): Promise<Outcome<RawAnswer, 'format-unknown' | 'export-too-large'>> {
  if (!isFormat(format)) return refuse('format-unknown', format);
  const headers = { 'Content-Disposition': `attachment; filename="${name}.${format}"` };
  if (format === 'csv') return accept(answerRaw({ contentType: CSV, headers, body: writeCsv(lines), ...people }));
  if (lines.length > MAX_WORKBOOK_ROWS + HEADING_LINES) return refuse('export-too-large', 'csv');
  // A workbook of headings alone gets empty lines of text cells, so that what is typed there stays text.
  const filled = lines.length > 1 ? lines : [...lines, ...blankLines(lines[0]?.length ?? 0)];
  return accept(answerRaw({ contentType: XLSX, headers, body: await workbooks.write(filled), ...people }));
}

function isFormat(format: string): format is 'csv' | 'xlsx' {
  return format === 'csv' || format === 'xlsx';
}

function blankLines(width: number): readonly (readonly string[])[] {
  return Array.from({ length: 500 }, () => Array.from({ length: width }, () => ''));
}
