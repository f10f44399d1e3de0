import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { connect } from '../models/connection.ts';
import { createDataKeyStore } from '../models/data-key-store.ts';
import { type Config, readConfig } from './config.ts';
import { openKeyRing } from './keys-file.ts';
import { openMasterCipher } from './master-cipher.ts';
import { createKeyRotation } from './services/rotate-keys.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

type Rotation = ReturnType<typeof createKeyRotation>;

const command = new Command('npm run keys --').description(
  "Looks after the keys that wrap the workers' data keys. Works beside a running service.",
);
command
  .command('rotate')
  .description('makes a new key and puts every data key under it; begins again where it was stopped')
  .action(() => run(rotate));
command
  .command('status')
  .description('names the keys and how many data keys each wraps')
  .action(() => run(showStatus));
command
  .command('retire <id>')
  .description('forgets a key that wraps nothing any more: old copies of the database cannot be read with it again')
  .action((id: string) => run((rotation) => retire(rotation, id)));

await command.parseAsync();

async function run(act: (rotation: Rotation) => Promise<void>): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(`The configuration cannot be used:\n${reading.complaints.join('\n')}`, EXIT_CONFIG);
  try {
    await withKeys(reading.config, act);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    end(error.message, EXIT_CONFIG);
  }
}

async function withKeys(config: Config, act: (rotation: Rotation) => Promise<void>): Promise<void> {
  const database = await attachDatabase({ ...config.database, dataDir: config.dataDir, progress: say });
  const connection = await connect(database.uri, 8);
  try {
    const { cipher } = await openMasterCipher(config, connection);
    const ring = openKeyRing({ config, first: cipher.firstKek(), randomBytes });
    await act(createKeyRotation({ keys: createDataKeyStore(connection), ring, randomBytes }));
  } finally {
    await connection.close();
    await database.close();
  }
}

async function rotate(rotation: Rotation): Promise<void> {
  const { kek, resumed } = await rotation.begin();
  say(resumed ? `the rotation to ${kek} goes on` : `${kek} wraps from now on; back it up with the data folder`);
  let done = 0;
  for (let some = await rotation.step(); some > 0; some = await rotation.step()) {
    done += some;
    say(`  ${String(done)} data keys`);
  }
  await showStatus(rotation);
}

async function showStatus(rotation: Rotation): Promise<void> {
  for (const { id, wraps, current, kept } of await rotation.status()) {
    say(`${id}  wraps ${String(wraps)}${current ? ', current' : ''}${kept ? '' : ', MISSING'}`);
  }
}

async function retire(rotation: Rotation, id: string): Promise<void> {
  const done = await rotation.retire(id);
  if (done.ok) {
    say(`${id} is forgotten`);
    return;
  }
  end(
    done.code === 'key-in-use'
      ? `${id} is current or still wraps data keys; run rotate first.`
      : `${id} is not kept here; the first key lasts as long as MASTER_KEY.`,
    1,
  );
}

function end(sentence: string, code: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
