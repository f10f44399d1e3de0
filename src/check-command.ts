import { spawnSync } from 'node:child_process';
import { Command } from 'commander';

const PARTS = ['types', 'lint', 'format', 'layers', 'dead'] as const;

const command = new Command('npm run check --')
  .description(`Checks ${PARTS.join(', ')}, one after the other (npm run types …), and stops at the first that fails.`)
  .action(check);

command.parse();

function check(): void {
  for (const part of PARTS) {
    process.stdout.write(`${part} …\n`);
    const { status } = spawnSync('npm', ['run', '--silent', part], { stdio: 'inherit' });
    if (status === 0) continue;
    process.stderr.write(`The check of ${part} failed.\n`);
    process.exitCode = 1;
    return;
  }
}
