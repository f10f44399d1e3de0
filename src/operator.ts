import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { attachDatabase } from '../db/attach-database.ts';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { connect } from '../models/connection.ts';
import { createChance } from './chance.ts';
import { openStores } from './compose-stores.ts';
import { type Config, readConfig } from './config.ts';
import type { Viewer } from './domain/api-key.ts';
import { openKeyRing } from './keys-file.ts';
import { openMasterCipher } from './master-cipher.ts';
import type { NoteSignIn } from './services/answer-invitation.ts';
import { createWitness } from './services/keep-audit.ts';
import { createAccountService } from './services/keep-accounts.ts';

const EXIT_CONFIG = 78;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

/** Whoever holds the data folder may make an operator: he has the keys anyway. */
const HOST: Viewer = { keyId: 'command-line', name: 'command line', role: 'operator', scopes: ['keys'] };

interface Wish {
  readonly mail: string;
  readonly name: string;
}

const command = new Command('npm run operator --')
  .description(
    'Gives a person an account with the rights of an operator and prints what the first sign-in needs, once.',
  )
  .requiredOption('--mail <address>', 'mail address, with which the person signs in', mailAddress)
  .option('--name <name>', 'name of the person', 'operator')
  .action(run);

await command.parseAsync();

async function run(wish: Wish): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(`The configuration cannot be used:\n${reading.complaints.join('\n')}`);
  try {
    await makeOperator(reading.config, wish);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    end(error.message);
  }
}

async function makeOperator(config: Config, { mail, name }: Wish): Promise<void> {
  const database = await attachDatabase({ ...config.database, dataDir: config.dataDir, progress: say });
  const connection = await connect(database.uri, 8);
  try {
    const { cipher, baseUrl = `http://${config.host}:${String(config.port)}` } = await openMasterCipher(
      config,
      connection,
    );
    const clock = { now: () => new Date(), real: () => new Date() };
    const chance = createChance({ randomBytes, randomInt });
    const stores = openStores(connection, {
      cipher,
      clock,
      randomBytes,
      ring: openKeyRing({ config, first: cipher.firstKek(), randomBytes }),
    });
    const witness = createWitness({ ...stores, clock, cipher });
    const note: NoteSignIn = async (viewer, what) =>
      (await witness({ viewer, what, about: {}, changes: true, looked: [] }))();
    const accounts = createAccountService({ ...stores, cipher, clock, chance, randomBytes, note });
    const invited = await accounts.invite({ mail, name, acts: [{ role: 'operator' }] }, HOST);
    if (!invited.ok) return end('The account was changed at the same time; try again.');
    const { token } = invited.value;
    const answered = await accounts.answer(token, undefined);
    const first = answered.ok ? answered.value.secrets : undefined;
    if (!first) {
      say(`This person has an account already and accepts here: ${config.publicBaseUrl}/invitations/${token}`);
      return;
    }
    const { password, securityCode, recoveryCodes } = first;
    say(`initial password  ${password}\nsecurity code     ${securityCode}`);
    say(`recovery codes    ${recoveryCodes.join('\n                  ')}`);
    say(`Sign in at ${baseUrl}/api/v1/sessions, set a password with the security code, and sign in again.`);
  } finally {
    await connection.close();
    await database.close();
  }
}

function mailAddress(text: string): string {
  if (!z.email().max(200).safeParse(text).success) throw new InvalidArgumentError('Write it as you@example.jp.');
  return text;
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_CONFIG;
}
