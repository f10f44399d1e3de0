import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { createAuditStore } from '../models/audit-store.ts';
import { connect } from '../models/connection.ts';
import { type Config, readConfig } from './config.ts';
import { verifyAudit } from './services/keep-audit.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

const command = new Command('npm run audit --').description('Looks after the record of who did what.');
command
  .command('verify')
  .description(
    'follows every chain of entries and names the first that was changed or is missing; works beside a running service',
  )
  .action(run);

await command.parseAsync();

async function run(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(`The configuration cannot be used:\n${reading.complaints.join('\n')}`);
  try {
    await verify(reading.config);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    end(error.message);
  }
}

async function verify(config: Config): Promise<void> {
  const database = await attachDatabase({ ...config.database, dataDir: config.dataDir, progress: say });
  const connection = await connect(database.uri, 8);
  try {
    for await (const { chain, entries, end: last, firstBad } of verifyAudit(createAuditStore(connection))) {
      if (firstBad) process.exitCode = 1;
      const verdict = firstBad ? `BAD at ${firstBad.id}, ${firstBad.at}, ${firstBad.what}` : 'good';
      say(`${chain}  ${String(entries)} entries  ${verdict}${last ? `  last ${last.hash}` : ''}`);
    }
  } finally {
    await connection.close();
    await database.close();
  }
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_CONFIG;
}
