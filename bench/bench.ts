import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../db/open-database.ts';
import { readConfig } from '../src/config.ts';
import { benchEdge } from './edge.ts';
import { benchImport } from './import.ts';
import { benchRush } from './rush-hour.ts';
import { benchSearch } from './search.ts';

const benches = { edge: benchEdge, import: benchImport, rush: benchRush, search: benchSearch };
const RESULTS = join(import.meta.dirname, 'results');
const DATA = join(import.meta.dirname, '..', 'node_modules', '.cache', 'genba-call', 'bench-data');
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

if (process.argv.includes('--help')) {
  say(
    `npm run bench [${Object.keys(benches).join('|')}]: measures, prints tables, writes JSON below bench/results. MONGODB_URI chooses another server.`,
  );
} else {
  await run(process.argv[2]);
}

async function run(wanted: string | undefined): Promise<void> {
  const names =
    wanted === undefined ? (Object.keys(benches) as (keyof typeof benches)[]) : [wanted as keyof typeof benches];
  const reading = readConfig(process.env);
  if (!reading.ok || names.some((name) => !(name in benches))) {
    process.stderr.write(
      reading.ok
        ? `There is no bench of that name; there are: ${Object.keys(benches).join(', ')}\n`
        : `${reading.complaints.join('\n')}\n`,
    );
    process.exitCode = 1;
    return;
  }
  // A folder that grew over many runs would measure its own history.
  await rm(DATA, { recursive: true, force: true });
  const database = await openDatabase({
    ...reading.config.database,
    dataDir: DATA,
    databaseName: 'bench',
    progress: say,
  });
  const engine = `${database.engine} ${database.version ?? ''}`.trim();
  say(`engine: ${engine} (${database.why})`);
  try {
    for (const name of names) {
      // What else ran on the machine explains a figure that nobody can repeat.
      const machine = { cores: availableParallelism(), loadBefore: loadavg()[0] };
      const result = await benches[name]({ uri: database.uri, say });
      await mkdir(RESULTS, { recursive: true });
      const file = join(RESULTS, `${name}-${database.engine}.json`);
      await writeFile(
        file,
        `${JSON.stringify({ bench: name, engine, node: process.version, machine, ...result }, undefined, 2)}\n`,
      );
      say(`written to ${file}`);
    }
  } finally {
    await database.close();
  }
}
