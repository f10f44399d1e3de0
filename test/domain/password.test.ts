import { expect } from 'chai';
import fc from 'fast-check';
import commonPasswords from '../../catalogs/common-passwords.json' with { type: 'json' };
import { SHORTEST_PASSWORD, weaknessOf } from '../../src/domain/password.ts';

const common = new Set(commonPasswords.words);
const owner = {
  mail: 'hanako.mihon@aoba-builders.example',
  name: '見本 花子',
  firms: [{ name: '株式会社丸川建設', kana: 'マルカワケンセツ' }],
};
const weakness = (password: string) => weaknessOf(password, owner, common);

describe('a new password', () => {
  it('has ten letters or more, counted as people see them', () => {
    for (const short of ['', 'x7#kQ', 'tumbler-o', '静かな池の鯉と亀'])
      expect(weakness(short), short).to.equal('password-short');
    for (const good of [
      'tumbler-old',
      '静かな池の鯉と亀と朝の光',
      'New-Password-2026',
      'genba-manager-1',
      'rK8!vQz2pL',
    ])
      expect(weakness(good), good).to.equal(undefined);
  });

  it('is no repeat, no run and no number', () => {
    const simple = ['aaaaaaaaaaaaa', 'abababababab', 'xyz123xyz123', '123456789012', '090-1234-5678', '20261124-0741'];
    const runs = [
      'abcdefghijkl',
      'lkjihgfedcba',
      'qwertyuiop12',
      '1qaz2wsx3edc',
      'abcd1234efgh',
      'aaaabbbbccccddddeeee',
    ];
    for (const one of [...simple, ...runs]) expect(weakness(one), one).to.equal('password-simple');
  });

  it('holds neither its owner nor his firm nor the service, however they are written', () => {
    const named = ['Hanako.Mihon!77', 'blue-aoba-builders', '見本花子さんのことば', '丸川建設のことばです'];
    const read = ['marukawa-9-lamps', 'MARUKAWAKENSETSU', 'Genba-Call-9x7k', 'my genbacall lamp'];
    for (const one of [...named, ...read]) expect(weakness(one), one).to.equal('password-named');
    for (const one of ['丸川建設の大事なことばです', 'marukawa-lamps-and-doors'])
      expect(weakness(one), one).to.equal(undefined);
  });

  it('is no word that everybody tries, once or again and again, with whatever digits and signs', () => {
    const tried = ['Password2026!', 'p@ssw0rd-1234', 'iloveyou12345', 'welcome-welcome1', 'kensetsu-2026!'];
    for (const one of [...tried, 'ｐａｓｓｗｏｒｄ２０２６']) expect(weakness(one), one).to.equal('password-common');
  });

  it('is good where it is random', () => {
    const letters = fc
      .stringMatching(/^[a-zA-Z0-9]{24}$/)
      .filter((text) => new Set(text).size > 12 && /[a-z]/.test(text));
    fc.assert(
      fc.property(letters, (text) => weakness(text) === undefined || weakness(text) === 'password-named'),
      { seed: 20261124 },
    );
    expect(SHORTEST_PASSWORD).to.equal(10);
  });

  it('is held against a list whose words are written as they are compared', () => {
    for (const word of common)
      expect(word)
        .to.equal(word.normalize('NFKC').toLowerCase())
        .and.match(/^\p{L}+$/u);
  });
});
