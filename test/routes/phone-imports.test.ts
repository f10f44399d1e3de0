import { expect } from 'chai';
import Encoding from 'encoding-japanese';
import { created, expectProblem } from '../support/admin-api.ts';
import { HEADINGS, type ListOffice, openListOffice } from '../support/list-office.ts';

const serial = (place: number) => String(place).padStart(4, '0');
const goodLine = (place: number) =>
  `見本建設㈱,ミホンケンセツ,,見本${place}郎,ミホン${place}ロウ,,090-1234-${serial(place)},いいえ,34-01,FOREMAN,,はい,2026-11-01,`;
const listOf = (...lines: readonly string[]) => [HEADINGS, ...lines, ''].join('\r\n');

describe('the import of a telephone list', () => {
  let office: ListOffice;
  before(async () => {
    office = await openListOffice();
  });
  after(() => office.close());

  type Item = Readonly<Record<string, unknown>>;
  const itemsOf = async (path: string) => (await office.send('get', path)).body.items as readonly Item[];
  const namesOf = async (path: string) => (await itemsOf(path)).map(({ name }) => name);

  it('shows row by row what is wrong and saves nothing', async () => {
    const broken = goodLine(2).replace('090-1234-0002', '090-1234').replace('ミホン2ロウ', '');
    const report = created(await office.upload(`\uFEFF${listOf(goodLine(1), broken, ',,,,,,090-1234-0003,,,,,,,')}`));
    expect(report).to.include({ state: 'draft', encoding: 'utf-8' });
    expect(report.columns).to.include({ 事業者名: 'firmName', 電話番号: 'number', 有効終了日: 'validTo' });
    expect(report.counts).to.deep.equal({ rows: 3, valid: 1, invalid: 2, warnings: 0, dropped: 0 });
    const errors = report.errors;
    expect(errors.map(({ row, column, code }) => [row, column, code])).to.deep.equal([
      [2, '電話番号', 'number-impossible'],
      [2, '技能者カナ', 'kana-missing'],
      [3, '事業者名', 'firm-missing'],
      [3, '技能者名', 'worker-missing'],
    ]);
    expect(errors[0]?.['message']).to.match(/電話番号/);
    expect(await itemsOf('/firms')).to.deep.equal([]);
    expect(await itemsOf('/workers')).to.deep.equal([]);
    expect(await itemsOf('/phones')).to.deep.equal([]);
  });

  it('commits the good rows once; a second commit and a second upload change nothing', async () => {
    const file = listOf(goodLine(1), goodLine(2), goodLine(3).replace('090-1234-0003', 'なし'));
    const { id } = created(await office.upload(file));
    const first = await office.send('post', `/phones/imports/${id}/commit`);
    expect(first.status, first.text).to.equal(200);
    expect(first.body).to.deep.equal({ created: 2, updated: 0, unchanged: 0 });
    const second = await office.send('post', `/phones/imports/${id}/commit`);
    expect(second.body).to.deep.equal({ created: 0, updated: 0, unchanged: 2 });
    const again = created(await office.upload(file));
    const third = await office.send('post', `/phones/imports/${again.id}/commit`);
    expect(third.body).to.deep.equal({ created: 0, updated: 0, unchanged: 2 });

    const firms = await itemsOf('/firms');
    expect(firms).to.have.length(1);
    expect(firms[0]).to.include({ name: '見本建設㈱', kana: 'ミホンケンセツ', kind: 'corporation' });
    const workers = await itemsOf('/workers');
    expect(await namesOf('/workers')).to.have.members(['見本1郎', '見本2郎']);
    expect(workers[0]).to.deep.include({ employerId: firms[0]?.['id'], jobTypes: ['34-01'] });
    const phones = await itemsOf('/phones');
    expect(phones).to.have.length(2);
    const phone = {
      shared: false,
      jobType: '34-01',
      position: 'FOREMAN',
      standingConsent: true,
      validFrom: '2026-11-01',
    };
    expect(phones[0]).to.deep.include(phone);
  });

  it('changes only what a row says otherwise', async () => {
    const { id } = created(
      await office.upload(listOf(goodLine(1).replace('34-01', '10-01'), goodLine(2).replace('34-01', ''))),
    );
    const commit = await office.send('post', `/phones/imports/${id}/commit`);
    expect(commit.body).to.deep.equal({ created: 0, updated: 1, unchanged: 1 });
    const phones = await itemsOf('/phones');
    expect(phones.map(({ jobType }) => jobType)).to.have.members(['10-01', '34-01']);
  });

  it('reads CP932 with its own letters, and another encoding or column when told so', async () => {
    const text = `会社名,フリガナ,氏名,ふりがな,つながる先\r\n髙﨑塗装㈱,タカサキトソウ,髙﨑①郎,タカサキイチロウ,090-1234-1001\r\n`;
    const bytes = Buffer.from(cp932(text));
    const unmapped = created(await office.upload(bytes));
    expect(unmapped).to.deep.include({
      headings: ['会社名', 'フリガナ', '氏名', 'ふりがな', 'つながる先'],
      missing: [{ fields: ['number'], headings: ['電話番号'] }],
    });
    expect(unmapped.columns).to.include({ 氏名: 'workerName', つながる先: null });
    const report = created(await office.upload(bytes, { columns: JSON.stringify({ つながる先: '電話番号' }) }));
    expect(report).to.deep.include({ encoding: 'shift_jis', errors: [] });
    expect(report.columns).to.deep.equal({
      会社名: 'firmName',
      フリガナ: 'firmKana',
      氏名: 'workerName',
      ふりがな: 'workerKana',
      つながる先: 'number',
    });
    const other = await office.send('patch', `/phones/imports/${report.id}`).send({ encoding: 'utf-8' });
    expectProblem(other, 422, 'import-columns-unknown');
    const { status } = await office.send('post', `/phones/imports/${report.id}/commit`);
    expect(status).to.equal(200);
    expect(await namesOf('/workers')).to.include('髙﨑①郎');
  });

  it('keeps a list whose columns nobody knows until somebody says what they mean', async () => {
    const headings = ['A社', 'A社(カタカナ)', 'なまえ', 'よみ方', '通話先'];
    const line = ['見本工務店', 'ミホンコウムテン', '見本五郎', 'ミホンゴロウ', '090-1234-0061'];
    const draft = created(await office.upload(`${headings.join(',')}\n${line.join(',')}\n`));
    const path = `/phones/imports/${draft.id}`;
    const number = { fields: ['number'], headings: ['電話番号'] };
    expect(draft).to.deep.include({
      ...{ state: 'draft', headings },
      columns: Object.fromEntries(headings.map((heading) => [heading, null])),
      missing: [
        { fields: ['firmName', 'firmCcusId'], headings: ['事業者名', '事業者ID'] },
        { fields: ['workerName', 'workerCcusId'], headings: ['技能者名', '技能者ID'] },
        number,
      ],
    });
    expect(draft.errors.map(({ row, column, code }) => [row, column, code])).to.deep.equal([
      [0, '事業者名', 'column-missing'],
      [0, '技能者名', 'column-missing'],
      [0, '電話番号', 'column-missing'],
    ]);
    expect(draft.counts).to.include({ rows: 1, valid: 0, invalid: 1 });
    const [row] = await itemsOf(`${path}/rows`);
    expect(Object.values(row?.['cells'] ?? {})).to.deep.equal(line);
    expectProblem(await office.send('post', `${path}/commit`), 422, 'import-columns-missing');

    const parties = { A社: '事業者名', 'A社(カタカナ)': 'firmKana', なまえ: 'workerName', よみ方: '技能者カナ' };
    const some = await office.send('patch', path).send({ columns: parties });
    expect(some.body.missing, some.text).to.deep.equal([number]);
    expectProblem(await office.send('post', `${path}/commit`), 422, 'import-columns-missing');
    await office.send('put', '/phones/column-mappings/unusual').send({ columns: { 通話先: 'number' } });
    const mapped = await office.send('patch', path).send({ mapping: 'unusual' });
    expect(mapped.body, mapped.text).to.deep.include({ missing: [], errors: [] });
    const commit = await office.send('post', `${path}/commit`);
    expect(commit.body).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
  });

  it('lets a row be corrected, left out and taken in again before the commit', async () => {
    const { id } = created(await office.upload(listOf(goodLine(21).replace('090-1234-0021', '090'), goodLine(22))));
    const path = `/phones/imports/${id}/rows`;
    const invalid = await itemsOf(`${path}?state=invalid`);
    expect(invalid.map(({ row }) => row)).to.deep.equal([1]);
    expect(invalid[0]?.['cells']).to.include({ 電話番号: '090' });
    const corrected = await office.send('patch', `${path}/1`).send({ cells: { 電話番号: '090-1234-0021' } });
    expect(corrected.body).to.deep.include({ state: 'valid', effect: 'create', issues: [] });
    const dropped = await office.send('patch', `${path}/2`).send({ drop: true });
    expect(dropped.body).to.include({ state: 'dropped' });
    const shown = (await office.send('get', `/phones/imports/${id}`)).body;
    expect(shown.counts).to.deep.equal({ rows: 2, valid: 1, invalid: 0, warnings: 0, dropped: 1 });
    expectProblem(await office.send('patch', `${path}/9`).send({ drop: true }), 404, 'import-row-unknown');
    expectProblem(
      await office.send('patch', `${path}/1`).send({ cells: { 血液型: 'A' } }),
      422,
      'import-columns-unknown',
    );
    const commit = await office.send('post', `/phones/imports/${id}/commit`);
    expect(commit.body).to.deep.equal({ created: 1, updated: 0, unchanged: 0 });
    expectProblem(await office.send('patch', `${path}/2`).send({ drop: false }), 409, 'import-committed');
  });

  it('pages its rows', async () => {
    const { id } = created(await office.upload(listOf(...[31, 32, 33].map(goodLine))));
    const first = (await office.send('get', `/phones/imports/${id}/rows?limit=2`)).body;
    expect(first.items).to.have.length(2);
    const second = (await office.send('get', `/phones/imports/${id}/rows?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second.items).to.have.length(1);
    expect(second.items[0].row).to.equal(3);
    expect(second.nextCursor).to.equal(null);
  });

  it('answers single reads with an ETag and refuses a stale If-Match', async () => {
    const { id } = created(await office.upload(listOf(goodLine(41))));
    const { headers } = await office.send('get', `/phones/imports/${id}`);
    const path = `/phones/imports/${id}`;
    const change = { columns: { 職種コード: null } };
    expectProblem(await office.send('patch', path).set('If-Match', '"old"').send(change), 412, 'stale');
    const done = await office
      .send('patch', path)
      .set('If-Match', headers['etag'] ?? '')
      .send(change);
    expect(done.body.columns).to.include({ 職種コード: null });
  });

  it('tells the second of two commits at once that one is in progress, and makes nothing twice', async () => {
    const { id } = created(
      await office.upload(listOf(...Array.from({ length: 60 }, (_, place) => goodLine(100 + place)))),
    );
    const answers = await Promise.all([1, 2, 3].map(() => office.send('post', `/phones/imports/${id}/commit`)));
    const done = answers.filter(({ status }) => status === 200).map(({ body }) => Number(body.created));
    expect(done.reduce((sum, count) => sum + count, 0)).to.equal(60);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 409, 'in-progress');
    const later = await office.send('post', `/phones/imports/${id}/commit`);
    expect(later.body).to.deep.equal({ created: 0, updated: 0, unchanged: 60 });
  });

  it('refuses what is no list with a code that says why', async () => {
    expectProblem(await office.upload(''), 422, 'import-empty');
    expectProblem(await office.upload(HEADINGS), 422, 'import-empty');
    expectProblem(await office.upload(Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff])), 422, 'import-unreadable');
    expectProblem(await office.upload(`${HEADINGS}\n"x`), 422, 'import-unreadable');
    expectProblem(await office.upload('<html><table><tr><td>氏名</td></tr></table>'), 422, 'import-unreadable');
    expectProblem(await office.upload(listOf(goodLine(1)), { encoding: 'ebcdic' }), 422, 'encoding-unknown');
    expectProblem(await office.upload(listOf(goodLine(1)), { columns: '{"x":1}' }), 400, 'input-invalid');
    expectProblem(
      await office.upload(listOf(goodLine(1)), { columns: '{"住所":"number"}' }),
      422,
      'import-columns-unknown',
    );
    const noFile = await office.send('post', '/phones/imports').field({ encoding: 'utf-8' });
    expectProblem(noFile, 400, 'file-missing');
    expectProblem(await office.send('get', '/phones/imports/imp_0000000000'), 404, 'not-found');
    expectProblem(await office.send('post', '/phones/imports/imp_0000000000/commit'), 404, 'not-found');
  });

  it('offers a template and an export', async () => {
    const template = await office.send('get', '/phones/template?format=csv');
    expect(template.headers['content-type']).to.match(/^text\/csv; charset=utf-8/);
    expect(template.text).to.equal(`\uFEFF${HEADINGS}\r\n`);
    const exported = await office.send('get', '/phones/export');
    expect(exported.text).to.match(/^\uFEFF事業者名,/);
    expect(exported.text).to.include(
      '見本建設㈱,ミホンケンセツ,,見本1郎,ミホン1ロウ,,090-1234-0001,いいえ,10-01,FOREMAN,,はい,2026-11-01,\r\n',
    );
    for (const path of ['/phones/template?format=ods', '/phones/export?format=ods']) {
      const refused = await office.send('get', path);
      expect(JSON.parse(refused.text)).to.include({ code: 'format-unknown' });
    }
  });

  it('never logs a number or a name, and keeps neither in clear', async () => {
    expect(JSON.stringify(office.logged)).to.not.match(/0?90-?1234|見本/);
    const { id } = created(await office.upload(listOf(goodLine(51))));
    await office.send('patch', `/phones/imports/${id}/rows/1`).send({ cells: { 電話番号: '090-1234-0052' } });
    const stored = await Promise.all(
      ['phoneImports', 'phoneImportPieces'].map((name) => office.connection.collection(name).find({}).toArray()),
    );
    expect(JSON.stringify(stored)).to.not.match(/1234-00|見本/);
  });
});

function cp932(text: string): Uint8Array {
  return Uint8Array.from(Encoding.convert(text, { to: 'SJIS', from: 'UNICODE', type: 'array' }));
}
