import type { Day, SiteId, WorkerId } from './domain/ids.ts';

/** How often somebody has keyed a wrong PIN lately, and until when no further one is looked at. */
export interface PinAttempts {
  readonly wrong: number;
  readonly since: Date;
  /** How many times in a row the limit was reached: each lock lasts longer than the one before. */
  readonly locks: number;
  readonly lockedUntil?: Date;
}

/** Hashes of PINs and the counters of attempts; every count is one atomic step, so it holds across instances and restarts. */
export interface PinStore {
  save(workerId: WorkerId, hash: string): Promise<void>;
  remove(workerId: WorkerId): Promise<void>;
  hashOf(workerId: WorkerId): Promise<string | undefined>;
  attempts(key: string): Promise<PinAttempts | undefined>;
  /** Counts one more attempt; what is older than `window` begins anew. */
  count(key: string, of: { readonly now: Date; readonly window: Date }): Promise<PinAttempts>;
  lock(key: string, until: Date): Promise<void>;
  clear(key: string): Promise<void>;
}

/** Who is expected at a site on a day. */
export interface Plan {
  readonly siteId: SiteId;
  readonly date: Day;
  readonly workerIds: readonly WorkerId[];
  /** When they are expected, `HH:MM` in Tokyo. */
  readonly expectedAt?: string;
}

/** Plans by site and day, and for each worker and day the sites that plan on him. */
export interface PlanStore {
  save(plan: Plan): Promise<void>;
  find(siteId: SiteId, date: Day): Promise<Plan | undefined>;
  onDay(date: Day): Promise<readonly Plan[]>;
  sitesOf(workerId: WorkerId, date: Day): Promise<readonly SiteId[]>;
}
