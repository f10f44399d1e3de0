import type { Right } from '../domain/access.ts';
import type { DenialReason } from '../domain/denial.ts';
import type { Reach } from '../domain/reach.ts';
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
  readonly reasons?: readonly DenialReason[];
}

/** Why the asker may not do this to these things; undefined when he may. */
export async function deny<P, Q, B, C extends RefusalCode>(
  { right, one, named }: Access<P, Q, B, C>,
  parsed: Parsed<P, Q, B>,
  reach: Reach,
): Promise<Denied | undefined> {
  if (reach.everything) return undefined;
  const barred = await reach.barred(right, parsed.query ?? {});
  if (barred) return { kind: 'refused', code: 'not-allowed', reasons: [barred] };
  const id = one?.(parsed);
  if (id !== undefined && !(await reach.admits(right, id))) {
    return { kind: 'refused', ...(await reach.whyNot(right, id)) };
  }
  return denyNamed(named?.(parsed) ?? [], reach);
}

/** What he knows of anyway is refused with the reason; of the rest he is told that it is unknown. */
async function denyNamed<C extends RefusalCode>(
  things: readonly Named<C>[],
  reach: Reach,
): Promise<Denied | undefined> {
  for (const { right, ids, refusal } of things) {
    for (const id of new Set(ids)) {
      if (await reach.admits(right, id)) continue;
      const { code, reasons } = await reach.whyNot(right, id);
      return { kind: 'refused', code: code === 'not-allowed' ? code : refusal, reasons };
    }
  }
  return undefined;
}
