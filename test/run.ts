import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { openDatabase, type DatabaseWish } from '../db/open-database.ts';

const ROOT = join(import.meta.dirname, '..');
const HELP = `npm test [-- <mocha arguments>]
Runs every test, or the files named, on one database engine (MONGODB_URI, DATABASE_ENGINE as for npm start).
The last line is "N passed, N failed".`;

/** Runs mocha on one database engine, which is opened here and ended with the run; answers mocha's exit code. */
async function runTests(args: string[]): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'genba-call-test-'));
  try {
    const database = await openDatabase({
      uri: process.env['MONGODB_URI'],
      engine: (process.env['DATABASE_ENGINE'] ?? 'auto') as DatabaseWish['engine'],
      binary: process.env['MONGOMS_SYSTEM_BINARY'],
      dataDir,
      progress: (sentence) => {
        console.log(sentence);
      },
    });
    console.log(`Tests run on ${database.version ?? database.engine}: ${database.why}.`);
    try {
      return await runMocha(args, { ...process.env, TEST_MONGODB_URI: database.uri });
    } finally {
      await database.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runMocha(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = args.some((arg) => arg.endsWith('.ts')) ? await readOptions() : [];
  const mocha = join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const reporter = join(ROOT, 'test', 'support', 'reporter.cjs');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [mocha, '--reporter', reporter, ...options, ...args], {
      cwd: ROOT,
      env,
      stdio: 'inherit',
    });
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** The options of `.mocharc.json` without its files, which mocha would run beside the files named. */
async function readOptions(): Promise<string[]> {
  const config = JSON.parse(await readFile(join(ROOT, '.mocharc.json'), 'utf8')) as Record<string, unknown>;
  const options = Object.entries(config).filter(([name]) => name !== 'spec');
  return [
    '--no-config',
    ...options.flatMap(([name, value]) => [value].flat().map((one) => `--${name}=${String(one)}`)),
  ];
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(HELP);
} else {
  try {
    process.exitCode = Math.min(await runTests(args), 1);
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    console.error(error.sentence);
    process.exitCode = 1;
  }
}
