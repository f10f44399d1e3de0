import { setTimeout as pause } from 'node:timers/promises';
import type { RunningEngine } from './running-engine.ts';

const FAILURES = 5;
const WITHIN_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Keeps an engine running: when it ends by itself it is started again at the same address, so that whoever uses it only has to
 * connect anew. After five failures within a minute it is given up: then `ended` resolves.
 */
export async function keepEngine(
  start: (port?: number) => Promise<RunningEngine>,
  progress: (sentence: string) => void,
): Promise<RunningEngine> {
  const first = await start();
  const port = Number(first.address.split(':').at(-1));
  const failedAt: number[] = [];
  const life = { stopping: false, engine: first, starting: Promise.resolve() };

  /** Counts one failure; false when it was one too many. */
  function mayGoOn(): boolean {
    failedAt.push(performance.now());
    return failedAt.filter((at) => at > performance.now() - WITHIN_MS).length < FAILURES;
  }

  /** False when it is given up, or being stopped. */
  async function startAgain(): Promise<boolean> {
    while (!life.stopping && mayGoOn()) {
      progress('The database engine ended by itself; it is started again.');
      const started = await start(port).catch((error: unknown) => {
        progress(`It could not be started again: ${String(error)}`);
        return undefined;
      });
      if (started) {
        life.engine = started;
        return true;
      }
      await pause(PAUSE_MS);
    }
    return false;
  }

  async function watch(): Promise<number | undefined> {
    for (;;) {
      const code = await life.engine.ended;
      const again = startAgain();
      life.starting = again.then(() => undefined);
      if (!(await again)) return code;
    }
  }

  return {
    ...first,
    ended: watch(),
    async stop() {
      life.stopping = true;
      await life.starting;
      await life.engine.stop();
    },
  };
}
