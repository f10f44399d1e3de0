import express, { type Express } from 'express';
import type { Connection } from 'mongoose';
import { createCarrierList } from './carrier-list.ts';
import { createCarrierMessages } from './carrier-messages.ts';
import { createCarrierNumbers } from './carrier-numbers.ts';
import { createCarrierRoutes } from './carrier-routes.ts';
import { createControlRoutes } from './control-routes.ts';
import { createFaults } from './faults.ts';
import { type Known, createKnownStore } from './known-store.ts';
import { type MessageList, createMessageList } from './message-list.ts';
import { createRegistryJudge } from './registry-judge.ts';
import { createRegistryRoutes } from './registry-routes.ts';
import { createRegistryStore } from './registry-store.ts';
import { createSandboxClock } from './sandbox-clock.ts';
import { answerUnknownPath, createProblemAnswer } from './sandbox-problem.ts';
import { createSettingsStore } from './settings-store.ts';

interface SandboxParts {
  /** To a database of the sandbox's own, shared by all instances. */
  readonly connection: Connection;
  /** Business time, which has this sandbox's offset in it already, and real time. */
  readonly clock: { now(): Date; real(): Date };
  readonly chance: { fraction(): number };
  readonly log: { error(fields: object, sentence: string): void };
  /** The bearer token that the registry's own API asks for. */
  readonly token: string;
  /** Who the registry knows from the start. */
  readonly registrySample: Known;
  /** The numbers that the account holds. */
  readonly lines: readonly string[];
}

/** The outside world in miniature: core registry, carrier's call list, switches for faults and clock. */
export interface Sandbox {
  readonly app: Express;
  /** Builds the indexes, adds the sample where it is missing and looks at the clock; before the first request. */
  ready(): Promise<void>;
  /** Milliseconds that business time is away from real time. */
  offsetMs(): number;
  /** Looks whether the clock was set at another instance; at least every 200 ms of real time. */
  syncClock(): Promise<void>;
  readonly messages: MessageList;
  /** Ends answers that a fault holds back; the connection belongs to whoever gave it. */
  close(): void;
}

/** Puts the sandbox together; everything it holds is in the database, so a restart or a second instance sees the same. */
export function createSandbox({ connection, clock, chance, log, token, registrySample, lines }: SandboxParts): Sandbox {
  const stopping = new AbortController();
  const settings = createSettingsStore(connection);
  const known = createKnownStore(connection);
  const store = createRegistryStore(connection);
  const carrier = createCarrierList(connection);
  const messages = createMessageList(connection);
  const sandboxClock = createSandboxClock({ settings, real: () => clock.real() });
  const faults = createFaults({ settings, fraction: () => chance.fraction(), stopped: stopping.signal });
  const judge = createRegistryJudge({ known, store, now: () => clock.now() });

  const app = express();
  app.disable('x-powered-by');
  app.use(createRegistryRoutes({ judge, store, faults, token }));
  app.use(createControlRoutes({ store, known, faults, clock: sandboxClock, carrier, messages }));
  app.use(createCarrierNumbers(connection, lines));
  app.use(createCarrierRoutes(carrier));
  app.use(createCarrierMessages({ messages, clock, chance }));
  app.use(answerUnknownPath);
  app.use(createProblemAnswer(log));

  return {
    app,
    async ready() {
      await store.prepare();
      await known.seed(registrySample);
      await sandboxClock.sync();
    },
    offsetMs: () => sandboxClock.offsetMs(),
    syncClock: () => sandboxClock.sync(),
    messages,
    close: () => stopping.abort(),
  };
}
