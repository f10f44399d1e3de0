import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTwiml } from '../../sandbox/twiml-reader.ts';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'fallback.xml');

describe('the fallback to be hosted elsewhere', () => {
  const bytes = readFileSync(FILE);
  const text = bytes.toString('utf8');
  const document = readTwiml(text);
  const said = document.ok ? document.value.map((verb) => (verb.verb === 'say' ? verb.text : '')).join(' ') : '';

  it('is a document that the carrier takes: it parses, knows every verb, ends the call and is under 64 kB', () => {
    expect(document.ok && document.value.map(({ verb }) => verb)).to.deep.equal(['say', 'say', 'hangup']);
    expect(bytes.length).to.be.below(64 * 1024);
  });

  it('promises nothing, since nobody keeps anything there (failure mode 19)', () => {
    expect(said).to.not.match(/記録しました|お預かりしました|承りました|受付番号/);
    expect(said).to.not.match(/was recorded|has been recorded|kept/i);
  });

  it('says in both languages that nothing is recorded yet, that the call can be found, and what to do', () => {
    expect(said).to.match(/まだ記録されていません.*通話の一覧に残ります.*もう一度おかけください/);
    expect(said).to.match(/not been recorded yet.*list of calls.*call again later/);
  });
});
