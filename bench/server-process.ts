import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type Caller, createCaller } from './load.ts';

/** A server of the bench in a process of its own, and a caller for it. */
export interface ServerProcess {
  readonly caller: Caller;
  readonly port: number;
  readonly rss: () => Promise<number>;
  stop(): Promise<void>;
}

/** Starts one; a `quiet` one does not say what fails, which is for benches that break things. */
export async function startServer(
  mode: 'bare' | 'service',
  uri: string,
  { connections = 64, quiet = false }: { readonly connections?: number; readonly quiet?: boolean } = {},
): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'edge-server.ts'), [mode, uri, ...(quiet ? ['quiet'] : [])], {
    execArgv: ['--max-semi-space-size=16', '--max-old-space-size=1536', '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { port } = await nextMessage<{ port: number }>(child);
  const caller = createCaller(port, connections);
  return {
    caller,
    port,
    rss: async () => {
      const answer = nextMessage<{ rss: number }>(child);
      child.send('rss');
      return (await answer).rss;
    },
    async stop() {
      await caller.close();
      child.disconnect();
    },
  };
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null) => reject(new Error(`a server ended with ${String(code)}`));
    child.once('message', (message) => {
      child.off('exit', end);
      resolve(message as T);
    });
    child.once('exit', end);
  });
}
