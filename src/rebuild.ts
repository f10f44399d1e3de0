import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { connect } from '../models/connection.ts';
import { openStores } from './compose-stores.ts';
import { type Config, readConfig } from './config.ts';
import { openKeyRing } from './keys-file.ts';
import { openMasterCipher } from './master-cipher.ts';
import { createProjectTrees } from './services/project-trees.ts';
import { createProject } from './services/project.ts';
import { createRecordRosters } from './services/record-rosters.ts';
import { rebuild } from './services/rebuild-projections.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

const command = new Command('npm run rebuild --')
  .description('Drops history, roster and tree and derives them anew from the calls. Works beside a running service.')
  .action(run);

await command.parseAsync();

async function run(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(`The configuration cannot be used:\n${reading.complaints.join('\n')}`);
  try {
    await rebuildFolder(reading.config);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    end(error.message);
  }
}

async function rebuildFolder(config: Config): Promise<void> {
  const database = await attachDatabase({ ...config.database, dataDir: config.dataDir, progress: say });
  const connection = await connect(database.uri, 8);
  try {
    const clock = { now: () => new Date(), real: () => new Date() };
    const { cipher } = await openMasterCipher(config, connection);
    const stores = openStores(connection, {
      cipher,
      clock,
      randomBytes,
      ring: openKeyRing({ config, first: cipher.firstKek(), randomBytes }),
    });
    const rosters = createRecordRosters({ ...stores, clock });
    const projectTrees = createProjectTrees({ ...stores, rosterDerived: () => undefined });
    const project = createProject({ ...stores, projectTrees, clock });
    const { before, after, entries } = await rebuild({ ...stores, project, progress: say });
    await rosters.all();
    say(
      `before  ${before}\nafter   ${after}\n${before === after ? 'the same' : 'DIFFERENT'}, from ${String(entries)} entries`,
    );
    if (before !== after) process.exitCode = 1;
  } finally {
    await connection.close();
    await database.close();
  }
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_CONFIG;
}
