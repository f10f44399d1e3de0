import { randomBytes } from 'node:crypto';
import { connect } from '../models/connection.ts';
import { createNumberCipher } from '../src/services/number-cipher.ts';
import { untilAtRest } from './at-rest.ts';
import { measureStages } from './edge-stages.ts';
import { type Caller, type Measured, type ReadyRequest, readyCall } from './load.ts';
import { type Crowd, writeCrowd } from './people.ts';
import { startServer } from './server-process.ts';
import { BENCH } from './settings.ts';

export interface BenchGround {
  readonly uri: string;
  readonly say: (sentence: string) => void;
}

const ROUNDS = 4;
const SECONDS = 2;
const CONNECTIONS = 32;
const PEOPLE = 9_000;
/** A bare insert is so much faster that it needs more requests. */
const BARE_FOR_EACH = 3;
/** Until the code is compiled that a service which has run for a day has long compiled. */
const WARM_SECONDS = { bare: 2, service: 8 };
/** Callers of whom each stage is measured. */
const STAGED = 300;
const OPEN_RATE = 50;
const OPEN_SECONDS = 15;

/** (a) a bare durable insert, (b) our webhook for first calls, (c) for repeats: turn by turn in one run on one database. */
export async function benchEdge({ uri, say }: BenchGround) {
  const connection = await connect(uri, 8);
  const cipher = createNumberCipher(BENCH.masterKey, randomBytes);
  const bare = await startServer('bare', uri);
  const service = await startServer('service', uri);
  try {
    say(`writing ${String(PEOPLE)} people`);
    const { callers } = await writeCrowd(connection, cipher, PEOPLE);
    const first = callers.map(({ number, line }) => readyCall(number, line));
    const spare = Array.from({ length: BARE_FOR_EACH }, () =>
      callers.map(({ number, line }) => readyCall(number, line)),
    );
    const calls = { first: drain(first), bare: drain(spare.flat()), callers };
    const stagesOf = (from: number) =>
      measureStages({ connection, cipher, callers: callers.slice(from, from + STAGED) });
    await stagesOf(STAGED);
    const stages = await stagesOf(0);
    await warmUp(bare.caller, service.caller, calls);
    const rest = () => untilAtRest(connection);
    await rest();
    const rounds = await measureRounds({ bare: bare.caller, service: service.caller, calls, say, rest });
    say(`open loop, ${String(OPEN_RATE)} first calls a second for ${String(OPEN_SECONDS)} s`);
    const open = await service.caller.openLoop(calls.first, { perSecond: OPEN_RATE, seconds: OPEN_SECONDS });
    const rssMb = (await service.rss()) / 1_048_576;
    const result = { ...summarise(rounds), open50: open, rssMb, stages, rounds };
    report(result, say);
    return result;
  } finally {
    await bare.stop();
    await service.stop();
    await connection.close();
  }
}

interface Calls {
  readonly first: () => ReadyRequest | undefined;
  readonly bare: () => ReadyRequest | undefined;
  readonly callers: Crowd['callers'];
}

interface Round {
  readonly a: Measured;
  readonly b: Measured;
  readonly c: Measured;
}

function drain(requests: ReadyRequest[]): () => ReadyRequest | undefined {
  return () => requests.pop();
}

async function warmUp(bare: Caller, service: Caller, calls: Calls): Promise<void> {
  await bare.closedLoop(calls.bare, { connections: CONNECTIONS, seconds: WARM_SECONDS.bare });
  await service.closedLoop(calls.first, { connections: CONNECTIONS, seconds: WARM_SECONDS.service });
}

async function measureRounds(parts: {
  bare: Caller;
  service: Caller;
  calls: Calls;
  say: (s: string) => void;
  rest: () => Promise<void>;
}): Promise<Round[]> {
  const { bare, service, calls, say, rest } = parts;
  const rounds: Round[] = [];
  const options = { connections: CONNECTIONS, seconds: SECONDS };
  // Calls that stand already: each is answered with its stored markup.
  const repeats = calls.callers.slice(-50).map(({ number, line }) => readyCall(number, line));
  for (const request of repeats) await service.closedLoop(drain([request]), { connections: 1, seconds: 1 });
  for (let round = 1; round <= ROUNDS; round++) {
    say(`round ${String(round)} of ${String(ROUNDS)}`);
    let turn = 0;
    const a = await bare.closedLoop(calls.bare, options);
    const b = await service.closedLoop(calls.first, options);
    await rest();
    const c = await service.closedLoop(() => repeats[turn++ % repeats.length], options);
    rounds.push({ a, b, c });
  }
  return rounds;
}

function summarise(rounds: readonly Round[]) {
  const median = (values: number[]) => values.sort((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0;
  const of = (key: keyof Round) => ({
    perSecond: median(rounds.map((round) => round[key].perSecond)),
    p50: median(rounds.map((round) => round[key].p50)),
    p99: median(rounds.map((round) => round[key].p99)),
    failed: rounds.reduce((sum, round) => sum + round[key].failed, 0),
  });
  const ratio = (key: 'b' | 'c') => median(rounds.map((round) => round[key].perSecond / round.a.perSecond));
  return { a: of('a'), b: of('b'), c: of('c'), bToA: ratio('b'), cToA: ratio('c') };
}

function report(
  result: ReturnType<typeof summarise> & { open50: Measured; rssMb: number; stages: Record<string, number> },
  say: (s: string) => void,
) {
  const row = (name: string, { perSecond, p50, p99 }: Pick<Measured, 'perSecond' | 'p50' | 'p99'>, ratio: number) =>
    say(
      `${name.padEnd(34)} ${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(1).padStart(6)} ms  p99 ${p99.toFixed(1).padStart(6)} ms  ${ratio.toFixed(2)} of (a)`,
    );
  row('(a) bare durable insert', result.a, 1);
  row('(b) first call', result.b, result.bToA);
  row('(c) repeat', result.c, result.cToA);
  const { p50, p99, max, failed, done } = result.open50;
  say(
    `open loop ${String(OPEN_RATE)}/s: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms, ${String(failed)} of ${String(done)} failed`,
  );
  say(
    `memory of the service ${result.rssMb.toFixed(0)} MB; failed: a ${String(result.a.failed)}, b ${String(result.b.failed)}, c ${String(result.c.failed)}`,
  );
  say('stages of a first call, one after the other, µs:');
  for (const [name, cost] of Object.entries(result.stages)) say(`  ${name.padEnd(28)} ${cost.toFixed(0).padStart(6)}`);
}
