import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DatabaseRefusal } from './database-refusal.ts';
import { startEngineProcess, type EngineProcess } from './engine-process.ts';
import type { RunningEngine } from './running-engine.ts';

const READY_MS = 60_000;
const POLL_MS = 50;
const CACHE_GB = '0.25';

/**
 * Runs mongod beside a reader of our standard input: when that closes, because the service stopped or was killed,
 * mongod is asked to shut down. When mongod ends first, so does the shell, with its exit code.
 */
const WATCHED = `exec 3<&0
"$@" </dev/null 3<&- & mongod=$!
(while read -r _; do :; done <&3; kill -TERM $mongod) 2>/dev/null & watch=$!
wait $mongod; code=$?
kill $watch 2>/dev/null
exit $code`;

/** The version of a mongod binary (a path, or a name looked up on the PATH), or undefined where it does not run. */
export async function readMongodVersion(binary: string): Promise<string | undefined> {
  const said = await promisify(execFile)(binary, ['--version'], { timeout: 5_000 }).catch(() => undefined);
  return said === undefined ? undefined : (/db version v?(\S+)/.exec(said.stdout)?.[1] ?? 'unknown');
}

/**
 * Starts mongod on a folder of its own: loopback only, wiredTiger with its journal, a single node.
 *
 * Throws a {@link DatabaseRefusal} with mongod's words when it ends or does not listen within a minute.
 */
export async function startMongod(options: {
  readonly binary: string;
  readonly folder: string;
  readonly port?: number | undefined;
}): Promise<RunningEngine> {
  await mkdir(options.folder, { recursive: true });
  const version = await readMongodVersion(options.binary);
  const port = options.port ?? (await freePort());
  const where = ['--dbpath', options.folder, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
  const how = ['--storageEngine', 'wiredTiger', '--wiredTigerCacheSizeGB', CACHE_GB, '--quiet'];
  const engine = startEngineProcess('/bin/sh', ['-c', WATCHED, 'mongod-watch', options.binary, ...where, ...how]);
  await untilListening(engine, port);
  engine.detach();
  return { address: `127.0.0.1:${port}`, version, ...engine };
}

async function untilListening(engine: EngineProcess, port: number): Promise<void> {
  const life = { over: false };
  void engine.exit.then(() => {
    life.over = true;
  });
  const deadline = Date.now() + READY_MS;
  while (!(await accepts(port))) {
    if (life.over) throw new DatabaseRefusal(`mongod did not start: ${engine.lastWords()}`);
    if (Date.now() > deadline) {
      await engine.stop();
      throw new DatabaseRefusal(`mongod did not listen within ${READY_MS / 1000} s: ${engine.lastWords()}`);
    }
    await pause(POLL_MS);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
