import { claimFolder } from '../../db/data-folder.ts';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { openDatabase, type DatabaseWish } from '../../db/open-database.ts';

/** What this program says about itself. */
export interface HeldDatabase {
  readonly uri: string;
  readonly engine: string;
  readonly why: string;
  readonly version?: string;
  readonly refusal?: string;
}

/**
 * A service that does nothing but hold its database: claims the folder named first, opens the engine named second, says
 * what it got as one line of JSON, and ends cleanly on SIGTERM. Tests kill it.
 */
async function holdDatabase(dataDir: string, engine: DatabaseWish['engine']): Promise<void> {
  const release = await claimFolder(dataDir);
  const database = await openDatabase({ engine, dataDir, progress: () => undefined });
  const alive = setInterval(() => undefined, 60_000);
  // Before anything is said: whoever reads it may end us at once.
  process.once('SIGTERM', () => {
    clearInterval(alive);
    void database.close().then(release);
  });
  console.log(
    JSON.stringify({ uri: database.uri, engine: database.engine, why: database.why, version: database.version }),
  );
}

try {
  await holdDatabase(process.argv[2] ?? '', (process.argv[3] ?? 'auto') as DatabaseWish['engine']);
} catch (error) {
  if (!(error instanceof DatabaseRefusal)) throw error;
  console.log(JSON.stringify({ refusal: error.sentence }));
}
