import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { createWorkerStore } from '../../models/worker-store.ts';
import { openVault } from '../../src/compose-vault.ts';
import type { Worker } from '../../src/domain/worker.ts';
import { type MasterCipher, createNumberCipher } from '../../src/services/number-cipher.ts';

/** Somebody who calls in a test. */
interface Telephoned {
  readonly number: string;
  readonly kana: string;
}

interface Ground {
  readonly uri: string;
  readonly masterKey: Buffer;
  readonly logged: readonly string[];
  /** Keys and tokens of the tests. */
  readonly secrets: readonly string[];
}

async function everybody(connection: Connection, cipher: MasterCipher): Promise<readonly Worker[]> {
  const { vault } = openVault(connection, { cipher, clock: { real: () => new Date() }, randomBytes });
  const people: Worker[] = [];
  for await (const one of createWorkerStore(connection, vault).all()) people.push(one);
  return people;
}

/**
 * Fails when a log holds anything of the people and telephones that stand in this database, or a secret of the tests: every test that
 * closes its service looks, so that the logs of a whole run are looked at.
 */
export async function expectCleanLogs({ uri, masterKey, logged, secrets }: Ground): Promise<void> {
  const connection = await connect(uri, 2);
  try {
    const cipher = createNumberCipher(masterKey, randomBytes);
    const all = <T>(name: string) => connection.db?.collection(name).find().toArray() as unknown as Promise<T[]>;
    const people = await everybody(connection, cipher);
    const accounts = await all<{ sealed: string }>('accounts');
    const phones = await all<{ sealed: string }>('phoneNumbers');
    const mails = accounts.map(({ sealed }) => (JSON.parse(cipher.openText(sealed)) as { mail: string }).mail);
    const numbers = phones.flatMap(({ sealed }) => spellings(cipher.open(sealed)));
    const names = people.flatMap(({ name, kana }) => [name, kana]).filter(isTelling);
    refuseTraces(logged.join('\n'), [...names, ...mails, ...numbers, ...secrets]);
  } finally {
    await connection.close();
  }
}

/** Throws where a log holds one of these words, or keys that somebody pressed: a PIN is too short to be looked for by itself. */
export function refuseTraces(text: string, words: readonly string[]): void {
  const found = [...new Set(words)].filter((one) => text.includes(one));
  const pressed = text.match(/"(?:pin|digits|Digits|UnstableSpeechResult|SpeechResult)":|[:[,]"\d{4}"/g) ?? [];
  if (found.length + pressed.length === 0) return;
  throw new Error(`the logs hold what nobody may log: ${[...found, ...pressed].join(', ')}`);
}

/** The same for the log of a service that ran as a process of its own, with the secrets that it made for itself. */
export async function expectCleanServiceLog(dataDir: string, people: readonly Telephoned[] = []): Promise<void> {
  const log = await readFile(join(dataDir, 'service.log'), 'utf8');
  const made = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, unknown>;
  const secrets = ['twilioAuthTokens', 'adminApiKey', 'masterKey', 'registryToken'].flatMap((name) => made[name]);
  const words = people.flatMap(({ number, kana }) => [...spellings(number), kana]);
  refuseTraces(log, [...words, ...secrets.filter((one) => typeof one === 'string')]);
}

/** A number as a log might write it: with its country, or as people do. */
function spellings(number: string): readonly string[] {
  const national = number.replace(/^\+81/, '0');
  return [number.slice(1), national, national.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3')];
}

/** Whether a name would not be found in any log by accident, as one like `A` or `null` would. */
function isTelling(name: string): boolean {
  return name.length >= 8 || /[^\p{ASCII}]/u.test(name);
}
