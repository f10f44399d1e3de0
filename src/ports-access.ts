import type { Condition } from './domain/reach.ts';
import type { Kind } from './domain/access.ts';
import type { Firm } from './domain/firm.ts';
import type { FirmId, PhoneId, SiteId, WorkerId } from './domain/ids.ts';
import type { PhoneRegistration } from './domain/phone.ts';
import type { Site } from './domain/site.ts';
import type { Tree } from './domain/tree.ts';
import type { Worker } from './domain/worker.ts';

/** People of some firms at one site, or of all firms there. */
export interface PeopleAt {
  readonly siteId: SiteId;
  readonly firmIds?: readonly FirmId[];
}

/** Who stands how to what, as far as rights depend on it. */
export interface RelationStore {
  sitesOfPrime(firmId: FirmId): Promise<readonly Site[]>;
  treesWith(firmId: FirmId): Promise<readonly Tree[]>;
  workersOf(firmId: FirmId): Promise<readonly Worker[]>;
  workersOfFirms(firmIds: readonly FirmId[]): Promise<readonly Worker[]>;
  /** Who was employed by this firm and is no longer. */
  formerWorkersOf(firmId: FirmId): Promise<readonly WorkerId[]>;
  /** Everybody of whom both sides disclose at least one item. */
  disclosing(): Promise<readonly WorkerId[]>;
  /** Those whose last employer it was and who have none now. */
  leaversOf(firmId: FirmId): Promise<readonly WorkerId[]>;
  worker(id: WorkerId): Promise<Worker | undefined>;
  /** Every register that is kept in another one now. */
  keptElsewhere(): Promise<readonly { readonly keptId: WorkerId; readonly otherId: WorkerId }[]>;
  /** Who is on the rosters of these. */
  rosterWorkers(people: readonly PeopleAt[]): Promise<readonly WorkerId[]>;
  sitesOfWorker(id: WorkerId): Promise<readonly SiteId[]>;
  sitesAmong(ids: readonly SiteId[]): Promise<readonly Site[]>;
  /** Firms that agreed to this firm's acting for them. */
  consentingTo(proxyFirmId: FirmId): Promise<readonly FirmId[]>;
  firm(id: FirmId): Promise<Firm | undefined>;
  registration(id: PhoneId): Promise<PhoneRegistration | undefined>;
  /** Whether the thing fits the condition. */
  fits(kind: Kind, id: string, condition: Condition): Promise<boolean>;
  /** The thing as it is kept, for conditions to be held against. */
  thing(kind: Kind, id: string): Promise<object | undefined>;
}
