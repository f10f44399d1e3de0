import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Day } from '../src/domain/ids.ts';
import { tokyoDay } from '../src/domain/work-day.ts';
import { type AdminClient, AdminRefused, createAdminClient } from './admin-client.ts';
import { type ControlClient, SandboxAway, createControlClient } from './control-client.ts';
import { readSecretsFile } from './read-secrets.ts';
import {
  type OutsideView,
  type RushCall,
  createBoardScreen,
  tally,
  writeBoard,
  writeSummary,
  writeTally,
} from './rush-board.ts';
import { type CrewMember, createCrew, crewSite } from './rush-crew.ts';
import { morningAt, nextMorning, planArrivals } from './rush-plan.ts';
import { type RushGround, playEvening, playMorning } from './rush-play.ts';
import { type RushSite, prepareSite } from './rush-site.ts';
import { type RushWords, planRush } from './rush-words.ts';

type Options = RushWords & { readonly dataDir?: string };

const options = new Command('npm run rush --')
  .description(
    'Shows a morning at a site of 40 people: registers a demonstration builder with the running service, lets everybody ' +
      'arrive within some seconds and shows what becomes of the calls. Needs a service with its sandbox on.',
  )
  .option('--people <n>', 'how many work at the site, 1 to 200', '40')
  .option('--seconds <n>', 'how long the rush lasts, 1 to 600', '20')
  .option('--url <address>', 'where the service listens (default: as started from the data folder)')
  .option('--sandbox <address>', "where the sandbox's control API is (default: the same)")
  .option('--data-dir <folder>', 'the data folder with secrets.json (default: DATA_DIR or ./data)')
  .parse()
  .opts<Options>();

/** How often the service and the registry are asked, and how long the registry may take after the last call. */
const LOOK_MS = 700;
const REGISTRY_MS = 30_000;
/** Within this time everything that a call changed is seen, exceptions too. */
const SEEN_MS = 2_000;

if (existsSync('.env')) process.loadEnvFile('.env');
const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);

try {
  await run();
} catch (error) {
  if (!(error instanceof SandboxAway || error instanceof AdminRefused)) throw error;
  fail(error.message);
}

async function run(): Promise<void> {
  const dataDir = options.dataDir ?? (process.env['DATA_DIR'] || './data');
  const wish = planRush(options, { env: process.env, secrets: readSecretsFile(dataDir) });
  if (!wish.ok) return fail(wish.detail ?? wish.code);
  const { service, people, seconds } = wish.value;
  const admin = createAdminClient({ baseUrl: service.baseUrl, key: wish.value.key });
  const control = createControlClient(wish.value.sandbox);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const newCallId = () => `CA${randomBytes(16).toString('hex')}`;
  await rush({ service, control, admin, newCallId, stopped: stop.signal }, createCrew(people), seconds);
}

interface Demonstration extends RushGround {
  readonly admin: AdminClient;
  readonly control: ControlClient;
}

async function rush(ground: Demonstration, crew: readonly CrewMember[], seconds: number): Promise<void> {
  say(`Registering ${crew.length} people of ${crewSite.name} …`);
  const site = await prepareSite(ground, crew);
  say(site.changed === 0 ? 'All of them stood already.' : `${site.changed} of them were new or changed.`);
  const day = nextMorning(tokyoDay(new Date()), site.days);
  try {
    await sendHome(ground, site, crew);
    await showMorning(ground, { crew, day, seconds });
  } finally {
    await ground.control.setClock('now');
    say("The sandbox's clock is set right again.");
  }
}

async function showMorning(
  ground: Demonstration,
  { crew, day, seconds }: { readonly crew: readonly CrewMember[]; readonly day: Day; readonly seconds: number },
): Promise<void> {
  const [from, to] = [morningAt(day, 0), morningAt(day, 1)].map(timeOf);
  say(`${day}, from ${from} to ${to}, in ${seconds} s; line ${crewSite.line}`);
  const calls: RushCall[] = [];
  const began = Date.now();
  const time = () => timeOf(morningAt(day, Math.min(1, (Date.now() - began) / (seconds * 1000))));
  const screen = createBoardScreen({ write: (text) => void process.stdout.write(text), isTty: process.stdout.isTTY });
  const look = async () => {
    const outside = await lookOutside(ground, day);
    const all = tally(crew, calls, outside);
    screen.show(writeBoard(`${day} ${time()}`, { crew, calls, outside }), writeTally(time(), all));
    return all;
  };
  let over = false;
  const tell = (call: RushCall) => void calls.push(call);
  const morning = { arrivals: planArrivals(crew), day, seconds };
  await Promise.all([playMorning(ground, morning, tell).finally(() => (over = true)), watch(look, () => over)]);
  const all = await untilHandedOver(look, ground.stopped);
  say(['', ...writeSummary(all, calls)].join('\n'));
  if (all.refused > 0) fail(`${all.refused} people were not served.`);
}

/** Whoever is still in from an earlier rush leaves on that day, so that this morning is a morning. */
async function sendHome(ground: Demonstration, site: RushSite, crew: readonly CrewMember[]): Promise<void> {
  const open = site.days.filter(({ exitAt }) => exitAt === null);
  const last = open
    .map(({ workDate }) => workDate)
    .sort()
    .at(-1);
  const inside = new Set(open.filter(({ workDate }) => workDate === last).map(({ workerId }) => workerId));
  const leaving = crew.filter(({ ccusId }) => inside.has(site.workers.get(ccusId) ?? ''));
  if (last === undefined || leaving.length === 0) return;
  say(`${leaving.length} people of ${last} go home first.`);
  await playEvening(ground, last as Day, leaving);
}

async function watch(look: () => Promise<unknown>, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await look();
    await pause(LOOK_MS);
  }
}

/** The registry follows some seconds behind the calls; what it has not taken by then is told as it is. */
async function untilHandedOver(look: () => Promise<ReturnType<typeof tally>>, stopped: AbortSignal) {
  const over = Date.now();
  for (;;) {
    const all = await look();
    const waited = Date.now() - over;
    const settled = all.atRegistry >= all.recorded && waited > SEEN_MS;
    if (settled || waited > REGISTRY_MS || stopped.aborted) return all;
    await pause(LOOK_MS);
  }
}

async function lookOutside({ admin, control }: Demonstration, day: Day): Promise<OutsideView> {
  const [exceptions, held] = await Promise.all([
    admin.all<{ callId?: string | null }>('/exceptions?state=open'),
    control.heldHistories(day.slice(0, 7)),
  ]);
  const here = held.filter(({ siteId, workDate }) => siteId === crewSite.ccusId && workDate === day);
  return {
    exceptionCalls: exceptions.flatMap(({ callId }) => (callId ? [callId] : [])),
    atRegistry: new Set(here.map(({ workerId }) => workerId)),
  };
}

function timeOf(moment: string): string {
  return moment.slice(11, 16);
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
