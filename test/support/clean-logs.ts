import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connect } from '../../models/connection.ts';
import { createWorkerStore } from '../../models/worker-store.ts';
import { openVault } from '../../src/compose-vault.ts';
import type { Worker } from '../../src/domain/worker.ts';
import { type MasterCipher, createNumberCipher } from '../../src/services/number-cipher.ts';

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
    const text = logged.join('\n');
    const found = [...new Set([...names, ...mails, ...numbers, ...secrets])].filter((one) => text.includes(one));
    if (found.length > 0) throw new Error(`the logs hold what nobody may log: ${found.join(', ')}`);
  } finally {
    await connection.close();
  }
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
