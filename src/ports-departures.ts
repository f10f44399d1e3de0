import type { Departure } from './domain/departure.ts';
import type { Day, WorkerId } from './domain/ids.ts';
import type { Register } from './ports.ts';

/** Who leaves or has left his firm. */
export interface DepartureStore extends Register<Departure, WorkerId> {
  /** Those whose last day is over by that day, and those that something interrupted. */
  due(today: Day, limit: number): Promise<readonly Departure[]>;
  /** Forgets the PINs of those who left before that day. */
  forgetPins(before: Day): Promise<void>;
}
