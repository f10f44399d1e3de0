import type { Forwarding } from '../src/domain/forwarding.ts';
import type { SiteId } from '../src/domain/ids.ts';
import type { Keyed } from './collection.ts';

/** A hand-over as stored: `lane` gathers the versions of one thing, `dueAt` stands only while something is to be done. */
export type ForwardingDoc = Forwarding &
  Keyed & {
    readonly lane: string;
    readonly dueAt?: Date;
    readonly current: boolean;
    /** The site of which something has to be accepted before this can be. */
    readonly held?: SiteId;
    /** Which pass took it last. */
    readonly owner?: string;
  };

export function toForwarding(doc: ForwardingDoc): Forwarding {
  const { _id, lane: _lane, dueAt: _dueAt, current: _current, owner: _owner, held: _held, ...forwarding } = doc;
  return forwarding;
}
