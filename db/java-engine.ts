import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseRefusal } from './database-refusal.ts';
import { awaitFirstLine, startEngineProcess } from './engine-process.ts';
import type { RunningEngine } from './running-engine.ts';

const run = promisify(execFile);
const POM = join(import.meta.dirname, 'pom.xml');
const LAUNCHER = ['Embedded.java', 'BsonDatabase.java', 'BsonCollection.java', 'BsonIndexes.java', 'BsonType.java'].map(
  (name) => join(import.meta.dirname, name),
);
const PROGRESS_MS = 5_000;
const LEAST_JDK = 17;
const INSTALL = `install a JDK ${LEAST_JDK} or newer with Maven (Debian and Ubuntu: apt-get install openjdk-17-jdk-headless maven), or put mongod on the PATH, or set MONGODB_URI`;
const JVM = [
  '-Xms384m',
  '-Xmx512m',
  // Pauses of some 20 ms: callers wait through each, and the plain collector stood still for a fifth of a second now and then.
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:+ExitOnOutOfMemoryError',
  '-Dslf4j.internal.verbosity=ERROR',
];

/** What the Java engine is, for the report at the start. */
export const JAVA_ENGINE_VERSION = 'mongo-java-server 1.47.0 on H2 2.3.232';

interface Preparation {
  readonly cacheDir: string;
  readonly progress: (sentence: string) => void;
}

/**
 * Starts the Java engine (`Embedded.java`) on a folder of its own and answers its address on loopback; a free port unless one is
 * given.
 *
 * Throws a {@link DatabaseRefusal} where there is no JDK 17 or no Maven, or the folder is in use.
 */
export async function startJavaEngine(
  options: Preparation & { readonly folder: string; readonly port?: number | undefined },
): Promise<RunningEngine> {
  const { libraries, launcher } = await prepareJavaEngine(options);
  const classPath = [launcher, join(libraries, '*')].join(delimiter);
  const place = [options.folder, String(options.port ?? 0)];
  const engine = startEngineProcess('java', [...JVM, '-cp', classPath, 'Embedded', ...place]);
  const port = await awaitFirstLine(engine).catch(async (error: unknown) => {
    if ((await says('java', ['-version'])) !== '') throw error;
    throw new DatabaseRefusal(`No database can be had: there is no Java on this machine; ${INSTALL}.`, error);
  });
  engine.detach();
  return { address: `127.0.0.1:${port}`, version: JAVA_ENGINE_VERSION, ...engine };
}

/** Fetches the engine's libraries and compiles its launcher, once per clone and content; answers the two folders. */
export async function prepareJavaEngine({ cacheDir, progress }: Preparation) {
  const pom = await readFile(POM);
  const sources = await Promise.all(LAUNCHER.map((path) => readFile(path)));
  try {
    const libraries = await prepareOnce(join(cacheDir, `java-libraries-${digest(pom)}`), (draft) =>
      fetchLibraries(draft, progress),
    );
    const launcher = await prepareOnce(join(cacheDir, `java-launcher-${digest(pom, ...sources)}`), async (draft) => {
      progress('Compiling the database engine.');
      await run('javac', ['-nowarn', '-d', draft, '-cp', join(libraries, '*'), ...LAUNCHER]);
    });
    return { libraries, launcher };
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw error;
    throw new DatabaseRefusal(`The database engine could not be prepared: ${lastLine(error)}`, error);
  }
}

/** Fills a folder of its own and renames it into place, so two processes may prepare at once. */
async function prepareOnce(target: string, fill: (draft: string) => Promise<void>): Promise<string> {
  if (await exists(target)) return target;
  await requireTools();
  const draft = `${target}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(draft, { recursive: true });
    await fill(draft);
    await rename(draft, target).catch(async (error: unknown) => {
      // Another process was first; its folder has the same content.
      if (!(await exists(target))) throw error;
    });
    return target;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function fetchLibraries(draft: string, progress: (sentence: string) => void): Promise<void> {
  progress('Fetching the libraries of the database engine with Maven (6 MB, once per clone).');
  const started = Date.now();
  const timer = setInterval(() => {
    progress(`Still fetching, ${Math.round((Date.now() - started) / 1000)} s.`);
  }, PROGRESS_MS);
  const goal = ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`];
  await run('mvn', goal).finally(() => {
    clearInterval(timer);
  });
}

function digest(...parts: Buffer[]): string {
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex').slice(0, 16);
}

async function requireTools(): Promise<void> {
  const [jdk, maven] = await Promise.all([says('javac', ['-version']), says('mvn', ['-v'])]);
  const version = Number(/javac (\d+)/.exec(jdk)?.[1] ?? 0);
  if (version < LEAST_JDK) {
    const found = version > 0 ? `the JDK here is ${version}` : 'there is no JDK on this machine';
    throw new DatabaseRefusal(`No database can be had: ${found}; ${INSTALL}.`);
  }
  if (maven === '') throw new DatabaseRefusal(`No database can be had: there is no Maven on this machine; ${INSTALL}.`);
}

async function says(command: string, args: string[]): Promise<string> {
  const said = await run(command, args).catch(() => undefined);
  return said === undefined ? '' : said.stdout + said.stderr;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => line.includes('ERROR')) ?? lines.at(-1) ?? text;
}
