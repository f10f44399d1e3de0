import { MongoBackend, type MongoBackendConfig } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Log } from '../src/ports.ts';

type Database = Extract<MongoBackendConfig, { mongo: unknown }>['mongo'];

/** A clock that rings every minute in one of the instances; it knows nothing of what is due. */
export interface Ticker {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const NAME = 'tick';

/** How often it rings, how often agenda looks ahead for it, and how long a lock holds. */
interface Beat {
  readonly every: string;
  readonly scanMs: number;
  readonly lockMs: number;
}

/**
 * A job is locked as early as one scan ahead, so the lock holds longer than that. A tick only nudges, so it need not hold much longer:
 * agenda keeps a timer of half of it, for which the end of the process has to wait.
 */
const BEAT: Beat = { every: '1 minute', scanMs: 2_000, lockMs: 6_000 };

/**
 * Agenda only rings: what is due stands in our own ledger of runs and on our documents, because a daily job of agenda's is lost when
 * the process dies inside it and skipped when it is missed. Losing every document of agenda's loses nothing.
 */
export function createTicker(parts: {
  readonly db: Database;
  readonly log: Log;
  /** Must return at once: what it starts goes on by itself. */
  readonly tick: () => void;
  readonly beat?: Beat;
}): Ticker {
  const { db, log, tick, beat = BEAT } = parts;
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: 'agendaJobs' }),
    processEvery: beat.scanMs,
    defaultLockLifetime: beat.lockMs,
  });
  agenda.on('error', (error: unknown) => log.warn({ err: error }, 'the ticker missed a beat'));
  // No limit of locks: a job whose lock ended before it ran is dropped, but goes on counting, and with a limit of one would never run again.
  agenda.define(NAME, () => Promise.resolve(tick()), { concurrency: 1 });
  return {
    async start() {
      await agenda.start();
      await agenda.every(beat.every, NAME);
    },
    stop: () => agenda.stop(),
  };
}
