import type { Day, WorkerId } from './domain/ids.ts';

/** For whom an employment begins on a day to come; the employment itself stands with the worker. */
export interface HiringStore {
  /** Noted before the worker is changed, so that a crash leaves nobody behind; of two days the earlier one stands. */
  note(id: WorkerId, from: Day): Promise<void>;
  /** It turned out to be that day. */
  postpone(id: WorkerId, from: Day): Promise<void>;
  due(today: Day, limit: number): Promise<readonly WorkerId[]>;
  forget(id: WorkerId): Promise<void>;
}
