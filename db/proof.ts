import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { execPath, kill } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { openDatabase } from './open-database.ts';
import { createProofLedger } from './proof-ledger.ts';
import { openProofCollection, type ProofDocument } from './proof-writer.ts';

/** Who is killed in a round; `both` hits the engine while it is closing because its service was killed. */
const VICTIMS = ['engine', 'service', 'both'] as const;
const LEAST_LOAD_MS = 300;
const MOST_LOAD_MS = 1_200;
const CLOSING_MS = 60;

/** What one round found. */
export interface ProofRound {
  readonly round: number;
  readonly victim: (typeof VICTIMS)[number];
  /** Writes acknowledged in this round. */
  readonly acknowledged: number;
  /** Writes that were under way at the kill: either outcome is right. */
  readonly underWay: number;
  readonly documents: number;
  readonly lost: string[];
  /** Unique keys that nobody holds and that the index still refuses, or holds for the wrong document. */
  readonly ghosts: string[];
  /** From the start of the engine on the left-over file to its first answer, in milliseconds. */
  readonly restartMs: number;
}

/**
 * Kills engine and service with SIGKILL under load, again and again on one folder, and compares with a ledger kept
 * outside both: nothing acknowledged may be missing, no unique key may stay blocked.
 */
export async function proveEngine(options: {
  readonly dataDir: string;
  readonly rounds: number;
  readonly chance: () => number;
  readonly report: (round: ProofRound) => void;
}): Promise<ProofRound[]> {
  const ledger = createProofLedger();
  const results: ProofRound[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const victim = VICTIMS[(round - 1) % VICTIMS.length] ?? 'engine';
    const before = ledger.counts.acknowledged;
    await killUnderLoad({ dataDir: options.dataDir, round, victim, chance: options.chance, ledger });
    const result = {
      round,
      victim,
      acknowledged: ledger.counts.acknowledged - before,
      ...(await verify(options.dataDir, ledger)),
    };
    options.report(result);
    results.push(result);
  }
  return results;
}

type Ledger = ReturnType<typeof createProofLedger>;

async function killUnderLoad(options: {
  readonly dataDir: string;
  readonly round: number;
  readonly victim: ProofRound['victim'];
  readonly chance: () => number;
  readonly ledger: Ledger;
}): Promise<void> {
  const command = join(import.meta.dirname, 'prove.ts');
  const args = ['--import', 'tsx', command, '--writer', options.dataDir, '--round', String(options.round)];
  const service = spawn(execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const written = record(service, options.ledger);
  const engine = await written.ready;
  await pause(LEAST_LOAD_MS + options.chance() * (MOST_LOAD_MS - LEAST_LOAD_MS));
  if (options.victim !== 'engine') service.kill('SIGKILL');
  if (options.victim === 'both') await pause(options.chance() * CLOSING_MS);
  if (options.victim !== 'service') killIfAlive(engine);
  await written.over;
}

/** Feeds the writer's lines to the ledger; `ready` is the engine's process id, `over` comes when the pipe is empty. */
function record(service: ChildProcess, ledger: Ledger): { ready: Promise<number>; over: Promise<void> } {
  if (service.stdout === null) throw new Error('the writer has no output');
  const lines = createInterface({ input: service.stdout });
  const over = new Promise<void>((resolve) => lines.once('close', resolve));
  const ready = new Promise<number>((resolve, reject) => {
    void over.then(() => {
      reject(new Error('the writer ended before it was ready'));
    });
    lines.on('line', (line) => {
      const [mark, id = '', key] = line.split(' ');
      if (mark === 'ready') resolve(Number(id));
      if (mark === '?') ledger.ask(id, key === 'absent' ? 'absent' : { key: key === 'none' ? undefined : key });
      if (mark === '!') ledger.confirm(id);
      if (mark === 'x') ledger.refuse(id);
    });
  });
  return { ready, over };
}

/** Opens what the kill left behind, reads everything, and tries every key that must be free. */
async function verify(dataDir: string, ledger: Ledger) {
  const started = performance.now();
  const database = await openDatabase({ engine: 'java', dataDir, progress: () => undefined });
  const client = new mongoose.mongo.MongoClient(database.uri);
  try {
    const collection = await openProofCollection(client);
    const restartMs = Math.round(performance.now() - started);
    const documents = await collection.find().toArray();
    const held = new Map(documents.map((document) => [document._id, document.u]));
    const { lost, free, refused, underWay } = ledger.settle(held);
    const ghosts = [
      ...refused,
      ...(await findBlocked(collection, free)),
      ...(await findMisplaced(collection, documents)),
    ];
    return { underWay, documents: documents.length, lost, ghosts, restartMs };
  } finally {
    await client.close();
    await database.close();
  }
}

async function findBlocked(collection: mongoose.mongo.Collection<ProofDocument>, free: string[]): Promise<string[]> {
  const tried = await Promise.all(
    free.map(async (u) => {
      const _id = `ghost-${u}`;
      const outcome = await collection.insertOne({ _id, u }).then(
        () => undefined,
        () => u,
      );
      await collection.deleteOne({ _id });
      return outcome;
    }),
  );
  return tried.filter((key) => key !== undefined);
}

/** Asks by unique key, which the engine answers from the index, for every document that has one. */
async function findMisplaced(
  collection: mongoose.mongo.Collection<ProofDocument>,
  documents: ProofDocument[],
): Promise<string[]> {
  const asked = await Promise.all(
    documents.map(async ({ _id, u }) => {
      if (u === undefined) return undefined;
      const found = await collection.findOne({ u });
      return found?._id === _id ? undefined : u;
    }),
  );
  return asked.filter((key) => key !== undefined);
}

function killIfAlive(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch {
    // It had ended by itself, which is right when its service was killed first.
  }
}
