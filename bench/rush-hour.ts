import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { collectionOf } from '../models/collection.ts';
import { connect } from '../models/connection.ts';
import { createNumberCipher } from '../src/services/number-cipher.ts';
import { createWire } from '../test/support/cut-wire.ts';
import { untilAtRest } from './at-rest.ts';
import type { BenchGround } from './edge.ts';
import { type Answered, type Caller, type Heard, type ReadyRequest, readyCall } from './load.ts';
import { type Crowd, writeCrowd } from './people.ts';
import { startServer } from './server-process.ts';
import { BENCH } from './settings.ts';

/** So many people ring in the same moment; so often, each time other people. */
const CALLS = 200;
const ROUNDS = 5;
const WARM_UP = 100;
/** What the honest answer may take while the database is away. */
const GOAL_MS = 3_000;
const DRAIN_MS = 60_000;

/** How a database goes away: its connections break, or it no longer answers on them. */
const ways = ['cut', 'hold'] as const;

/** What one burst of calls heard, and how fast; milliseconds. */
interface Burst {
  readonly calls: number;
  readonly heard: Readonly<Partial<Record<Heard, number>>>;
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

type Next = (count: number) => Crowd['callers'];

/** A rush of simultaneous calls, and how long callers wait for an honest answer once the database is away. */
export async function benchRush({ uri, say }: BenchGround) {
  const connection = await connect(uri, 8);
  const cipher = createNumberCipher(BENCH.masterKey, randomBytes);
  try {
    const people = WARM_UP + ROUNDS * CALLS + ways.length * (WARM_UP + CALLS);
    say(`writing ${String(people)} people`);
    const callers = [...(await writeCrowd(connection, cipher, people)).callers];
    const next: Next = (count) => callers.splice(0, count);
    const rounds = await measureRush({ uri, connection, next, say });
    const away = [];
    for (const way of ways) away.push(await measureAway({ uri, connection, next, way }));
    const result = { calls: CALLS, rush: summarise(rounds), goalMs: GOAL_MS, away, rounds };
    report(result, say);
    return result;
  } finally {
    await connection.close();
  }
}

interface Ground {
  readonly uri: string;
  readonly connection: Connection;
  readonly next: Next;
}

async function measureRush({ uri, connection, next, say }: Ground & BenchGround): Promise<readonly Burst[]> {
  const service = await startServer('service', uri, { connections: CALLS });
  const rounds: Burst[] = [];
  try {
    await warmUp(service.caller, next);
    for (let round = 1; round <= ROUNDS; round++) {
      say(`rush ${String(round)} of ${String(ROUNDS)}: ${String(CALLS)} calls at once`);
      await untilAtRest(connection);
      rounds.push(describe(await service.caller.atOnce(ready(next(CALLS)))));
    }
    await untilAtRest(connection);
    return rounds;
  } finally {
    await service.stop();
  }
}

/** The database goes away, everybody rings at once; then it comes back, and what was kept is recorded. */
async function measureAway({ uri, connection, next, way }: Ground & { readonly way: (typeof ways)[number] }) {
  const wire = await createWire(uri);
  const service = await startServer('service', wire.uri, { connections: CALLS, quiet: true });
  try {
    await warmUp(service.caller, next);
    await untilAtRest(connection);
    const calls = next(CALLS).map(({ number, line }) => ({ number, line, callId: callId() }));
    wire[way]();
    const answers = await service.caller.atOnce(ready(calls));
    const later = describe(await service.caller.atOnce(ready(calls)));
    await wire.mend();
    const kept = calls.filter((_call, place) => answers[place]?.heard === 'kept').map((call) => call.callId);
    const drained = await untilRecorded(connection, kept);
    await untilAtRest(connection);
    return { way, ...describe(answers), again: later, drained };
  } finally {
    await service.stop();
    wire.cut();
  }
}

function callId(): string {
  return `CA${randomBytes(16).toString('hex')}`;
}

async function warmUp(caller: Caller, next: Next): Promise<void> {
  await caller.atOnce(ready(next(WARM_UP)));
}

function ready(calls: readonly { number: string; line: string; callId?: string }[]): readonly ReadyRequest[] {
  return calls.map(({ number, line, callId }) => readyCall(number, line, callId));
}

/** How many of the kept calls stand in the ledger, and after how long all of them did. */
async function untilRecorded(connection: Connection, callIds: readonly string[]) {
  const began = performance.now();
  const ids = callIds.map((id) => `${id}:1`);
  const count = () => collectionOf(connection, 'ledger').countDocuments({ _id: { $in: ids } });
  let recorded = await count();
  while (recorded < ids.length && performance.now() - began < DRAIN_MS) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    recorded = await count();
  }
  return { kept: ids.length, recorded, ms: performance.now() - began };
}

function describe(answers: readonly Answered[]): Burst {
  const took = answers.map(({ ms }) => ms).sort((one, other) => one - other);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  const heard: Partial<Record<Heard, number>> = {};
  for (const answer of answers) heard[answer.heard] = (heard[answer.heard] ?? 0) + 1;
  return { calls: answers.length, heard, errors: heard.error ?? 0, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function summarise(rounds: readonly Burst[]) {
  const median = (values: number[]) => values.sort((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0;
  return {
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    worst: Math.max(...rounds.map(({ max }) => max)),
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    unheard: rounds.reduce((sum, { calls, heard }) => sum + calls - (heard.recorded ?? 0), 0),
  };
}

function report(
  {
    rush,
    away,
    rounds,
  }: { rush: ReturnType<typeof summarise>; away: Awaited<ReturnType<typeof measureAway>>[]; rounds: readonly Burst[] },
  say: (sentence: string) => void,
): void {
  const list = (heard: Burst['heard']) =>
    Object.entries(heard)
      .map(([what, count]) => `${String(count)} ${what}`)
      .join(', ');
  say(
    `rush of ${String(CALLS)} simultaneous calls, ${String(rounds.length)} rounds: p50 ${rush.p50.toFixed(0)} ms, p99 ${rush.p99.toFixed(0)} ms, slowest ${rush.worst.toFixed(0)} ms, ${String(rush.errors)} errors, ${String(rush.unheard)} not recorded`,
  );
  for (const { way, heard, p50, p99, max, again, drained } of away) {
    const goal = max <= GOAL_MS ? 'within' : 'BEYOND';
    say(
      `database away (${way}): honest answer after p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, slowest ${max.toFixed(0)} ms, ${goal} the goal of ${String(GOAL_MS)} ms; ${list(heard)}`,
    );
    say(
      `  asked again: p99 ${again.p99.toFixed(0)} ms, ${list(again.heard)}; back: ${String(drained.recorded)} of ${String(drained.kept)} kept calls recorded after ${drained.ms.toFixed(0)} ms`,
    );
  }
}
