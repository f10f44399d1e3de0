import { expect } from 'chai';
import fc from 'fast-check';
import { isPlainText, toKatakana } from '../../src/domain/text.ts';

describe('kana', () => {
  it('is full-width katakana, whatever it was typed as', () => {
    for (const [typed, kana] of [
      ['やまだ たろう', 'ヤマダ タロウ'],
      ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ タロウ'],
      ['ヤマダ　タロウ', 'ヤマダ タロウ'],
      ['ｺｰﾎﾟ･ﾐﾎﾝ', 'コーポ・ミホン'],
      ['コ−ポ', 'コーポ'],
      ['ゔぁいおりん', 'ヴァイオリン'],
      ['ＡＢＣ １号', undefined],
      ['ABCコウギョウ 2', 'ABCコウギョウ 2'],
      ['見本', undefined],
      ['ア<b>', undefined],
      ['', undefined],
    ] as const) {
      expect(toKatakana(typed), typed).to.equal(kana);
    }
  });

  it('stays as it is once it is stored', () => {
    const letters = fc.constantFrom(...'アガパヴンー・ ァッabcｶﾞぱ0９-');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 12 }), (list) => {
        const once = toKatakana(list.join(''));
        return once === undefined || toKatakana(once) === once;
      }),
    );
  });
});

describe('text of people', () => {
  it('may hold anything that can be written and spoken', () => {
    for (const text of ['髙﨑 𠮷次', '㈱見本', 'Nguyễn Văn A', 'မောင်', "O'Hara & Söhne <KG>"]) {
      expect(isPlainText(text), text).to.equal(true);
    }
  });

  it('may not hold controls, line ends, lone surrogates or replacement marks', () => {
    for (const text of [
      'a\u0000',
      'a\nb',
      'a\u001bb',
      'a\u0085',
      'a\u2028',
      '\ud800',
      'a\udc00b',
      '\ufffd',
      '\uffff',
    ]) {
      expect(isPlainText(text), JSON.stringify(text)).to.equal(false);
    }
  });
});
