import type { Log } from '../ports.ts';

/** Work that runs soon after it is asked for, one run at a time; asking again while it runs means once more. */
export interface NudgedLoop {
  nudge(afterMs?: number): void;
  /** Takes no more nudges and waits for the run at hand. */
  stop(): Promise<void>;
}

/**
 * A nudge only makes things fast: whatever it misses, the sweep finds. A run that fails is logged and tried again after a pause.
 * `work` may answer after how many milliseconds it wants to run again by itself.
 */
export function createNudgedLoop(parts: {
  readonly name: string;
  readonly log: Log;
  readonly pauseMs: number;
  readonly work: () => Promise<number | void>;
}): NudgedLoop {
  const { name, log, pauseMs, work } = parts;
  const RETRY_MS = 2_000;
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let running: Promise<void> | undefined;
  let askedAgain = false;
  let stopped = false;

  function schedule(afterMs: number): void {
    const at = performance.now() + afterMs;
    if (stopped || at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(start, afterMs);
  }

  function start(): void {
    dueAt = Infinity;
    if (running) {
      askedAgain = true;
      return;
    }
    running = run().finally(() => {
      running = undefined;
      if (askedAgain) schedule(pauseMs);
      askedAgain = false;
    });
  }

  async function run(): Promise<void> {
    try {
      const again = await work();
      if (typeof again === 'number') schedule(again);
    } catch (error) {
      log.warn({ loop: name, err: error }, 'background work failed and is tried again');
      schedule(RETRY_MS);
    }
  }

  return {
    nudge: (afterMs = pauseMs) => schedule(afterMs),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
