import type { Day } from './ids.ts';

/** One row of a tree as the registry takes it; ids are the registry's own, a name-only firm has none. */
export interface RegistryTreeRow {
  readonly firmId: string | null;
  readonly firmName: string;
  readonly tier: number;
  /** Id of the direct upper firm, or its name where it has no id; null for the prime. */
  readonly upper: string | null;
  readonly status: 'REGISTERED' | 'UNAPPROVED';
}

export interface RegistryTree {
  readonly siteId: string;
  readonly version: number;
  readonly rows: readonly RegistryTreeRow[];
}

/** One worker in one firm's row of one site, with what he does there. */
export interface RegistryRosterLine {
  readonly siteId: string;
  readonly firmId: string;
  readonly workerId: string;
  readonly jobType: string | null;
  readonly position: string | null;
  readonly version: number;
}

/** One worker, one site, one work date. Times are RFC 3339 with Tokyo's offset. */
export interface RegistryHistory {
  readonly siteId: string;
  readonly workerId: string;
  readonly workDate: Day;
  readonly employerId: string;
  readonly primeId: string;
  readonly entryAt: string | null;
  readonly exitAt: string | null;
  readonly jobType: string | null;
  readonly position: string | null;
  readonly method: string;
  /** A person entered or corrected it afterwards: then the direct-entry deadline applies. */
  readonly afterTheFact: boolean;
  /** Nothing is left of that day: its passages were taken back, or belong to another day. */
  readonly withdrawn: boolean;
  readonly version: number;
}

/** Who must act on a refusal. */
export type RefusalOwner = 'prime' | 'employer' | 'operator' | 'worker';

/** What the registry made of one item; the last three leave it to be sent again. */
export type RegistryAnswer =
  | { readonly state: 'accepted' }
  | {
      readonly state: 'accepted-incomplete' | 'rejected';
      readonly code: string;
      readonly sentence: string;
      readonly who: RefusalOwner;
    }
  /** It holds a newer version already. */
  | { readonly state: 'superseded' }
  /** Not reached, or it failed: time-out, reset, 5xx. */
  | { readonly state: 'unreachable'; readonly reason: string }
  /** It asked us to wait. */
  | { readonly state: 'busy'; readonly retryAfterMs: number }
  /** It answered something that proves nothing: read back before believing. */
  | { readonly state: 'ambiguous'; readonly reason: string }
  /** Our credential is wrong: nothing else will be taken either. */
  | { readonly state: 'forbidden'; readonly reason: string };

/** A site's histories of one day in a few bytes: count, and SHA-256 over the sorted records. */
export interface SiteDigest {
  readonly siteId: string;
  readonly count: number;
  readonly digest: string;
}
