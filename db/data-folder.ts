import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rename, unlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid, platform } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseRefusal } from './database-refusal.ts';

const RECORD = 'database.json';
const POLL_MS = 100;
const ANSWER_MS = 500;
const BUSY = 'busy';

/** The engines that write a data folder. */
export type FolderEngine = 'mongod' | 'java';

/** What `database.json` remembers: who wrote the folder, and where the database is while a service runs. */
export interface DatabaseRecord {
  readonly engine?: FolderEngine;
  readonly running?: { readonly uri: string; readonly engine: FolderEngine | 'external'; readonly pid: number };
}

/**
 * Makes this process the only service of a data folder, waiting for a predecessor that is still closing.
 *
 * The claim is a bound local socket whose name is made from the folder's real path: the system frees it when the holder
 * ends, also by kill -9, and it does not depend on the length of the path. Throws a {@link DatabaseRefusal} naming
 * the holder after `waitMs`.
 */
export async function claimFolder(dataDir: string, { waitMs = 10_000 } = {}): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  const address = claimAddress(await realpath(dataDir));
  const deadline = Date.now() + waitMs;
  for (;;) {
    const server = await listen(address);
    if (server !== undefined) return () => release(server);
    const holder = await askHolder(address);
    if (holder === undefined) await removeStale(address);
    if (Date.now() >= deadline) {
      const who = holder === undefined || holder === BUSY ? 'another service' : `another service (process ${holder})`;
      throw new DatabaseRefusal(`The data folder ${dataDir} is in use by ${who}: one service per data folder.`);
    }
    await pause(POLL_MS);
  }
}

/** The process id (or `busy`) of the service that holds the folder now, or undefined. */
export async function findHolder(dataDir: string): Promise<string | undefined> {
  const folder = await realpath(dataDir).catch(() => undefined);
  return folder === undefined ? undefined : askHolder(claimAddress(folder));
}

/** Reads what the folder remembers about its database; a folder without a record remembers nothing. */
export async function readDatabaseRecord(dataDir: string): Promise<DatabaseRecord> {
  const text = await readFile(join(dataDir, RECORD), 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text) as DatabaseRecord;
  } catch (error) {
    throw new DatabaseRefusal(
      `${join(dataDir, RECORD)} is damaged; it must name the engine that wrote the folder.`,
      error,
    );
  }
}

/** Replaces the record in one step (mode 0600: a server's URI may carry a password). */
export async function writeDatabaseRecord(dataDir: string, record: DatabaseRecord): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const draft = join(dataDir, `${RECORD}.${pid}`);
  await writeFile(draft, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, join(dataDir, RECORD));
}

function claimAddress(folder: string): string {
  const name = `genba-call-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((asker) => {
      asker.on('error', () => undefined).end(String(pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** The holder's process id, or undefined where nobody answers. A holder too busy to answer counts as a holder. */
function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address);
    const finish = (holder: string | undefined) => {
      socket.destroy();
      resolve(holder);
    };
    socket.setEncoding('utf8').setTimeout(ANSWER_MS, () => {
      finish(BUSY);
    });
    socket.on('data', (text: string) => (answer += text));
    socket.on('end', () => {
      finish(answer);
    });
    socket.on('error', () => {
      finish(undefined);
    });
  });
}

/** A socket file outlives a killed holder; abstract names and pipes do not. */
async function removeStale(address: string): Promise<void> {
  if (platform !== 'linux' && platform !== 'win32') await unlink(address).catch(() => undefined);
}
