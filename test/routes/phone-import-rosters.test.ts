import { expect } from 'chai';
import { workbooks } from '../../src/workbook/workbooks.ts';
import { created, expectProblem } from '../support/admin-api.ts';
import { type ListOffice, openListOffice } from '../support/list-office.ts';

const ABOVE = ['中央マンション新築工事', '', '作業員名簿', '2026年4月1日現在'];
const HEADING = 'No.,会社名,会社フリガナ,氏名,,フリガナ,携帯電話';
const HALVES = ',,,姓,名,,';
const personOf = (place: number) =>
  `${String(place)},見本工業,ミホンコウギョウ,試験,${String(place)}郎,シケン${String(place)}ロウ,090-5678-100${String(place)}`;
const ROSTER = [...ABOVE, HEADING, HALVES, personOf(1), personOf(2), '3,,,,,,', ',合計,2名,,,,'].join('\r\n');

interface Row {
  readonly row: number;
  readonly line: number;
  readonly state: string;
  readonly issues: readonly { readonly code: string; readonly line: number }[];
}

describe('the roster of a site, as offices keep it', () => {
  let office: ListOffice;
  beforeEach(async () => {
    office = await openListOffice();
  });
  afterEach(() => office.close());

  const rowsOf = async (id: string) =>
    (await office.send('get', `/phones/imports/${id}/rows`)).body.items as readonly Row[];

  for (const form of ['CSV', 'XLSX', 'pasted text'] as const) {
    it(`is read below its title, says what it left aside, and is committed: ${form}`, async () => {
      const lines = ROSTER.split('\r\n').map((line) => line.split(','));
      const tabbed = lines.map((cells) => cells.join('\t')).join('\n');
      const answer =
        form === 'pasted text'
          ? await office.send('post', '/phones/imports').field({ text: tabbed })
          : await office.upload(form === 'CSV' ? ROSTER : await workbooks.write(lines));
      const report = created(answer);
      expect(report).to.deep.include({
        ...{ headingLine: 5, headingLines: 2, missing: [], errors: [] },
        above: [
          { line: 1, cells: ['中央マンション新築工事'] },
          { line: 3, cells: ['作業員名簿'] },
          { line: 4, cells: ['2026年4月1日現在'] },
        ],
        counts: { rows: 4, valid: 2, invalid: 0, warnings: 2, dropped: 2 },
      });
      const noted = (answer.body as { warnings: readonly (Row['issues'][number] & { readonly row: number })[] })
        .warnings;
      expect(noted.map(({ code, row, line }) => [code, row, line])).to.deep.equal([
        ['lines-above', 0, 6],
        ['row-aside', 3, 9],
        ['row-aside', 4, 10],
      ]);
      const rows = await rowsOf(report.id);
      expect(rows.map(({ row, line, state }) => [row, line, state])).to.deep.equal([
        [1, 7, 'valid'],
        [2, 8, 'valid'],
        [3, 9, 'dropped'],
        [4, 10, 'dropped'],
      ]);
      const done = await office.send('post', `/phones/imports/${report.id}/commit`);
      expect(done.body).to.deep.equal({ created: 2, updated: 0, unchanged: 0 });
      const { items } = (await office.send('get', '/workers')).body as { items: readonly { readonly name: string }[] };
      expect(items.map(({ name }) => name)).to.have.members(['試験 1郎', '試験 2郎']);
    });
  }

  it('gives a row back that was left aside when somebody takes it in', async () => {
    const { id } = created(await office.upload(ROSTER));
    const path = `/phones/imports/${id}/rows/3`;
    const cells = { 会社名: '見本工業', 携帯電話: '090-5678-1003', '氏名 姓': '試験', 技能者カナ: 'シケンサブロウ' };
    expect((await office.send('patch', path).send({ cells })).body).to.include({ state: 'valid', row: 3, line: 9 });
    expect((await office.send('patch', path).send({ drop: true })).body).to.deep.include({
      ...{ state: 'dropped', issues: [] },
    });
    const taken = await office.send('patch', `/phones/imports/${id}/rows/4`).send({ drop: false });
    expect(taken.body).to.include({ state: 'invalid' });
  });

  it('is read from the line of headings that somebody says, corrections staying with their lines', async () => {
    const list = '会社名,見本工業\nA,B,C,D,E\n見本工業,ミホン,試験一郎,シケンイチロウ,090-5678-2001\n';
    const draft = created(await office.upload(list, { columns: JSON.stringify({ 見本工業: null }) }));
    expect(draft).to.include({ headingLine: 1 });
    const path = `/phones/imports/${draft.id}`;
    await office.send('patch', `${path}/rows/1`).send({ drop: true });
    await office.send('patch', `${path}/rows/2`).send({ cells: { 見本工業: 'ミホンコウギョウ' } });
    expectProblem(await office.send('patch', path).send({ headingLine: 9 }), 404, 'import-row-unknown');
    const columns = { A: 'firmName', B: 'firmKana', C: 'workerName', D: 'workerKana', E: 'number' };
    const read = await office.send('patch', path).send({ headingLine: 2, columns });
    expect(read.body, read.text).to.deep.include({ headingLine: 2, missing: [], errors: [] });
    expect(read.body.above).to.deep.equal([{ line: 1, cells: ['会社名', '見本工業'] }]);
    const [row] = await rowsOf(draft.id);
    expect(row).to.include({ row: 1, line: 3, state: 'valid' });
    const again = await office.send('patch', path).send({ encoding: 'utf-8' });
    expect(again.body, again.text).to.include({ headingLine: 2 });
    const chosen = created(await office.upload(list, { headingLine: '2', columns: JSON.stringify(columns) }));
    expect(chosen).to.deep.include({ headingLine: 2, missing: [] });
    expectProblem(await office.upload(list, { headingLine: '0' }), 400, 'input-invalid');
  });

  it('lets a row say what the file has no column for', async () => {
    const list =
      '会社名,氏名,フリガナ,携帯\n見本工業,試験一郎,シケンイチロウ,090-5678-3001\n見本工業,試験二郎,シケンジロウ,090-5678-3002\n';
    const { id, errors } = created(await office.upload(list));
    expect(errors.map(({ code, column }) => [code, column])).to.deep.equal([
      ['kana-missing', '事業者カナ'],
      ['kana-missing', '事業者カナ'],
    ]);
    const path = `/phones/imports/${id}/rows/1`;
    const patched = await office
      .send('patch', path)
      .send({ cells: { 事業者カナ: 'ミホンコウギョウ', position: '職長' } });
    expect(patched.body, patched.text).to.nested.include({ 'cells.事業者カナ': 'ミホンコウギョウ', state: 'valid' });
    expectProblem(await office.send('patch', path).send({ cells: { 靴: '26' } }), 422, 'import-columns-unknown');
    const done = await office.send('post', `/phones/imports/${id}/commit`);
    expect(done.body).to.deep.equal({ created: 2, updated: 0, unchanged: 0 });
    const phones = (await office.send('get', '/phones')).body.items as readonly { readonly position?: string }[];
    expect(phones.map(({ position }) => position)).to.have.members(['FOREMAN', undefined]);
  });

  it('may say "the same as above", and is told the firm above where a row has none (R-101)', async () => {
    const person = (firm: string, place: number) =>
      `${firm},試験${String(place)}郎,シケン${String(place)}ロウ,090-5678-400${String(place)}`;
    const rows = [person('見本工業,ミホン', 1), person('〃,同上', 2), person(',', 3), ',,※試験,'];
    const report = created(await office.upload(['会社名,会社名カナ,氏名,フリガナ,携帯', ...rows].join('\n')));
    expect(report.counts).to.include({ valid: 2, invalid: 1, dropped: 1 });
    const listed = (await office.send('get', `/phones/imports/${report.id}/rows`)).body.items as readonly {
      readonly issues: readonly { readonly code: string; readonly column: string; readonly suggestion?: string }[];
    }[];
    expect(listed[1]?.issues.map(({ code, column, suggestion }) => [code, column, suggestion])).to.deep.equal([
      ['cell-ditto', '会社名', '見本工業'],
      ['cell-ditto', '会社名カナ', 'ミホン'],
    ]);
    expect(listed[2]?.issues).to.have.length(1);
    expect(listed[2]?.issues[0]).to.include({ code: 'firm-missing', suggestion: '見本工業' });
    const done = await office.send('post', `/phones/imports/${report.id}/commit`);
    expect(done.body).to.deep.equal({ created: 2, updated: 0, unchanged: 0 });
    expect((await office.send('get', '/firms')).body.items).to.have.length(1);
  });
});
