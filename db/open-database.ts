import { join } from 'node:path';
import { pid } from 'node:process';
import { readDatabaseRecord, writeDatabaseRecord, type FolderEngine } from './data-folder.ts';
import { DatabaseRefusal } from './database-refusal.ts';
import { startJavaEngine } from './java-engine.ts';
import { keepEngine } from './kept-engine.ts';
import { readMongodVersion, startMongod } from './mongod-engine.ts';
import type { RunningEngine } from './running-engine.ts';

/** What the caller wants of the database. */
export interface DatabaseWish {
  /** Own server (`MONGODB_URI`); then nothing is started. */
  readonly uri?: string | undefined;
  /** `DATABASE_ENGINE`: one engine, or the first that can be had. */
  readonly engine: 'auto' | FolderEngine;
  readonly dataDir: string;
  /** Used where the URI names none; `genba_call` if not given. */
  readonly databaseName?: string | undefined;
  /** A mongod to use instead of the one on the PATH (`MONGOMS_SYSTEM_BINARY`). */
  readonly binary?: string | undefined;
  /** Told what takes longer than a moment. */
  readonly progress: (sentence: string) => void;
  /** Start the engine again at the same address when it ends by itself. */
  readonly keep?: boolean;
}

/** An open database: where it is, what it is, why this one, and how to let it go. */
export interface OpenDatabase {
  /** Names the database too. */
  readonly uri: string;
  readonly engine: 'external' | FolderEngine;
  readonly version?: string | undefined;
  readonly folder?: string | undefined;
  readonly why: string;
  /** Ends the engine if we started it; everything acknowledged is on disk either way. */
  close(): Promise<void>;
  /** Resolves with the exit code (undefined after a signal) if the engine ends by itself; a kept one only when it is given up. */
  readonly ended: Promise<number | undefined>;
}

interface Choice {
  readonly engine: FolderEngine;
  readonly binary?: string;
  readonly why: string;
}

/** The database's name where neither the URI nor the caller gives one. */
export const DEFAULT_NAME = 'genba_call';
const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'genba-call');

/**
 * Opens the database: own server, mongod on the machine, mongod downloaded before, mongod downloaded now, Java engine.
 *
 * A folder that one engine has written is only ever opened with that engine. The caller holds the folder
 * (`claimFolder`). Throws a {@link DatabaseRefusal} with a sentence that says what to install or change.
 */
export async function openDatabase(wish: DatabaseWish): Promise<OpenDatabase> {
  const record = await readDatabaseRecord(wish.dataDir);
  const name = wish.databaseName ?? DEFAULT_NAME;
  if (wish.uri !== undefined && wish.uri !== '') {
    const uri = nameDatabase(wish.uri, name);
    await writeDatabaseRecord(wish.dataDir, { ...record, running: { uri, engine: 'external', pid } });
    const close = () => writeDatabaseRecord(wish.dataDir, record.engine === undefined ? {} : { engine: record.engine });
    return { uri, engine: 'external', why: 'MONGODB_URI is set', close, ended: new Promise(() => undefined) };
  }
  const choice = await chooseEngine(wish, record.engine);
  const folder = join(wish.dataDir, choice.engine);
  const start = (port?: number) => startEngine(choice, { folder, port, progress: wish.progress });
  const engine = wish.keep === true ? await keepEngine(start, wish.progress) : await start();
  const uri = `mongodb://${engine.address}/${name}`;
  await writeDatabaseRecord(wish.dataDir, { engine: choice.engine, running: { uri, engine: choice.engine, pid } });
  return {
    uri,
    engine: choice.engine,
    version: engine.version,
    folder,
    why: choice.why,
    ended: engine.ended,
    async close() {
      await engine.stop();
      await writeDatabaseRecord(wish.dataDir, { engine: choice.engine });
    },
  };
}

/** Puts the database name into a URI that has none. */
export function nameDatabase(uri: string, name: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(\?.*)?$/.exec(uri);
  if (parts === null) throw new DatabaseRefusal('MONGODB_URI is not a MongoDB address (mongodb://host:port/name).');
  return `${parts[1] ?? ''}/${parts[2] === undefined || parts[2] === '' ? name : parts[2]}${parts[3] ?? ''}`;
}

interface Place {
  readonly folder: string;
  readonly port: number | undefined;
  readonly progress: (sentence: string) => void;
}

function startEngine({ binary }: Choice, { folder, port, progress }: Place): Promise<RunningEngine> {
  return binary === undefined
    ? startJavaEngine({ folder, port, cacheDir: CACHE, progress })
    : startMongod({ folder, port, binary });
}

async function chooseEngine(wish: DatabaseWish, wrote: FolderEngine | undefined): Promise<Choice> {
  if (wrote !== undefined && wish.engine !== 'auto' && wish.engine !== wrote) {
    const way = `take another DATA_DIR or DATABASE_ENGINE=${wrote}`;
    throw new DatabaseRefusal(
      `${wish.dataDir} was written by the ${wrote} engine and is not opened with another; ${way}.`,
    );
  }
  const wanted = wish.engine === 'auto' ? wrote : wish.engine;
  const because = wish.engine === 'auto' ? 'it wrote this data folder' : 'DATABASE_ENGINE asks for it';
  if (wanted === 'java') return { engine: 'java', why: because };
  const found = await findMongod(wish);
  if ('binary' in found) return { engine: 'mongod', ...found };
  if (wanted === undefined) return { engine: 'java', why: found.why };
  throw new DatabaseRefusal(`The mongod engine is needed (${because}), but ${found.why}.`);
}

async function findMongod(wish: DatabaseWish): Promise<{ binary: string; why: string } | { why: string }> {
  if (wish.binary !== undefined && wish.binary !== '') {
    if ((await readMongodVersion(wish.binary)) !== undefined)
      return { binary: wish.binary, why: 'MONGOMS_SYSTEM_BINARY names it' };
    throw new DatabaseRefusal(`MONGOMS_SYSTEM_BINARY names ${wish.binary}, which does not run as mongod.`);
  }
  if ((await readMongodVersion('mongod')) !== undefined) return { binary: 'mongod', why: 'mongod is on the PATH' };
  // Loaded only here: a start that knows its engine does without the downloader.
  const { downloadMongod, findDownloadedMongod } = await import('./mongod-download.ts');
  const kept = await findDownloadedMongod(CACHE);
  if (kept !== undefined) return { binary: kept, why: 'mongod was downloaded before' };
  const got = await downloadMongod(CACHE, wish.progress);
  if ('path' in got) return { binary: got.path, why: 'mongod was downloaded' };
  return { why: `there is no mongod on this machine and ${got.why}` };
}
