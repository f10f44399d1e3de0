import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { variables } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const tracked = (pattern: string) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', pattern], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);

describe('the documents', () => {
  it('name every command of package.json and every variable', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const readme = read('README.md');
    expect(Object.keys(scripts).filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(readme))).to.deep.equal([]);
    expect(Object.keys(variables).filter((name) => !readme.includes(`\`${name}\``))).to.deep.equal([]);
  });

  it('list every decision', () => {
    const architecture = read('docs/architecture.md');
    expect(tracked('docs/adr/*.md').filter((file) => !architecture.includes(file.replace('docs/', '')))).to.deep.equal(
      [],
    );
  });

  it('name every rule that the code cites', () => {
    const domain = read('docs/domain.md');
    const code = tracked('*.ts')
      .filter((file) => !file.startsWith('test/'))
      .map(read)
      .join('\n');
    const cited = new Set([...code.matchAll(/\b([RD]-\d{2,3})\b/g)].map(([, rule]) => rule ?? ''));
    expect([...cited].filter((rule) => !new RegExp(`${rule}\\b`).test(domain)).sort()).to.deep.equal([]);
  });

  it('tell of every failure mode where it is tested, and that test names its number', () => {
    const rows = [...read('docs/failure-modes.md').matchAll(/^\| (\d+) \|.*\| ([^|]+) \|$/gm)];
    expect(rows.map(([, mode]) => Number(mode))).to.deep.equal(Array.from({ length: 35 }, (_unused, n) => n + 1));
    const titled = (mode: string, file: string) =>
      [...read(`test/${file}.test.ts`).matchAll(/^ +it\(\s*(['"`])(.*?)\1,/gm)].some(([, , title = '']) =>
        new RegExp(`failure mode ${mode}\\b`).test(title),
      );
    for (const [, mode = '', where = ''] of rows) {
      const files = [...where.matchAll(/`([\w/-]+)`/g)].map(([, file = '']) => file);
      expect(
        files.filter((file) => !titled(mode, file)),
        `failure mode ${mode}`,
      ).to.deep.equal([]);
      if (where !== 'not yet') expect(files, `failure mode ${mode}`).to.not.deep.equal([]);
    }
  });
});
