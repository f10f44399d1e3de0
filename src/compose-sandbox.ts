import type { Connection } from 'mongoose';
import { type Sandbox, createSandbox } from '../sandbox/sandbox.ts';
import { registrySample, sample } from '../sandbox/sample.ts';
import type { Chance, Clock, Log } from './ports.ts';

export interface SandboxGround {
  readonly connection: Connection;
  readonly clock: Pick<Clock, 'real'>;
  readonly chance: Chance;
  readonly log: Log;
  readonly token: string;
}

/** How often the clock of the outside world is looked at, in case another instance set it. */
const SYNC_MS = 200;

/** The sandbox, and the business clock that it sets: leases and retries stay on real time. */
export async function composeSandbox(ground: SandboxGround): Promise<{ sandbox: Sandbox; clock: Clock; stop(): void }> {
  const { clock: base, log } = ground;
  const offset = { ms: () => 0 };
  const lines = sample.lines.map(({ number }) => number);
  const clock: Clock = { now: () => new Date(base.real().getTime() + offset.ms()), real: () => base.real() };
  const sandbox = createSandbox({ ...ground, clock, registrySample, lines });
  offset.ms = () => sandbox.offsetMs();
  await sandbox.ready();
  const timer = setInterval(() => {
    sandbox.syncClock().catch((error: unknown) => log.warn({ err: error }, 'the sandbox clock could not be read'));
  }, SYNC_MS);
  return {
    sandbox,
    clock,
    stop() {
      clearInterval(timer);
      sandbox.close();
    },
  };
}
