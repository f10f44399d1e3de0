import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleOf } from '../../ivr/prompt-samples.ts';
import { promptIds, sentenceOf } from '../../ivr/prompts.ts';
import { speakingTime } from '../../ivr/speaking-time.ts';
import { languages } from '../../src/domain/worker.ts';
import { describePrompts } from '../../src/services/describe-prompts.ts';

const all = languages.flatMap((language) =>
  promptIds.map((id) => ({ language, id, text: sentenceOf(sampleOf(id, language)) })),
);

describe('the sentences', () => {
  it('say something whole in every language', () => {
    for (const { language, id, text } of all) {
      expect(text, `${id} ${language}`).to.match(/\S[。.।။]?$/);
      expect(text, `${id} ${language}`).to.not.match(/undefined|NaN|null|\[object|\$\{/);
    }
  });

  it('are each in the script of their language, names with them', () => {
    const scripts = { ja: /\p{Script=Hiragana}/u, 'ja-easy': /\p{Script=Hiragana}/u, zh: /\p{Script=Han}/u } as const;
    const foreign = {
      my: /\p{Script=Myanmar}/u,
      ne: /\p{Script=Devanagari}/u,
      en: /[a-z]/,
      vi: /[a-z]/,
      id: /[a-z]/,
    } as const;
    for (const { language, id, text } of all) {
      expect(text, `${id} ${language}`).to.match({ ...scripts, ...foreign }[language]);
      if (!language.startsWith('ja'))
        expect(text, `${id} ${language}`).to.not.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
    }
  });

  it('keep a receipt under twenty seconds, and every other sentence but a list under thirty (M4, M14)', () => {
    const receipts = ['entry-recorded', 'exit-recorded', 'exit-with-level', 'moved'];
    for (const { language, id, text } of all) {
      const most = receipts.includes(id) ? 20 : 30;
      expect(speakingTime(text, language), `${id} ${language}: ${text}`).to.be.below(most);
    }
  });

  it('read times as a person says them, and receipt numbers digit by digit', () => {
    expect(sentenceOf(sampleOf('entry-recorded', 'ja'))).to.equal(
      'ヤマダ タロウさん、ミナミマチ アパート、入場、7時41分、記録しました。受付番号は、4、8、2、1です。ご安全に。',
    );
    expect(sentenceOf(sampleOf('entry-recorded', 'en'))).to.include('Yamada Tarou, Minamimachi Apaato, entry at 7:41');
  });

  it('drop what no markup may hold', () => {
    const words = { name: 'ヤマダ\u0000\uD800', site: 'ミナミ\u0007', receipt: '4821', hour: 7, minute: 0 };
    expect(sentenceOf({ id: 'entry-recorded', words })).to.match(/^ヤマダさん、ミナミ、入場/);
  });

  it('stand in docs/prompts.md as they are', () => {
    const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'prompts.md'), 'utf8');
    expect(written, 'run npm run prompts').to.equal(describePrompts());
  });
});
