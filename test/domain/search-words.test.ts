import { expect } from 'chai';
import fc from 'fast-check';
import { toRomaji } from 'wanakana';
import { looseKana, plainRomaji, romanOf } from '../../src/domain/search/fold-words.ts';
import { readQuestion, searchText } from '../../src/domain/search/search-text.ts';
import { testOf } from '../../src/domain/search/within.ts';
import { createWordIndex } from '../../src/domain/search/word-index.ts';

const kana = fc.string({
  unit: fc.constantFrom(
    ...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギジズデバブパ',
    'キョ',
    'シュ',
    'チャ',
    'ジョ',
    'ッタ',
    'オウ',
    'ユウ',
    'オオ',
  ),
  minLength: 2,
  maxLength: 8,
});
const kanji = fc.string({ unit: fc.constantFrom(...'髙高橋佐藤田中斎齋邊辺太郎一二三子'), minLength: 1, maxLength: 5 });

function indexOf(things: readonly { readonly name: string; readonly kana: string }[]) {
  const index = createWordIndex();
  for (const [place, { name, kana: reading }] of things.entries()) {
    index.put({ id: `wrk_${place}`, owner: 'frm_1', text: searchText({ names: [name], kana: reading }) });
  }
  return (q: string) =>
    index.find({ wanted: readQuestion(q), limit: 1_000, admits: () => true }).hits.map(({ id }) => Number(id.slice(4)));
}

describe('the words of a search', () => {
  it('meet in one romanisation, whichever was typed', () => {
    for (const [spellings, meant] of [
      ['ohno ono oono Ōno ôno', 'オオノ'],
      ['satoh sato satou satō', 'サトウ'],
      ['shimbashi sinbasi shinbashi', 'シンバシ'],
      ['junichi zyuniti jyunichi', 'ジュンイチ'],
      ['tsuchiya tutiya tsutiya', 'ツチヤ'],
      ['hacchi hatchi hatti', 'ハッチ'],
      ['fujii huzii fuji', 'フジイ'],
      ['chuujou chujo tyuuzyou', 'チュウジョウ'],
    ] as const) {
      for (const spelling of spellings.split(' '))
        expect(plainRomaji(spelling), spelling).to.equal(romanOf(looseKana(meant)));
    }
  });

  it('find every reading by itself, by its romaji, and while it is typed', () => {
    fc.assert(
      fc.property(fc.array(kana, { minLength: 1, maxLength: 30 }), fc.nat(), (readings, pick) => {
        const find = indexOf(readings.map((reading) => ({ name: '名', kana: reading })));
        const place = pick % readings.length;
        const reading = readings[place] ?? '';
        const hiragana = reading.replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
        for (const q of [reading, hiragana, toRomaji(reading)]) expect(find(q), q).to.include(place);
        const typed = toRomaji(reading);
        for (let length = 1; length <= typed.length; length += 1) {
          const q = typed.slice(0, length);
          if (readQuestion(q).length > 0 && plainRomaji(q) !== '') expect(find(q), q).to.include(place);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('find exactly the names that hold the letters, variants being one', () => {
    fc.assert(
      fc.property(fc.array(kanji, { minLength: 1, maxLength: 40 }), kanji, (names, q) => {
        const plain = (text: string) => text.replace(/髙/g, '高').replace(/齋/g, '斎').replace(/邊/g, '辺');
        const wanted = names.flatMap((name, place) => (plain(name).includes(plain(q)) ? [place] : []));
        expect([...indexOf(names.map((name) => ({ name, kana: 'ア' })))(q)].sort((a, b) => a - b)).to.deep.equal(
          wanted,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('are found after any number of changes as if the index were new', () => {
    const index = createWordIndex();
    for (let turn = 0; turn < 9; turn += 1) {
      for (let place = 0; place < 500; place += 1) {
        const text = searchText({ names: [`甲${String(turn)}`], kana: 'コウ' });
        const otherIds = [`N${String(place % 2)}`, `${String(turn)}X${String(place)}`];
        if (place % 50 === 49) index.remove(`wrk_${place}`);
        else index.put({ id: `wrk_${place}`, owner: `frm_${turn}`, text, otherIds });
      }
    }
    const found = (q: string) => index.find({ wanted: readQuestion(q), limit: 1_000, admits: () => true }).hits;
    expect(found('甲8')).to.have.length(490);
    expect(found('甲7')).to.have.length(0);
    expect(found('甲8').every(({ owner }) => owner === 'frm_8')).to.equal(true);
    // Ids only when they are whole, and as they are now; an id that several share finds all of them.
    expect(found('8x7').map(({ id }) => id)).to.deep.equal(['wrk_7']);
    expect(found('wrk_7').map(({ id }) => id)).to.deep.equal(['wrk_7']);
    expect(['7x7', 'wrk_', 'wrk_49', '8x49'].flatMap(found)).to.deep.equal([]);
    expect(found('n0')).to.have.length(250);
    expect(found('n1')).to.have.length(240);
  });
});

describe('rights as tests of what the index knows', () => {
  const fields = { _id: '_id', employerId: 'owner' };
  const fits = (condition: object) => testOf(condition as never, fields)?.({ _id: 'a', owner: 'x' });

  it('say what the database would say', () => {
    expect(fits({ employerId: 'x' })).to.equal(true);
    expect(fits({ employerId: { $in: ['y', 'z'] } })).to.equal(false);
    expect(fits({ $or: [{ _id: { $in: [] } }, { employerId: 'x' }] })).to.equal(true);
    expect(fits({ $and: [{ _id: 'a' }, { employerId: 'y' }] })).to.equal(false);
    expect(fits({ $or: [] })).to.equal(false);
    expect(fits({ employerId: { $exists: true } })).to.equal(true);
    expect(fits({ employerId: { $exists: false } })).to.equal(false);
  });

  it('are none where they would have to guess', () => {
    expect(testOf({ level: 3 }, fields)).to.equal(undefined);
    expect(testOf({ employerId: { $ne: 'x' } }, fields)).to.equal(undefined);
    expect(testOf({ $or: [{ _id: 'a' }, { $nor: [] }] }, fields)).to.equal(undefined);
    expect(testOf({ employerId: { $in: ['x'], $ne: 'x' } }, fields)).to.equal(undefined);
  });
});
