import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { present } from '../src/domain/present.ts';
import { type CallWords, type ScenePlan, planScene } from './call-plan.ts';
import { readScript } from './call-script.ts';
import { explainFailure, summariseCall, writeTranscript } from './call-transcript.ts';
import { SandboxAway, createControlClient } from './control-client.ts';
import { faultWords } from './fault-words.ts';
import {
  type HeardCall,
  concludeScript,
  playScript,
  summariseScript,
  writeScriptHead,
  writeScriptRow,
} from './play-script.ts';
import { readSecretsFile } from './read-secrets.ts';
import { createScene } from './scene.ts';
import { findSandbox } from './service-address.ts';
import { EngineOutOfReach, stopEngine } from './stop-engine.ts';
import { showWaiting } from './show-waiting.ts';

interface Options extends Omit<CallWords, 'to'> {
  readonly to?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly twiml?: boolean;
  readonly script?: string;
}

const collect = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];
const faultList = Object.entries(faultWords).map(([name, meaning]) => `  ${name.padEnd(15)}${meaning}`);

const options = new Command('npm run call --')
  .description(
    'Plays a telephone call to the running service, signed as the carrier signs it, and prints what is heard.',
  )
  .option('--from <number>', 'who calls: 090-1111-2222, +81…, or what a carrier sends instead (anonymous)')
  .option('--to <line>', 'the line that is dialled')
  .option('--press <keys>', "keys at each question in turn, such as 1 or '4021#'; '' is silence", collect)
  .option('--hangup-after <time>', 'the caller hangs up after so much of the call (2s, 0s); nobody waits for it')
  .option('--hangup-after-turns <n>', 'the caller hangs up after so many answers')
  .option('--withheld', 'the caller hides his number')
  .option('--repeat', 'sends the first request twice and compares the answers')
  .option('--fault <name>', 'what goes wrong on the way; may be given several times, see below', collect)
  .option('--at <time>', "sets the sandbox's clock before the call: 2026-11-24T07:41 (Tokyo); now sets it right")
  .option('--listed', "puts the call on the sandbox carrier's list too, as a carrier keeps one")
  .addOption(
    new Option('--script <file>', 'plays the calls of a script and prints a table; see sandbox/scripts').conflicts([
      'from',
      'press',
      'hangupAfter',
      'hangupAfterTurns',
      'withheld',
      'repeat',
      'fault',
      'at',
      'listed',
      'callId',
    ]),
  )
  .option('--twiml', 'shows the document of each turn beside what is heard')
  .option('--url <address>', 'where the service listens (default: as started from the data folder)')
  .option('--sandbox <address>', "where the sandbox's control API is (default: the same)")
  .option('--data-dir <folder>', 'the data folder with secrets.json (default: DATA_DIR or ./data)')
  .option('--call-id <id>', 'the call id to use, to replay a call')
  .option('--json', 'prints one JSON object')
  .addHelpText('after', `\nFaults:\n${faultList.join('\n')}`)
  .parse()
  .opts<Options>();

if (existsSync('.env')) process.loadEnvFile('.env');
const dataDir = options.dataDir ?? (process.env['DATA_DIR'] || './data');
const around = { env: process.env, secrets: readSecretsFile(dataDir) };
const newCallId = () => `CA${randomBytes(16).toString('hex')}`;
const columns = process.stdout.columns || 160;

try {
  await (options.script === undefined ? playOne() : playAll(options.script));
} catch (error) {
  if (!(error instanceof SandboxAway || error instanceof EngineOutOfReach)) throw error;
  fail(error.message);
}

async function playOne(): Promise<void> {
  if (options.to === undefined) return fail('Say which line is dialled: --to 050-…, or play a --script.');
  const plan = planScene({ ...options, to: options.to }, { ...around, newCallId: newCallId() });
  const play = openScene();
  if (!plan.ok || !play) return plan.ok ? undefined : fail(plan.detail ?? plan.code);
  const played = await showWaiting(play(plan.value), (sentence) => console.error(sentence));
  const { call } = plan.value;
  const shown = writeTranscript(call, played, options.twiml ? columns : undefined);
  console.log((options.json ? [JSON.stringify(summariseCall(played, options))] : shown).join('\n'));
  const failure = explainFailure(call, played);
  if (failure !== undefined) fail(failure);
}

async function playAll(file: string): Promise<void> {
  const text = readText(file);
  if (text === undefined) return fail(`The script ${file} cannot be read.`);
  const { to, url, sandbox } = options;
  const script = readScript(text, { ...around, newCallId, words: present({ to, url, sandbox }) });
  const play = openScene();
  if (!script.ok || !play) return script.ok ? undefined : fail(script.detail ?? script.code);
  const show = (lines: readonly string[]) => void (options.json || console.log(lines.join('\n')));
  show(writeScriptHead(script.value, columns));
  const tell = (heard: HeardCall) => {
    show(writeScriptRow(heard, columns));
    if (options.twiml) show(writeTranscript(heard.call.scene.call, heard.played, columns));
  };
  const all = await playScript(script.value, { play, tell });
  const { said, failure } = concludeScript(all);
  console.log(options.json ? JSON.stringify(summariseScript(script.value, all)) : said);
  if (failure !== undefined) fail(failure);
}

/** A database that stands still goes on again, also when the command is interrupted. */
function openScene(): ((scene: ScenePlan) => ReturnType<ReturnType<typeof createScene>>) | undefined {
  const sandbox = findSandbox(options, around);
  if (!sandbox.ok) return void fail(sandbox.detail ?? sandbox.code);
  const control = createControlClient(sandbox.value);
  const stopDatabase = async () => {
    const release = await stopEngine(dataDir, (pid, name) => void process.kill(pid, name));
    process.once('SIGINT', () => {
      release();
      process.exitCode = 130;
    });
    return release;
  };
  return createScene({ control, stopDatabase, now: () => new Date() });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
