import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseRefusal } from './database-refusal.ts';
import { proveEngine, type ProofRound } from './proof.ts';
import { writeUntilKilled } from './proof-writer.ts';

const HELP = `npm run prove:engine [-- --rounds 20]
Kills the Java engine, its service, or both with SIGKILL under load and looks for lost writes and ghosts in the indexes.`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
    writer: { type: 'string' },
    round: { type: 'string', default: '0' },
  },
});

function printRound(round: ProofRound): void {
  const cells = [round.round, round.victim, round.acknowledged, round.underWay, round.documents, round.lost.length];
  console.log([...cells, round.ghosts.length, round.restartMs].map((cell) => String(cell).padStart(12)).join(''));
}

async function prove(rounds: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'genba-call-proof-'));
  try {
    const heads = ['round', 'killed', 'acknowledged', 'under way', 'documents', 'lost', 'ghosts', 'restart ms'];
    console.log(heads.map((head) => head.padStart(12)).join(''));
    const results = await proveEngine({ dataDir, rounds, chance: Math.random, report: printRound });
    const lost = results.reduce((sum, round) => sum + round.lost.length, 0);
    const ghosts = results.reduce((sum, round) => sum + round.ghosts.length, 0);
    console.log(`${results.length} rounds, ${lost} lost, ${ghosts} ghosts`);
    process.exitCode = lost + ghosts === 0 ? 0 : 1;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

try {
  if (values.help) {
    console.log(HELP);
  } else if (values.writer === undefined) {
    await prove(Number(values.rounds));
  } else {
    await writeUntilKilled({
      dataDir: values.writer,
      round: Number(values.round),
      say: (line) => process.stdout.write(`${line}\n`),
    });
    process.exit(0);
  }
} catch (error) {
  if (values.writer !== undefined) process.exit(0);
  if (!(error instanceof DatabaseRefusal)) throw error;
  console.error(error.sentence);
  process.exitCode = 1;
}
