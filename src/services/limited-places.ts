/** Starts work after `ms` milliseconds; what it answers calls that off. */
export type StartTimer = (ms: number, work: () => void) => () => void;

/** Takes a place: how to leave it again, or undefined when none became free in time. */
export type EnterPlace = () => Promise<(() => void) | undefined>;

interface Room {
  readonly places: number;
  /** How many may wait; whoever comes beyond that is turned away at once. */
  readonly line: number;
  readonly waitMs: number;
  readonly startTimer: StartTimer;
}

/** Lets so many in at once; the others wait in the order in which they came, and not for long: a late answer is none. */
export function createPlaces({ places, line, waitMs, startTimer }: Room): EnterPlace {
  const waiting = new Set<() => void>();
  let free = places;

  function leaving(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [next] = waiting;
      if (next) next();
      else free += 1;
    };
  }

  return function enter() {
    if (free > 0) {
      free -= 1;
      return Promise.resolve(leaving());
    }
    if (waiting.size >= line) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const callOff = startTimer(waitMs, () => {
        waiting.delete(take);
        resolve(undefined);
      });
      const take = () => {
        waiting.delete(take);
        callOff();
        resolve(leaving());
      };
      waiting.add(take);
    });
  };
}

/** The timer of the machine. */
export const startTimer: StartTimer = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};
