import { expect } from 'chai';
import { buildCcusId } from '../../src/domain/ccus-id.ts';
import type { ListCells } from '../../src/domain/phone-list/list-fields.ts';
import { readListRow } from '../../src/domain/phone-list/read-list-row.ts';

const catalogues = {
  jobTypes: [
    { code: '34', ja: '大工' },
    { code: '34-01', ja: '大工・大工' },
    { code: '38-05', ja: 'シーリング防水工' },
  ],
  positions: [{ code: 'FOREMAN', ja: '職長' }],
};
const complete: ListCells = {
  firmName: '青葉建設',
  firmKana: 'アオバケンセツ',
  workerName: '見本太郎',
  workerKana: 'ミホンタロウ',
  number: '090-1234-5678',
};
const read = (cells: ListCells) => readListRow({ ...complete, ...cells }, catalogues);
const codes = (cells: ListCells) => read(cells).findings.map(({ field, code }) => `${field} ${code}`);

describe('a row of a telephone list', () => {
  it('needs nothing but a firm, a worker and a number', () => {
    expect(read({})).to.deep.equal({
      row: {
        firm: { name: '青葉建設', kana: 'アオバケンセツ' },
        worker: { name: '見本太郎', kana: 'ミホンタロウ' },
        number: '+819012345678',
      },
      findings: [],
    });
    expect(readListRow({}, catalogues).findings.map(({ code }) => code)).to.deep.equal([
      'firm-missing',
      'worker-missing',
      'number-missing',
    ]);
  });

  for (const [typed, e164] of [
    ['０９０‐１２３４‐５６７８', '+819012345678'],
    ['090 1234 5678', '+819012345678'],
    ['090ー1234ー5678', '+819012345678'],
    ['(090)1234-5678', '+819012345678'],
    ['+81 90-1234-5678', '+819012345678'],
    ['81-90-1234-5678', '+819012345678'],
    ['18609012345678', '+819012345678'],
    ['184-090-1234-5678', '+819012345678'],
    ['03-3456-7890', '+81334567890'],
    ['060-1234-5678', '+816012345678'],
    ['+81 (0)90-1234-5678', '+819012345678'],
    ['010-81-90-1234-5678', '+819012345678'],
    ['0081 90 1234 5678', '+819012345678'],
    ['="09012345678"', '+819012345678'],
    ["'09012345678", '+819012345678'],
    ['050-3123-4567', '+815031234567'],
    ['090−1234―5678', '+819012345678'],
  ] as const) {
    it(`reads the number ${typed}`, () => {
      expect(read({ number: typed })).to.deep.include({ findings: [] });
      expect(read({ number: typed }).row.number).to.equal(e164);
    });
  }

  it('gets back the zero that a spreadsheet swallowed, with a remark', () => {
    expect(read({ number: '9012345678' }).row.number).to.equal('+819012345678');
    expect(read({ number: '9012345678' }).findings).to.deep.equal([
      { field: 'number', code: 'number-zero-lost', suggestion: '090-1234-5678' },
    ]);
  });

  for (const [number, code] of [
    ['9.01E+09', 'number-exponent'],
    ['090-1234-567', 'number-impossible'],
    ['なし', 'number-impossible'],
    ['090-1111-2222 / 090-3333-4444', 'number-impossible'],
    ['+266696687', 'number-withheld-sentinel'],
    ['anonymous', 'number-withheld-sentinel'],
    ['0120-123-456', 'number-not-personal'],
    ['0570-000-123', 'number-not-personal'],
    ['0800-123-4567', 'number-not-personal'],
    ['020-4123-4567', 'number-not-personal'],
    ['119', 'number-impossible'],
    ...[
      '7378742833',
      '266-696-687',
      '＋２６６６９６６８７',
      '+1-266-696-687',
      '+2562533',
      '8656696',
      '86282452253',
    ].map((number) => [number, 'number-withheld-sentinel'] as const),
    ...[
      '非通知',
      '（非通知）',
      '非 通 知',
      '公衆電話',
      '通知不可能',
      '表示圏外',
      'ＡＮＯＮＹＭＯＵＳ',
      '<unknown>',
    ].map((number) => [number, 'number-withheld-sentinel'] as const),
    ['不明', 'number-impossible'],
  ] as const) {
    it(`refuses the number ${number} as ${code}`, () => {
      expect(codes({ number })).to.deep.equal([`number ${code}`]);
    });
  }

  it('tells what is odd about an id and refuses only one without 14 digits (R-001, R-002, R-003)', () => {
    const id = buildCcusId('worker', 7);
    expect(read({ workerCcusId: ` ${id.slice(0, 4)}-${id.slice(4)} ` }).row.worker.ccusId).to.equal(id);
    expect(codes({ workerCcusId: buildCcusId('firm', 7) })).to.deep.equal(['workerCcusId id-other-kind']);
    const slip = `${id.slice(0, 11)}${(Number(id[11]) + 1) % 10}${id.slice(12)}`;
    expect(codes({ workerCcusId: slip })).to.deep.equal(['workerCcusId id-check-digit']);
    expect(read({ workerCcusId: `="${id}"` }).row.worker.ccusId).to.equal(id);
    expect(read({ workerCcusId: `${id}.0` }).row.worker.ccusId).to.equal(id);
    expect(codes({ workerCcusId: '1.23457E+13' })).to.deep.equal(['workerCcusId id-exponent']);
    expect(read({ workerCcusId: `${slip.slice(1)}` }).findings).to.deep.equal([
      { field: 'workerCcusId', code: 'id-form', suggestion: slip },
    ]);
  });

  it('puts back the zeros of an id that a spreadsheet took for a number, where kind and check digit then fit (R-001)', () => {
    const id = buildCcusId('worker', 7654321);
    const read7 = read({ workerCcusId: String(Number(id)) });
    expect(read7.row.worker.ccusId).to.equal(id);
    expect(read7.findings).to.deep.equal([{ field: 'workerCcusId', code: 'id-zero-lost', suggestion: id }]);
    expect(codes({ firmCcusId: String(Number(id)) })).to.deep.equal(['firmCcusId id-form']);
  });

  it('remarks on a job type of the major class alone (R-073)', () => {
    expect(codes({ jobType: '34' })).to.deep.equal(['jobType code-major-only']);
  });

  for (const day of [
    '2026-11-20',
    '2026/11/20',
    '20261120',
    '2026年11月20日',
    'R8.11.20',
    '令和８年11月20日',
    '2026/11/20 0:00',
  ]) {
    it(`reads the day ${day}`, () => {
      expect(read({ validFrom: day })).to.deep.include({ findings: [] });
      expect(read({ validFrom: day }).row.validFrom).to.equal('2026-11-20');
    });
  }

  it('refuses a day that is none, and suggests one for what a spreadsheet left', () => {
    expect(codes({ validFrom: '2026-02-30' })).to.deep.equal(['validFrom day-unreadable']);
    expect(read({ validFrom: '46346' }).findings).to.deep.equal([
      { field: 'validFrom', code: 'day-unreadable', suggestion: '2026-11-20' },
    ]);
    expect(codes({ validFrom: '2026-11-20', validTo: '2026-11-19' })).to.deep.equal(['validTo days-reversed']);
  });

  it('takes yes and no in the marks of lists', () => {
    expect(read({ shared: '○', consent: '済' }).row).to.include({ shared: true, consent: true });
    expect(read({ shared: 'いいえ', consent: '×' }).row).to.include({ shared: false, consent: false });
    expect(codes({ shared: 'たぶん' })).to.deep.equal(['shared yes-no-unclear']);
  });

  it('keeps codes that the catalogue lacks and takes names for codes, both with a remark', () => {
    expect(read({ jobType: '3401' })).to.deep.include({ findings: [] });
    expect(read({ jobType: '3401' }).row.jobType).to.equal('34-01');
    expect(codes({ jobType: '99-99', position: 'BOSS' })).to.deep.equal([
      'jobType code-unknown',
      'position code-unknown',
    ]);
    expect(read({ jobType: 'ｼｰﾘﾝｸﾞ防水工', position: '職長' }).row).to.include({
      jobType: '38-05',
      position: 'FOREMAN',
    });
    expect(read({ jobType: 'Jan-34' }).findings).to.deep.equal([
      { field: 'jobType', code: 'code-unreadable', suggestion: '34-01' },
    ]);
  });

  it('stores readings in katakana and refuses other scripts', () => {
    expect(read({ workerKana: 'みほん　ﾀﾛｳ' }).row.worker.kana).to.equal('ミホン タロウ');
    expect(codes({ workerKana: '見本' })).to.deep.equal(['workerKana kana-odd']);
  });

  it('refuses letters that nobody can read and remarks on private ones', () => {
    expect(codes({ workerName: '見本\u0007太郎' })).to.deep.equal(['workerName cell-unreadable']);
    expect(codes({ workerName: '見本\ud842太郎' })).to.deep.equal(['workerName cell-unreadable']);
    expect(codes({ workerName: '見本\uFFFD' })).to.deep.equal(['workerName cell-unreadable']);
    expect(codes({ workerName: '見本\ue000' })).to.deep.equal(['workerName private-letters']);
    expect(codes({ workerName: '見'.repeat(121) })).to.deep.equal(['workerName cell-too-long']);
    expect(read({ workerName: '見本\n太郎' }).row.worker.name).to.equal('見本 太郎');
  });
});
