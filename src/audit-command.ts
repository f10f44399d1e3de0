import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { createAuditStore } from '../models/audit-store.ts';
import { connect } from '../models/connection.ts';
import { type Config, readConfig } from './config.ts';
import { openMasterCipher } from './master-cipher.ts';
import { type ChainVerdict, verifyAudit } from './services/verify-audit.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

const WHY = {
  changed: '',
  missing: ', which is missing with all after it',
  'end-changed': ': what was noted of the end was changed',
  'end-missing': ': what was noted of the end is missing, entries after it may be too',
} as const;

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
    const { cipher } = await openMasterCipher(config, connection);
    for await (const found of verifyAudit({ audit: createAuditStore(connection), cipher })) {
      if (found.firstBad) process.exitCode = 1;
      say(verdictOn(found));
    }
  } finally {
    await connection.close();
    await database.close();
  }
}

function verdictOn({ chain, entries, end: last, firstBad, plain }: ChainVerdict): string {
  const words = firstBad && [firstBad.id, firstBad.at, firstBad.what].filter((word) => word !== undefined).join(', ');
  const verdict = firstBad ? `BAD at ${words ?? ''}${WHY[firstBad.why]}` : 'good';
  const before = plain > 0 ? `  ${String(plain)} of before, without a key` : '';
  return `${chain}  ${String(entries)} entries  ${verdict}${last ? `  last ${last.hash}` : ''}${before}`;
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_CONFIG;
}
