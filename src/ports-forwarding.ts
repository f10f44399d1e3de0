import type { Forwarding, ForwardingAnswer, ForwardingState, NewForwarding } from './domain/forwarding.ts';
import type { SiteId } from './domain/ids.ts';
import type { Page, PageRequest } from './ports.ts';

/** How an attempt ended; without `dueAt` it is not tried again by itself. */
export interface AttemptEnd {
  readonly state: ForwardingState;
  readonly attempts: number;
  readonly answer?: ForwardingAnswer;
  readonly dueAt?: Date;
}

/** Hand-overs, one document per version; due ones carry the time at which they are due. */
export interface ForwardingStore {
  /** Adds versions that do not stand yet and sets older ones aside; content equal to the last version adds nothing. */
  enqueue(items: readonly NewForwarding[]): Promise<void>;
  due(now: Date, limit: number): Promise<readonly Forwarding[]>;
  /** When the next one is due. */
  nextDue(): Promise<Date | undefined>;
  /** Takes one for sending until `until`; undefined when somebody else has it. */
  claim(item: Forwarding, until: Date): Promise<Forwarding | undefined>;
  /** Ends an attempt; false when the claim was lost meanwhile. */
  finish(item: Forwarding, end: AttemptEnd): Promise<boolean>;
  /** Which of these sites still have a tree or roster lines to hand over. */
  unsettled(siteIds: readonly SiteId[]): Promise<ReadonlySet<string>>;
  /** The current version of each key. */
  latest(kind: Forwarding['kind'], keys: readonly string[]): Promise<ReadonlyMap<string, Forwarding>>;
  find(id: string): Promise<Forwarding | undefined>;
  page(
    filter: { readonly state?: ForwardingState; readonly kind?: Forwarding['kind'] },
    request: PageRequest,
  ): Promise<Page<Forwarding>>;
  /** Makes one due again, whatever its state; false when it is not the current version or being sent. */
  resend(id: string, now: Date): Promise<boolean>;
  /** Makes due again what was refused here for want of an entry in a register. */
  reopenLocal(now: Date): Promise<void>;
  /** Makes due at once what waits after a failed attempt: the registry answers again. */
  wake(now: Date): Promise<void>;
  /** Makes due again the histories of a site that were taken without its tree or roster. */
  reopenIncomplete(siteId: SiteId, now: Date): Promise<void>;
}
