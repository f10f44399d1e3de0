import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePrompts } from './services/describe-prompts.ts';

const FILE = join(import.meta.dirname, '..', 'docs', 'prompts.md');

if (process.argv.includes('--help')) {
  process.stdout.write('npm run prompts: writes docs/prompts.md, every sentence that a caller may hear.\n');
} else {
  const before = readFileSync(FILE, { encoding: 'utf8', flag: 'a+' });
  const now = describePrompts();
  if (now !== before) writeFileSync(FILE, now);
  process.stdout.write(`docs/prompts.md: ${now === before ? 'unchanged' : 'written'}\n`);
}
