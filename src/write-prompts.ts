import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describePrompts } from './services/describe-prompts.ts';

const FILE = join(import.meta.dirname, '..', 'docs', 'prompts.md');

const command = new Command('npm run prompts --')
  .description('Writes docs/prompts.md, every sentence that a caller may hear.')
  .action(write);

command.parse();

function write(): void {
  const before = readFileSync(FILE, { encoding: 'utf8', flag: 'a+' });
  const now = describePrompts();
  if (now !== before) writeFileSync(FILE, now);
  process.stdout.write(`docs/prompts.md: ${now === before ? 'unchanged' : 'written'}\n`);
}
