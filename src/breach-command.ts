import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { createAuditStore } from '../models/audit-store.ts';
import { connect } from '../models/connection.ts';
import { type Config, readConfig } from './config.ts';
import { findAffected } from './services/find-affected.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

interface Period {
  readonly from: Date;
  readonly to: Date;
  readonly by?: string;
}

const command = new Command('npm run breach --')
  .description(
    'Lists per firm whose data was looked at or changed in a period, as the audit knows it. Works beside a running service.',
  )
  .requiredOption('--from <moment>', 'as 2026-11-24T07:00:00+09:00', moment)
  .requiredOption('--to <moment>', 'the same', moment)
  .option('--by <id>', 'only what this key or account did')
  .action(run);

await command.parseAsync();

async function run(period: Period): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(`The configuration cannot be used:\n${reading.complaints.join('\n')}`);
  try {
    await list(reading.config, period);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    end(error.message);
  }
}

async function list(config: Config, period: Period): Promise<void> {
  const database = await attachDatabase({ ...config.database, dataDir: config.dataDir, progress: say });
  const connection = await connect(database.uri, 8);
  let firms = 0;
  try {
    for await (const { chain, entries, people, wholes, askers } of findAffected(createAuditStore(connection), period)) {
      firms += 1;
      say(`${chain}  ${String(entries)} entries by ${askers.join(', ')}`);
      if (people.length > 0) say(`  people  ${people.join('\n          ')}`);
      if (wholes.length > 0) say(`  wholes  ${wholes.join('\n          ')}`);
    }
    if (firms === 0) say('Nobody: the audit has no entry of that time.');
  } finally {
    await connection.close();
    await database.close();
  }
}

function moment(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('Write it as 2026-11-24T07:00:00+09:00.');
  return at;
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_CONFIG;
}
