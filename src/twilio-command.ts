import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { createCarrierConsole } from './carrier/carrier-console.ts';
import { checkLine } from './carrier/check-numbers.ts';
import { planNumber, warnOfAccount } from './carrier/number-plan.ts';
import { setupNumber } from './carrier/setup-number.ts';
import { type Config, readConfig } from './config.ts';
import type { E164 } from './domain/ids.ts';
import { type Outcome, accept, refuse } from './domain/outcome.ts';
import { readLineNumber } from './domain/phone-number.ts';
import { keepSecrets } from './secrets.ts';

/** A configuration that cannot be used: sysexits' EX_CONFIG. */
const EXIT_CONFIG = 78;
const TWILIO_API = 'https://api.twilio.com';
const MARKS = { fine: 'ok     ', warning: 'mind   ', wrong: 'WRONG  ' } as const;

interface Words {
  readonly number?: string;
  readonly fallbackUrl?: string;
  readonly dryRun?: boolean;
}

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);
const fallback = () =>
  new Option('--fallback-url <url>', 'a TwiML file hosted elsewhere (docs/fallback.xml) instead of our own fallback');

const program = new Command('npm run twilio --').description('Sets up and checks our numbers at the carrier (Twilio).');
program
  .command('setup')
  .description('writes voice, fallback and status addresses with their retries to a number')
  .requiredOption('--number <number>', 'the number that is dialled: 050-3100-0101, +81503…')
  .addOption(fallback())
  .option('--dry-run', 'shows what would change and writes nothing')
  .action((words: Words) => run(words, setup));
program
  .command('check')
  .description(
    'compares what is set up with what should be, sends a signed and a wrongly signed request to this service',
  )
  .option('--number <number>', 'only this number (default: every one that leads to this service)')
  .addOption(fallback())
  .action((words: Words) => run(words, check));
await program.parseAsync();

interface Access {
  readonly accountSid: string;
  readonly token: string;
}

interface Task {
  readonly config: Config;
  readonly access: Access;
  readonly number: E164 | undefined;
  readonly words: Words;
}

async function run(words: Words, work: (task: Task) => Promise<void>): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return fail(`The configuration cannot be used:\n${reading.complaints.join('\n')}`, EXIT_CONFIG);
  const access = await readAccess(reading.config);
  if (!access.ok) return fail(access.detail ?? access.code, EXIT_CONFIG);
  const complaint = refuseWords(words);
  if (complaint !== undefined) return fail(complaint);
  const number = words.number === undefined ? undefined : readLineNumber(words.number);
  await work({ config: reading.config, access: access.value, number: number?.ok ? number.value : undefined, words });
}

function refuseWords({ number, fallbackUrl }: Words): string | undefined {
  if (number !== undefined && !readLineNumber(number).ok) return `"${number}" is not a telephone number.`;
  if (fallbackUrl === undefined || /^https?:\/\/[^\s/]/.test(fallbackUrl)) return undefined;
  return `"${fallbackUrl}" is not an address: --fallback-url takes the whole one, https://…`;
}

async function setup(task: Task): Promise<void> {
  const { number, words, config } = task;
  if (number === undefined) return fail('Say which number: --number +8150….');
  const console = openConsole(task);
  const { fallbackUrl, dryRun = false } = words;
  const { publicBaseUrl } = config;
  const plan = planNumber({ publicBaseUrl, ...(fallbackUrl === undefined ? {} : { fallbackUrl }) });
  const done = await setupNumber({ console, number, plan, dryRun });
  if (!done.ok) return fail(done.detail ?? done.code);
  for (const { setting, is, shouldBe } of done.value) say(`${setting}: "${is}" → "${shouldBe}"`);
  say(sayDone(number, done.value.length, dryRun));
  const standing = await console.standing();
  if (standing.ok) say(`Mind: ${warnOfAccount(standing.value)}`);
}

function sayDone(number: string, changes: number, dryRun: boolean): string {
  if (changes === 0) return `${number} is set up as it should be; nothing was written.`;
  return dryRun
    ? `Nothing was written (--dry-run).`
    : `${number} is set up. npm run twilio -- check looks whether it works.`;
}

async function check(task: Task): Promise<void> {
  const { config, access, number, words } = task;
  const findings = await checkLine({
    ...access,
    console: openConsole(task),
    publicBaseUrl: config.publicBaseUrl,
    sandbox: config.sandbox !== false,
    ...(number === undefined ? {} : { number }),
    ...(words.fallbackUrl === undefined ? {} : { fallbackUrl: words.fallbackUrl }),
  });
  for (const { level, sentence } of findings) say(`${MARKS[level]}${sentence}`);
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  if (wrong > 0) fail(`Calls may not arrive: ${String(wrong)} of ${String(findings.length)} findings are wrong.`);
}

/** Where the service itself looks for the carrier. */
function openConsole({ config, access }: Task) {
  const { host, sandbox } = config;
  const apiUrl = config.carrierApiUrl ?? (sandbox === false ? TWILIO_API : `http://${host}:${String(sandbox.port)}`);
  return createCarrierConsole({ ...access, apiUrl });
}

/** What the environment gives, else what the service made for its sandbox at the first start; nothing is made here. */
async function readAccess(config: Config): Promise<Outcome<Access, 'no-access'>> {
  const kept = join(config.dataDir, 'secrets.json');
  const address = { baseUrl: `http://${config.host}:${String(config.port)}`, publicBaseUrl: config.publicBaseUrl };
  try {
    const made = existsSync(kept) ? (await keepSecrets(config, address, randomBytes)).secrets : {};
    const access = toAccess({ ...made, ...config.given });
    if (access !== undefined) return accept(access);
    return refuse('no-access', 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKENS are needed: the account and its token.');
  } catch (error) {
    return refuse('no-access', error instanceof Error ? error.message : `${kept} cannot be read.`);
  }
}

function toAccess({ twilioAccountSid, twilioAuthTokens }: Config['given']): Access | undefined {
  const [token] = twilioAuthTokens ?? [];
  return twilioAccountSid === undefined || token === undefined ? undefined : { accountSid: twilioAccountSid, token };
}

function fail(sentence: string, code = 1): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
