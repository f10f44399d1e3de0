import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { HeldDatabase } from './hold-database.ts';

/** A process that holds the database of a folder, started for a test. */
export interface Holder {
  readonly child: ChildProcess;
  readonly said: HeldDatabase;
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
}

/** Temporary folders and holder processes of one test file; `clear()` ends and removes them. */
export function createHolders() {
  const folders: string[] = [];
  const children: ChildProcess[] = [];
  return {
    async folder(): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'genba-call-test-'));
      folders.push(folder);
      return folder;
    },
    async hold(dataDir: string, engine: 'auto' | 'java' | 'mongod', env: Record<string, string> = {}): Promise<Holder> {
      const program = join(import.meta.dirname, 'hold-database.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir, engine], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      const ended = once(child, 'exit') as Promise<[number | null]>;
      const lines = createInterface({ input: child.stdout });
      const line = await Promise.race([once(lines, 'line'), ended.then(() => [undefined])]);
      if (typeof line[0] !== 'string') throw new Error('the holder ended without a word');
      const said = JSON.parse(line[0]) as HeldDatabase;
      const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
        child.kill(signal);
        return (await ended)[0];
      };
      return { child, said, end };
    },
    async clear(): Promise<void> {
      for (const child of children) child.kill('SIGKILL');
      for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    },
  };
}
