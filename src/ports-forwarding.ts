import type { Forwarding, ForwardingAnswer, ForwardingState, NewForwarding } from './domain/forwarding.ts';
import type { SiteId, WorkerId } from './domain/ids.ts';
import type { Within } from './domain/reach.ts';
import type { Page, PageRequest } from './ports.ts';

/** How an attempt ended; without `dueAt` it is not tried again by itself. */
export interface AttemptEnd {
  readonly state: ForwardingState;
  readonly attempts: number;
  readonly answer?: ForwardingAnswer;
  readonly dueAt?: Date;
  /** Not tried: the tree or roster line of its site goes first. */
  readonly held?: boolean;
}

/** Hand-overs, one document per version; due ones carry the time at which they are due. */
export interface ForwardingStore {
  /** Adds versions that do not stand yet and sets older ones aside; content equal to the last version adds nothing. */
  enqueue(items: readonly NewForwarding[]): Promise<void>;
  /** Takes what is due for one pass until the lease ends; nobody else gets it meanwhile. */
  take(of: {
    readonly owner: string;
    readonly now: Date;
    readonly until: Date;
    readonly limit: number;
  }): Promise<readonly Forwarding[]>;
  /** When the next one is due. */
  nextDue(): Promise<Date | undefined>;
  /** Ends attempts; one whose claim was lost meanwhile is left as it is. */
  finish(ends: readonly { readonly item: Forwarding; readonly end: AttemptEnd }[]): Promise<void>;
  /** Which of these lanes (`tree:site`, `roster:site:worker`) still have something to hand over. */
  unsettled(lanes: readonly string[]): Promise<ReadonlySet<string>>;
  /** The current version of each key. */
  latest(kind: Forwarding['kind'], keys: readonly string[]): Promise<ReadonlyMap<string, Forwarding>>;
  findWithin(id: string, within: Within): Promise<Forwarding | undefined>;
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
  /** Makes due what waited for the tree of a site, or for one worker's line there, or was taken or refused for want of it. */
  releaseWaiting(of: readonly { readonly siteId: SiteId; readonly workerId?: WorkerId }[], now: Date): Promise<void>;
}
