import { expect } from 'chai';
import fc from 'fast-check';
import {
  CatalogItem,
  catalogNames,
  flawsOf,
  versionOn,
  type CatalogVersion,
} from '../../src/domain/catalog/catalog.ts';
import { readCatalogFile, writeCatalogCsv, writeCatalogJson } from '../../src/domain/catalog/catalog-file.ts';
import { compareCatalogs } from '../../src/domain/catalog/compare-catalogs.ts';
import type { Day } from '../../src/domain/ids.ts';
import { shippedCatalog } from '../../src/services/read-catalogs.ts';

const bytes = (text: string) => Buffer.from(text);

async function read(name: (typeof catalogNames)[number], text: string) {
  const found = await readCatalogFile(name, bytes(text));
  if (!found.ok) throw new Error(found.code);
  return found.value;
}

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10) as Day);
const words = fc
  .string({ unit: fc.constantFrom(...'職長工業ｶﾅカナ,"\'=+-@ abcＡ（株）髙\u{20bb7}'), minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() === text && text !== '');
const item = fc.record({
  code: fc.stringMatching(/^[A-Z][A-Z0-9_]{0,10}$/),
  group: fc.option(fc.stringMatching(/^[a-z]{1,8}$/)),
  ja: words,
  en: words,
  status: fc.constantFrom('confirmed' as const, 'inferred' as const),
  source: words,
  validFrom: fc.option(day),
  validTo: fc.constant(null),
  noteRequired: fc.boolean(),
});
const list = fc.uniqueArray(item, { minLength: 1, maxLength: 20, selector: ({ code }) => code });

describe('the files of the code lists', () => {
  for (const name of catalogNames) {
    it(`ship ${name} whole: codes, both names, status, source and validity, without a flaw`, () => {
      const { items, version } = shippedCatalog(name);
      expect(items).not.to.be.empty;
      expect(version).not.to.be.empty;
      expect(flawsOf(name, items)).to.deep.equal([]);
      for (const one of items) {
        expect(CatalogItem.parse(one)).to.deep.equal(one);
        expect(one).to.have.all.keys(
          'code',
          'group',
          'ja',
          'en',
          'status',
          'source',
          'validFrom',
          'validTo',
          'noteRequired',
        );
        expect(one.en, one.code).to.match(/^[\x20-\x7e’]+$/);
        expect(one.ja, one.code).to.match(/[ぁ-んァ-ヶ一-龠]/);
        // Our own codes have been published by nobody.
        if (name === 'reason-codes' || name === 'action-codes') expect(one.status).to.equal('inferred');
      }
    });

    it(`are read back as they were written: ${name}`, async () => {
      const { items, version } = shippedCatalog(name);
      expect(await read(name, writeCatalogCsv(items))).to.deep.equal({ items, errors: [] });
      expect(await read(name, writeCatalogJson(name, version, items))).to.deep.include({ kind: name, version, items });
      expect(compareCatalogs(items, items)).to.deep.equal({
        added: [],
        changed: [],
        ended: [],
        unchanged: items.length,
      });
    });
  }

  it('are read back as they were written, whatever their words are', async () => {
    await fc.assert(
      fc.asyncProperty(list, async (items) => {
        expect((await read('positions', writeCatalogCsv(items))).items).to.deep.equal(items);
        expect((await read('positions', writeCatalogJson('positions', 'v', items))).items).to.deep.equal(items);
      }),
      { numRuns: 60 },
    );
  });

  it('take Japanese headings and words, and days of the era', async () => {
    const text = 'コード,名称,英語名,状態,出典,有効開始日\r\nCRANE,玉掛け,Slinger,推定,見本,2026-04-01\r\n';
    expect((await read('positions', text)).items).to.deep.equal([
      {
        code: 'CRANE',
        group: null,
        ja: '玉掛け',
        en: 'Slinger',
        status: 'inferred',
        source: '見本',
        validFrom: '2026-04-01',
        validTo: null,
        noteRequired: false,
      },
    ]);
  });

  it('say what is wrong by row and column', async () => {
    const row = (more: object) => ({ code: 'A', ja: '甲', en: 'A', status: 'confirmed', source: 'x', ...more });
    const errors = async (name: (typeof catalogNames)[number], ...items: object[]) =>
      (await read(name, JSON.stringify(items))).errors.map(({ row: at, column, code }) => `${at} ${column} ${code}`);
    expect(await errors('positions', row({ ja: undefined, status: 'sure' }))).to.have.members([
      '1 ja required',
      '1 status format',
    ]);
    expect(await errors('positions', row({}), row({}))).to.deep.equal(['2 code repeated']);
    expect(await errors('positions', row({ validTo: '2026-03-31' }), row({ validFrom: '2026-04-01' }))).to.deep.equal(
      [],
    );
    expect(await errors('positions', row({ validFrom: '2026-04-02', validTo: '2026-04-01' }))).to.deep.equal([
      '1 validTo period-reversed',
    ]);
    expect(await errors('positions', row({ colour: 'red' }))).to.deep.equal(['1 colour column-unknown']);
    expect(await errors('job-types', row({ code: '34-01', group: '34' }))).to.deep.equal(['1 group group-unknown']);
    expect(await errors('job-types', row({ code: 'X' }))).to.deep.equal(['1 code format']);
  });

  it('count by their days: of the versions that have begun the one imported last', () => {
    const version = (revision: number, from: string | null) => ({ revision, from }) as CatalogVersion;
    const versions = [version(0, null), version(1, '2026-12-01'), version(2, '2026-11-21')];
    const on = (text: string) => versionOn(versions, text as Day)?.revision;
    expect([on('2026-11-20'), on('2026-11-21'), on('2026-12-24')]).to.deep.equal([0, 2, 2]);
  });
});
