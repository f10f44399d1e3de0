import type { Reach, Right } from '../domain/access.ts';
import type { RefusalCode } from '../domain/refusal.ts';

interface Parsed<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** Things that a body names: whoever has not this right to one of them is told that it is unknown. */
interface Named<C> {
  readonly right: Right;
  readonly ids: readonly string[];
  readonly refusal: C;
}

/** The right an endpoint needs. With `one`, to a single thing: 404 where the asker sees nothing of it, 403 where he sees it only. */
export interface Access<P, Q, B, C> {
  readonly right: Right;
  readonly one?: (parsed: Parsed<P, Q, B>) => string;
  readonly named?: (parsed: Parsed<P, Q, B>) => readonly Named<C>[];
}

interface Denied {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail?: string;
}

/** Why the asker may not do this to these things; undefined when he may. */
export async function deny<P, Q, B, C extends RefusalCode>(
  { right, one, named }: Access<P, Q, B, C>,
  parsed: Parsed<P, Q, B>,
  reach: Reach,
): Promise<Denied | undefined> {
  if (reach.everything) return undefined;
  const id = one?.(parsed);
  if (id !== undefined && !(await reach.admits(right, id))) return whyNot(right, id, reach);
  for (const { right: needed, ids, refusal } of named?.(parsed) ?? []) {
    for (const thing of new Set(ids)) {
      if (!(await reach.admits(needed, thing))) return { kind: 'refused', code: refusal };
    }
  }
  return undefined;
}

/** What he sees otherwise is refused with the reason; of what he does not see he learns nothing. */
async function whyNot(right: Right, id: string, reach: Reach): Promise<Denied> {
  const hidden = { kind: 'refused', code: 'not-found' } as const;
  if (await reach.admits([right[0], 'read'] as Right, id)) {
    return { kind: 'refused', code: 'not-allowed', detail: right.join(': ') };
  }
  if (right[0] !== 'worker' || !(await reach.admits(['worker', 'profile'], id))) return hidden;
  return { kind: 'refused', code: 'not-allowed', detail: 'worker and employer only' };
}
