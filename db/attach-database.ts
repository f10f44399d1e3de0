import { setTimeout as pause } from 'node:timers/promises';
import { claimFolder, findHolder, readDatabaseRecord } from './data-folder.ts';
import { DatabaseRefusal } from './database-refusal.ts';
import { DEFAULT_NAME, nameDatabase, openDatabase, type DatabaseWish, type OpenDatabase } from './open-database.ts';

const WAIT_MS = 10_000;
const POLL_MS = 100;

/**
 * Opens the database of a data folder for a command that may run beside the service.
 *
 * Beside a running service it uses the service's database, whose URI the folder names, and `close()` leaves that
 * running; else it claims the folder and opens the database itself, and `close()` gives both back.
 */
export async function attachDatabase(wish: DatabaseWish): Promise<OpenDatabase> {
  if (wish.uri !== undefined && wish.uri !== '') {
    return borrow(
      { uri: nameDatabase(wish.uri, wish.databaseName ?? DEFAULT_NAME), engine: 'external' },
      'MONGODB_URI is set',
    );
  }
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const holder = await findHolder(wish.dataDir);
    if (holder === undefined) return openClaimed(wish);
    const { running } = await readDatabaseRecord(wish.dataDir);
    // An older service that was killed leaves its URI behind; only the holder's own is alive.
    if (running !== undefined && String(running.pid) === holder) return borrow(running, 'the running service uses it');
    if (Date.now() > deadline) {
      throw new DatabaseRefusal(
        `The service on ${wish.dataDir} has not opened its database; try again when it is ready.`,
      );
    }
    await pause(POLL_MS);
  }
}

async function openClaimed(wish: DatabaseWish): Promise<OpenDatabase> {
  const release = await claimFolder(wish.dataDir);
  try {
    const database = await openDatabase(wish);
    return {
      ...database,
      async close() {
        await database.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function borrow(from: Pick<OpenDatabase, 'uri' | 'engine'>, why: string): OpenDatabase {
  return {
    uri: from.uri,
    engine: from.engine,
    why,
    close: () => Promise.resolve(),
    ended: new Promise(() => undefined),
  };
}
