import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { connect } from '../models/connection.ts';

/** The engine cannot be stopped; the message is a sentence for whoever typed the command. */
export class EngineOutOfReach extends Error {}

const Running = z.object({
  running: z.object({ uri: z.string(), engine: z.enum(['mongod', 'java']) }),
});
const Status = z.object({ pid: z.coerce.number().int().positive() });

/**
 * Makes the engine of a data folder stand still (SIGSTOP), so that the service meets a database that does not answer; what comes back
 * lets it go on. Only an engine that the service started itself: somebody else's server is left alone.
 */
export async function stopEngine(
  dataDir: string,
  signal: (pid: number, name: 'SIGSTOP' | 'SIGCONT') => void,
): Promise<() => void> {
  const pid = await findEngine(dataDir);
  signal(pid, 'SIGSTOP');
  return () => signal(pid, 'SIGCONT');
}

async function findEngine(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'database.json'), 'utf8').catch(() => '{}');
  const record = Running.safeParse(JSON.parse(text)).data;
  if (!record)
    throw new EngineOutOfReach(
      `The database can be taken away only where the service started its own engine; ${dataDir} tells of none that runs.`,
    );
  const connection = await connect(record.running.uri, 1).catch(() => {
    throw new EngineOutOfReach('The database does not answer as it is.');
  });
  try {
    return Status.parse(await connection.db?.admin().serverStatus()).pid;
  } finally {
    await connection.close();
  }
}
