import { expect } from 'chai';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { createRowReader, readListRow } from '../../src/domain/phone-list/read-list-row.ts';
import { readPersonalNumber } from '../../src/domain/phone-number.ts';

const catalogues = {
  jobTypes: [
    { code: '34-01', ja: '鉄筋工' },
    { code: '12-01', ja: '大工' },
  ],
  positions: [{ code: 'FOREMAN', ja: '職長' }],
};
const row = fc.record(
  {
    firmName: fc.constantFrom('試験建設', ''),
    firmKana: fc.constantFrom('しけん', 'ｼｹﾝ', '試験', ''),
    workerName: fc.constantFrom('試験太郎', ''),
    number: fc.constantFrom('090-1234-5678', '0120-000-000', 'anonymous', ''),
    shared: fc.constantFrom('はい', 'no', '?', ''),
    jobType: fc.constantFrom('3401', '大工', '99-99', 'Jan-34', '職長'),
    position: fc.constantFrom('職長', 'foreman', '大工', '？'),
    consent: fc.constantFrom('はい', '', '3401'),
    validFrom: fc.constantFrom('R8.11.20', '2026-11-20', '46346', ''),
    validTo: fc.constantFrom('2026-11-01', '2026-11-20', 'はい'),
  },
  { requiredKeys: [] },
);

describe('reading what was read before', () => {
  it('reads every row of a long list as it reads the row alone', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const read = createRowReader(catalogues);
        for (const one of rows) expect(read(one)).to.deep.equal(readListRow(one, catalogues));
      }),
    );
  });

  it('takes only such numbers for mobile telephones as the numbering plan does', () => {
    const digits = fc.tuple(fc.constantFrom('7', '8', '9'), fc.stringMatching(/^[1-9]\d{7}$/));
    fc.assert(
      fc.property(digits, ([kind, rest]) => {
        const parsed = parsePhoneNumberFromString(`0${kind}0${rest}`, 'JP');
        expect(parsed?.isValid() && parsed.getType()).to.equal('MOBILE');
        expect(readPersonalNumber(`0${kind}0-${rest}`)).to.deep.equal({ ok: true, value: parsed?.number });
      }),
      { numRuns: 500 },
    );
  });
});
