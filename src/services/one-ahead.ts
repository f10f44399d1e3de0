/** Pieces of work that go on while whoever gives them prepares the next one. */
export interface OneAhead {
  /** Waits for the piece before, then begins this one and comes back at once. */
  begin(work: () => Promise<void>): Promise<void>;
  /** Waits for the last piece. */
  ended(): Promise<void>;
}

/** Runs pieces one after the other, one ahead of its giver; a failure is told to whoever comes next. */
export function createOneAhead(): OneAhead {
  let running: Promise<void> = Promise.resolve();
  return {
    async begin(work) {
      await running;
      running = work();
      running.catch(() => undefined);
    },
    ended: () => running,
  };
}
