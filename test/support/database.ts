import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';

/** A database of its own for one test file. */
export interface FreshDatabase {
  readonly uri: string;
  drop(): Promise<void>;
}

/**
 * Names a fresh database on the engine that `npm test` opened; `drop()` removes it and the sandbox's beside it.
 */
export function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env['TEST_MONGODB_URI'];
  if (server === undefined || server === '') {
    throw new Error('No database for the tests: run them with npm test (npm test -- <mocha arguments>).');
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  const uri = server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${name}`);
  return Promise.resolve({ uri, drop: () => dropDatabases(uri, name) });
}

async function dropDatabases(uri: string, name: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri);
  try {
    // Named and not listed: the embedded engine lists badly while another test makes a collection.
    for (const own of [name, `${name}_sandbox`]) await client.db(own).dropDatabase();
  } finally {
    await client.close();
  }
}
