import type { History } from './history.ts';
import type { FirmId, SiteId, WorkerId } from './ids.ts';
import type { RefusalOwner } from './registry-item.ts';
import type { RosterLine } from './roster.ts';
import type { NodeStatus } from './tree.ts';

export const forwardingStates = [
  'pending',
  'sending',
  'accepted',
  'accepted-incomplete',
  'rejected',
  'superseded',
  'withdrawn',
] as const;
export type ForwardingState = (typeof forwardingStates)[number];

/** A row of a tree with what the registry calls its firm, as of when the version was made. */
export interface ForwardedNode {
  readonly firmId: FirmId;
  readonly upperFirmId: FirmId | null;
  readonly tier: number;
  readonly status: NodeStatus;
  readonly ccusId: string | null;
  readonly name: string;
}

/** What one hand-over carries, in our own ids; the registry's ids are put in when it is sent. */
export type ForwardingContent =
  | { readonly kind: 'tree'; readonly nodes: readonly ForwardedNode[] }
  | { readonly kind: 'roster'; readonly line: Omit<RosterLine, 'evidence' | 'facts'> }
  | { readonly kind: 'history'; readonly history: Omit<History, 'evidence'> };

/** Handing one version of a tree, roster line or history to the core registry, and what it answered. */
export interface Forwarding {
  /** `kind:key:version`, the idempotency key of the hand-over. */
  readonly id: string;
  readonly kind: ForwardingContent['kind'];
  readonly key: string;
  readonly version: number;
  readonly siteId: SiteId;
  readonly workerId?: WorkerId;
  readonly content: ForwardingContent;
  readonly hash: string;
  /** How many calls the content was made from; content made from fewer never replaces it. */
  readonly facts: number;
  readonly state: ForwardingState;
  readonly attempts: number;
  readonly answer?: ForwardingAnswer;
  /** Counts claims: whoever finishes must still hold the last one. */
  readonly fence: number;
}

export interface ForwardingAnswer {
  readonly code: string;
  readonly sentence: string;
  readonly who: RefusalOwner;
  /** Decided here, without asking the registry: looked at again when a register changes. */
  readonly local?: boolean;
}

/** A version to be handed over; trees and roster lines get their version number when they are enqueued. */
export type NewForwarding = Pick<Forwarding, 'kind' | 'key' | 'siteId' | 'workerId' | 'content' | 'hash' | 'facts'> & {
  readonly version?: number;
};

/** The order in which things go out: tree, then roster lines, then histories. */
export const kindOrder = { tree: 0, roster: 1, history: 2 } as const satisfies Record<Forwarding['kind'], number>;

const BASE_MS = 2_000;
const CAP_MS = 3_600_000;

/** Full-jitter exponential delay before the next attempt, in milliseconds: never dropped, at most an hour apart. */
export function retryDelay(attempts: number, fraction: number): number {
  return 500 + Math.round(fraction * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempts, 20)));
}
