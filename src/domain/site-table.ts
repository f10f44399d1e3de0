import { type Outcome, accept, refuse } from './outcome.ts';
import { type TableRefusal, openTable, splitText } from './phone-list/read-table.ts';

/** One house of many, as it was typed. */
export type SiteCells = Readonly<Record<string, unknown>>;

/** More houses than one builder registers at once. */
export const MOST_SITES = 200;

const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  name: ['現場名', '名称', 'name', 'site name'],
  kana: ['現場カナ', '現場名カナ', 'カナ', 'フリガナ', 'kana'],
  postalCode: ['郵便番号', '〒', 'postalCode', 'postal code', 'zip'],
  address: ['住所', '現場住所', '所在地', 'address'],
  from: ['開始日', '着工日', '期間開始', '就業履歴蓄積期間開始', '就業履歴蓄積期間自', 'from', 'start'],
  to: [
    '終了日',
    '完了日',
    '竣工日',
    '完成予定日',
    '期間終了',
    '就業履歴蓄積期間終了',
    '就業履歴蓄積期間至',
    'to',
    'end',
  ],
  siteManagerId: ['現場管理者', '現場管理者ID', 'siteManagerId', 'manager'],
  contactName: ['担当者', '現場担当者', '現場担当者名', 'contactName', 'contact'],
  officeAddress: ['現場事務所', '現場事務所住所', 'officeAddress', 'office'],
  ccusId: ['現場ID', 'ccusId'],
};

/** The rows of a list of houses as comma or tab separated text; a heading that nobody knows is kept, to be complained of. */
export async function readSiteTable(text: string): Promise<Outcome<readonly SiteCells[], TableRefusal>> {
  const table = await openTable(splitText([text]), MOST_SITES);
  if (!table.ok) return table;
  const fields = table.value.headings.map(fieldOf);
  const rows: SiteCells[] = [];
  for await (const line of table.value.rows) {
    if (!line.ok) return line;
    const cells = line.value.cells.map((cell, place) => [fields[place] ?? '', cell.trim()] as const);
    rows.push(Object.fromEntries(cells.filter(([field, cell]) => field !== '' && cell !== '')));
  }
  return rows.length === 0 ? refuse('import-empty') : accept(rows);
}

function fieldOf(heading: string): string {
  const folded = fold(heading);
  const known = Object.entries(HEADINGS).find(([, names]) => names.some((name) => fold(name) === folded));
  return known?.[0] ?? heading;
}

function fold(heading: string): string {
  return heading.normalize('NFKC').toLowerCase().replace(/[\s_]/g, '');
}

/** A day as spreadsheets write it, `2026/4/1` or full width; anything else as it is. */
export function plainDay(typed: unknown): unknown {
  if (typeof typed !== 'string') return typed;
  const found = /^(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?$/.exec(typed.normalize('NFKC').trim());
  if (!found) return typed;
  const [, year = '', month = '', day = ''] = found;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
