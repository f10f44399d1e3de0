import type { SiteId, WorkerId } from './ids.ts';
import type { Direction, DirectionBy, Passage } from './passage.ts';
import type { Recorded } from './ledger.ts';
import { inOrder, isForgotten, readStays } from './stays.ts';

/** The end of a worker's sequence: how long it is, and the passages that a next one may depend on. */
export interface Head {
  readonly workerId: WorkerId;
  readonly seq: number;
  readonly recent: readonly Passage[];
}

/** How many passages a head keeps: two weeks of coming and going. */
const KEPT = 24;

/** A worker of whom nothing is recorded yet. */
export function newHead(workerId: WorkerId): Head {
  return { workerId, seq: 0, recent: [] };
}

/** The head after a further record, which may hold two passages (a move between sites) or take back what earlier ones hold. */
export function advance(head: Head, { seq, passages, withdraws = [] }: Recorded): Head {
  const standing = head.recent.filter((passage) => !withdraws.includes(passage.seq));
  return { ...head, seq: Math.max(seq, head.seq), recent: inOrder([...standing, ...passages]).slice(-KEPT) };
}

/** The head of a whole sequence; its length is that of the worker's own entries, whatever a merge has put between them. */
export function headOf(workerId: WorkerId, recorded: readonly Recorded[]): Head {
  const head = recorded.reduce(advance, newHead(workerId));
  return { ...head, seq: Math.floor(head.seq) };
}

/** What a call asks to record. Times are instants; the rules are those of the site called for. */
export interface Asked {
  readonly siteId: SiteId;
  readonly at: Date;
  readonly repeatWindowSec: number;
  /** A line of fixed meaning, or a person, says which way; otherwise the state does. */
  readonly said?: { readonly direction: Direction; readonly by: DirectionBy };
}

export interface Step {
  readonly siteId: SiteId;
  readonly direction: Direction;
  readonly by: DirectionBy;
  readonly at: Date;
}

/** Either a repeat of what stands already, or one or two steps to record; `since` is the entry that an exit closes. */
export type Decision =
  | { readonly kind: 'repeat'; readonly of: readonly Passage[] }
  | { readonly kind: 'record'; readonly steps: readonly Step[]; readonly since?: Date };

/**
 * Which way a call goes. No open stay: entry. Inside the site's window after its last passage: the same receipt again. An open
 * stay no older than its site's longest shift: exit, or at another site a move (out there, in here). Older: entry, and the
 * forgotten exit becomes somebody's task.
 */
export function decide(head: Head, asked: Asked): Decision {
  // Two clocks may differ a little: what was recorded within the window ahead of this call counts as before it.
  const horizon = asked.at.getTime() + asked.repeatWindowSec * 1000;
  const known = head.recent.filter((p) => p.at.getTime() <= horizon);
  const repeated = repeatOf(known, asked);
  if (repeated) return { kind: 'repeat', of: repeated };
  const open = readStays(known).open;
  const here = open !== undefined && !isForgotten(open.entry, asked.at) ? open.entry : undefined;
  if (asked.said) return record([{ ...asked.said, siteId: asked.siteId, at: asked.at }], here, asked);
  if (!here) return record([{ siteId: asked.siteId, direction: 'entry', by: 'state', at: asked.at }], undefined, asked);
  if (here.siteId === asked.siteId) {
    return record(
      [{ siteId: asked.siteId, direction: 'exit', by: 'state', at: later(asked.at, here.at) }],
      here,
      asked,
    );
  }
  const at = later(asked.at, here.at);
  return record(
    [
      { siteId: here.siteId, direction: 'exit', by: 'move', at },
      { siteId: asked.siteId, direction: 'entry', by: 'move', at },
    ],
    here,
    asked,
  );
}

function record(steps: readonly Step[], open: Passage | undefined, asked: Asked): Decision {
  const closes = steps[0]?.direction === 'exit' && open?.siteId === steps[0].siteId && asked.at >= open.at;
  return closes ? { kind: 'record', steps, since: open.at } : { kind: 'record', steps };
}

function repeatOf(known: readonly Passage[], asked: Asked): readonly Passage[] | undefined {
  const last = inOrder(known.filter((p) => p.siteId === asked.siteId)).at(-1);
  if (!last || Math.abs(asked.at.getTime() - last.at.getTime()) > asked.repeatWindowSec * 1000) return undefined;
  if (asked.said && asked.said.direction !== last.direction) return undefined;
  return known.filter((p) => p.seq === last.seq);
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
