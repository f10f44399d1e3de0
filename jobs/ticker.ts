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
/** A tick only nudges, so its lock may be short; agenda keeps a timer of half of it, which a stop has to wait for. */
const LOCK_MS = 4_000;

/**
 * Agenda only rings: what is due stands in our own ledger of runs and on our documents, because a daily job of agenda's is lost when
 * the process dies inside it and skipped when it is missed. Losing every document of agenda's loses nothing.
 */
export function createTicker(parts: {
  readonly db: Database;
  readonly log: Log;
  /** Must return at once: what it starts goes on by itself. */
  readonly tick: () => void;
}): Ticker {
  const { db, log, tick } = parts;
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: 'agendaJobs' }),
    processEvery: 5_000,
    defaultLockLifetime: LOCK_MS,
  });
  agenda.on('error', (error: unknown) => log.warn({ err: error }, 'the ticker missed a beat'));
  agenda.define(NAME, () => Promise.resolve(tick()), { concurrency: 1, lockLimit: 1 });
  return {
    async start() {
      await agenda.start();
      await agenda.every('1 minute', NAME);
    },
    stop: () => agenda.stop(),
  };
}
