import { randomBytes } from 'node:crypto';
import { claimFolder } from '../db/data-folder.ts';
import { type OpenDatabase, openDatabase } from '../db/open-database.ts';
import { sample } from '../sandbox/sample.ts';
import type { Config, Secrets } from './config.ts';
import { keepSecrets } from './secrets.ts';
import type { Endings, StartGround } from './start-ground.ts';

export interface Running {
  /** Finishes open requests, ends the background work, closes the connection and the engine. */
  stop(): Promise<void>;
  /** The engine ended by itself again and again and was given up: nothing can be recorded any more. */
  readonly broken: Promise<void>;
}

/** Starts everything in order; a failure ends what had been started and is thrown on. */
export async function startService(ground: StartGround): Promise<Running> {
  const endings: Endings = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return { stop, broken: (await startAll(ground, endings)).ended.then(() => undefined) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(ground: StartGround, endings: Endings): Promise<OpenDatabase> {
  const { config, say } = ground;
  endings.push(await claimFolder(config.dataDir));
  // Most of the code is read while the engine starts: either takes seconds on a small machine.
  const loading = import('./start-parts.ts').then(({ startParts }) => startParts);
  loading.catch(() => undefined);
  const { secrets, firstStart } = await keepSecrets(config, addressOf(config), randomBytes);
  const database = await openDatabase({ ...config.database, dataDir: config.dataDir, progress: say, keep: true });
  endings.push(() => database.close());
  const where = database.folder === undefined ? '' : `, folder ${database.folder}`;
  say(`database: ${[database.engine, database.version].join(' ').trim()}${where} (${database.why})`);
  const startParts = await loading;
  await startParts(ground, { secrets, database, endings });
  greet(ground, secrets, firstStart);
  return database;
}

function addressOf({ host, port, publicBaseUrl, sandbox }: Config) {
  const sandboxUrl = sandbox && sandbox.port !== 0 ? { sandboxUrl: `http://${host}:${String(sandbox.port)}` } : {};
  return { baseUrl: `http://${host}:${String(port)}`, publicBaseUrl, ...sandboxUrl };
}

function greet({ config, say }: StartGround, secrets: Secrets, firstStart: boolean): void {
  say(`genba-call is ready: ${addressOf(config).baseUrl}/`);
  if (config.sandbox === false) return;
  if (firstStart && config.given.adminApiKey === undefined) say(`first key of the admin API: ${secrets.adminApiKey}`);
  const { from, to } = sample.firstCall;
  say(`a first call: npm run call -- --from ${national(from)} --to ${national(to)}`);
}

/** A Japanese number as people write it. */
function national(number: string): string {
  return number.replace(/^\+81(\d{2})(\d{4})(\d{4})$/, '0$1-$2-$3');
}
