import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { type CallPlan, type CallWords, planCall } from './call-plan.ts';
import { explainFailure, summariseCall, writeTranscript } from './call-transcript.ts';
import { type PlayedCall, playCall } from './carrier-player.ts';

type Options = CallWords & { readonly dataDir?: string; readonly json?: boolean };

const collect = (keys: string, before: readonly string[] = []): readonly string[] => [...before, keys];

const options = new Command('npm run call --')
  .description(
    'Plays a telephone call to the running service, signed as the carrier signs it, and prints what is heard.',
  )
  .option('--from <number>', 'who calls: 090-1111-2222, +81…, or what a carrier sends instead (anonymous)')
  .requiredOption('--to <line>', 'the line that is dialled')
  .option('--press <keys>', "keys at each question in turn, such as 1 or '4021#'; '' is silence", collect)
  .option('--hangup-after <time>', 'the caller hangs up after so much of the call (2s, 1500ms); nobody waits for it')
  .option('--withheld', 'the caller hides his number')
  .option('--repeat', 'sends the first request twice and compares the answers')
  .option('--url <address>', 'where the service listens (default: as started from the data folder)')
  .option('--data-dir <folder>', 'the data folder with secrets.json (default: DATA_DIR or ./data)')
  .option('--call-id <id>', 'the call id to use, to replay a call')
  .option('--json', 'prints one JSON object')
  .parse()
  .opts<Options>();

if (existsSync('.env')) process.loadEnvFile('.env');
const secretsPath = join(options.dataDir ?? (process.env['DATA_DIR'] || './data'), 'secrets.json');
const plan = planCall(options, {
  env: process.env,
  secrets: readSecrets(secretsPath),
  newCallId: `CA${randomBytes(16).toString('hex')}`,
});
if (plan.ok) await play(plan.value);
else fail(plan.detail ?? plan.code);

async function play(call: CallPlan): Promise<void> {
  const played = await showWaiting(playCall(call));
  const lines = options.json ? [JSON.stringify(summariseCall(played))] : writeTranscript(call, played);
  console.log(lines.join('\n'));
  const failure = explainFailure(call, played);
  if (failure !== undefined) fail(failure);
}

/** An unreadable file is treated as a broken one, a missing one as none. */
function readSecrets(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Says every second that the call is still going on; on the error stream, so that JSON stays whole. */
async function showWaiting(call: Promise<PlayedCall>): Promise<PlayedCall> {
  const started = Date.now();
  const ticker = setInterval(() => {
    console.error(`Waiting for the service's answer (${Math.round((Date.now() - started) / 1000)} s) …`);
  }, 1000);
  try {
    return await call;
  } finally {
    clearInterval(ticker);
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
