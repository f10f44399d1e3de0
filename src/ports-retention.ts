import type { CallId, Day, NumberIndex, WorkerId } from './domain/ids.ts';

/** Somebody without an employer: his last day with one, and the last day he worked, if any. */
export interface Leaver {
  readonly id: WorkerId;
  readonly left: Day;
  readonly worked?: Day;
}

/** What the clocks of retention look at, and what they take away in small steps. */
export interface RetentionStore {
  /** Who has had no employer since before that day, and is not deleted. */
  leavers(before: Day): AsyncIterable<Leaver>;
  /** Calls of a time, some at once. */
  calls(from: Date, to: Date): AsyncIterable<readonly CallId[]>;
  countWords(calls: readonly CallId[]): Promise<number>;
  clearWords(calls: readonly CallId[]): Promise<void>;
  countNumbers(calls: readonly CallId[]): Promise<number>;
  clearNumbers(calls: readonly CallId[]): Promise<void>;
  /** Numbers whose registrations have all ended before that day. */
  endedNumbers(before: Day): AsyncIterable<{ readonly index: NumberIndex; readonly rev: number }>;
  countUploads(before: Date): Promise<number>;
}
