import { stringify } from 'csv-stringify/sync';
import { eraText } from '../src/domain/era-day.ts';
import type { HistoryView } from './history-view.ts';

const HEADINGS = [
  '就業日',
  '現場',
  '技能者',
  '事業者',
  '入場',
  '退場',
  '職種コード',
  '立場コード',
  '方法',
  '評価対象',
  '理由',
  '注意',
  '版',
  '連携',
];

/** Histories as a file for an office: UTF-8 with BOM, times as they stand, formulas made harmless; days by the era where that is asked for. */
export async function* historiesAsCsv(histories: AsyncIterable<HistoryView>, inEra = false): AsyncIterable<string> {
  yield '\uFEFF' + lineOf(HEADINGS);
  for await (const one of histories) {
    yield lineOf([
      inEra ? eraText(one.workDate) : one.workDate,
      one.siteId,
      one.workerId,
      one.employerId,
      one.entryAt,
      one.exitAt,
      one.jobType,
      one.position,
      one.method,
      one.evaluable ? '○' : '',
      one.notEvaluableReasons.join(' '),
      one.flags.join(' '),
      String(one.version),
      one.forwarding.state,
    ]);
  }
}

function lineOf(cells: readonly (string | null)[]): string {
  return stringify([cells.map((cell) => cell ?? '')], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
  });
}
