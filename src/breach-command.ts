import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { createAuditStore } from '../models/audit-store.ts';
import { connect } from '../models/connection.ts';
import { createDataKeyStore } from '../models/data-key-store.ts';
import { createErasureStore } from '../models/erasure-store.ts';
import { createMergeReader } from '../models/merge-store.ts';
import { createPhoneStore } from '../models/phone-store.ts';
import { createEmployerFinder } from '../models/person-traces.ts';
import { type Config, readConfig } from './config.ts';
import type { WorkerId } from './domain/ids.ts';
import { type Moment, isReversed, readMoment } from './domain/moment.ts';
import { present } from './domain/present.ts';
import { findAffected } from './services/find-affected.ts';
import { findExposed } from './services/find-exposed.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

interface Wish {
  readonly from?: Moment;
  readonly to?: Moment;
  readonly by?: string;
  readonly key?: string;
}

const command = new Command('npm run breach --')
  .description(
    'Lists per firm whose data was looked at or changed in a period, as the audit knows it, or who is affected when a key-encryption key was in wrong hands. Works beside a running service.',
  )
  .option('--from <moment>', 'as 2026-11-24T07:00:00+09:00, or a day, 2026-11-24', moment)
  .option('--to <moment>', 'the same; a day is meant to its end', moment)
  .option('--by <id>', 'only what this key or account did')
  .option('--key <id>', 'everybody whose data key this key-encryption key wraps or has ever wrapped, as kek_0123abcd')
  .action(run);

await command.parseAsync();

async function run(wish: Wish): Promise<void> {
  if (isReversed(wish)) return end('--to lies before --from: no period is between them.', 1);
  const act = wish.key === undefined ? looksOf(wish) : listExposed(wish.key);
  if (!act) return end('Name a period by --from and --to, or a key by --key.', 1);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(`The configuration cannot be used:\n${reading.complaints.join('\n')}`);
  try {
    await withDatabase(reading.config, act);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    end(error.message);
  }
}

function looksOf({ from, to, by }: Wish): Act | undefined {
  if (!from || !to) return undefined;
  return listLooks({ from: from.begin, to: new Date(to.end.getTime() - 1), ...present({ by }) });
}

type Act = (connection: Awaited<ReturnType<typeof connect>>) => Promise<void>;

async function withDatabase(config: Config, act: Act): Promise<void> {
  const database = await attachDatabase({ ...config.database, dataDir: config.dataDir, progress: say });
  const connection = await connect(database.uri, 8);
  try {
    await act(connection);
  } finally {
    await connection.close();
    await database.close();
  }
}

function listLooks(period: { readonly from: Date; readonly to: Date; readonly by?: string }): Act {
  return async (connection) => {
    const erasures = createErasureStore(connection);
    const parts = {
      ...{ audit: createAuditStore(connection), merges: createMergeReader(connection) },
      ...{ employers: createEmployerFinder(connection), phones: createPhoneStore(connection) },
    };
    const found = await findAffected(parts, period);
    for (const { firmId, entries, people, wholes, askers } of found) {
      say(`${firmId}  ${String(people.length)} people, ${String(entries)} entries by ${askers.join(', ')}`);
      const named = [];
      for (const id of people) named.push(nameOf(id, (await erasures.find(id as WorkerId))?.on));
      if (named.length > 0) say(`  people  ${named.join('\n          ')}`);
      if (wholes.length > 0) say(`  wholes  ${wholes.join('\n          ')}`);
    }
    if (found.length === 0) say('Nobody: the audit has no entry of that time.');
  };
}

function listExposed(key: string): Act {
  return async (connection) => {
    const parts = { keys: createDataKeyStore(connection), employers: createEmployerFinder(connection) };
    const exposed = await findExposed(parts, key);
    for (const { firmId, people } of exposed) {
      say(`${firmId}  ${String(people.length)} people under ${key}`);
      say(`  people  ${people.map(({ workerId, erasedOn }) => nameOf(workerId, erasedOn)).join('\n          ')}`);
    }
    if (exposed.length === 0) say(`Nobody: ${key} has never wrapped a data key.`);
  };
}

/** A person by his id; of a deleted one it is the pseudonym, and nothing else is left here. */
function nameOf(id: string, erasedOn: string | undefined): string {
  return erasedOn === undefined ? id : `${id}  deleted on ${erasedOn}`;
}

function moment(text: string): Moment {
  const read = readMoment(text);
  if (read) return read;
  throw new InvalidArgumentError('Write a moment that the calendar has, as 2026-11-24T07:00:00+09:00 or 2026-11-24.');
}

function end(sentence: string, code = EXIT_CONFIG): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
