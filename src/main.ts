import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import pino from 'pino';
import { DatabaseRefusal } from '../db/database-refusal.ts';
import { StartRefusal } from '../models/start-refusal.ts';
import { readConfig } from './config.ts';
import { createChance, createRandomDraw } from './chance.ts';
import { type Running, startService } from './start-service.ts';

/** A bad configuration or a database that cannot be used: sysexits' EX_CONFIG. */
const EXIT_CONFIG = 78;

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

if (process.argv.includes('--help')) {
  say('npm start: runs the service. Settings come from the environment or .env; .env.example documents them all.');
} else {
  await run();
}

async function run(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readConfig(process.env);
  if (!reading.ok) return end(EXIT_CONFIG, `The configuration cannot be used:\n${reading.complaints.join('\n')}`);
  const { config } = reading;
  const log = pino({ level: config.logLevel });
  const chance = createChance({ randomBytes: createRandomDraw(randomBytes), randomInt });
  try {
    handleSignals(await startService({ config, log, chance, say }));
  } catch (error) {
    if (error instanceof DatabaseRefusal || error instanceof StartRefusal) return end(EXIT_CONFIG, error.message);
    log.fatal({ err: error }, 'the service could not start');
    process.exitCode = 1;
  }
}

/** Ends once, however many signals come: npm and the terminal may both send one. */
function handleSignals(running: Running): void {
  let ending: Promise<void> | undefined;
  const finish = (code: number) => {
    ending ??= running.stop().then(
      () => void (process.exitCode = code),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exitCode = 1;
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => finish(0));
  void running.broken.then(() => {
    if (ending) return;
    process.stderr.write(
      'The database engine ends again and again; the service ends too, so that a supervisor starts both anew.\n',
    );
    finish(1);
  });
}

function end(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
