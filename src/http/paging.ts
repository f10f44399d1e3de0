import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Within } from '../domain/reach.ts';
import { present } from '../domain/present.ts';

const VERSION = 'c1';

/** An opaque place in a list: the last key seen, with a check so that a foreign or damaged cursor is told apart. */
export function encodeCursor(after: string): string {
  return `${VERSION}.${Buffer.from(after).toString('base64url')}.${checkOf(after)}`;
}

/** The key inside a cursor, or undefined when the cursor is not ours. */
export function decodeCursor(cursor: string): string | undefined {
  const [version, text, check] = cursor.split('.');
  if (version !== VERSION || text === undefined || check === undefined) return undefined;
  const after = Buffer.from(text, 'base64url').toString();
  return check === checkOf(after) ? after : undefined;
}

const Cursor = z
  .string()
  .max(500)
  .transform((cursor, context) => {
    const after = decodeCursor(cursor);
    if (after !== undefined) return after;
    context.issues.push({ code: 'custom', params: { code: 'cursor-unknown' }, input: cursor });
    return z.NEVER;
  });

/** The query of a list: `limit` 1-200, `cursor` as an earlier answer gave it, and the list's own filters; nothing else. */
export function listQuery<Shape extends z.ZodRawShape>(filters: Shape) {
  return z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: Cursor.exactOptional(),
    ...filters,
  });
}

/** The answer of a list; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/**
 * What a store is asked for, from a list's parsed query: the cursor has become the key to go on after. `within` is how far the
 * asker's rights reach.
 */
export function pageRequest(
  query: { readonly limit: number; readonly cursor?: string },
  within: Within,
): {
  readonly limit: number;
  readonly after?: string;
  readonly within: Within;
} {
  return { limit: query.limit, within, ...present({ after: query.cursor }) };
}

/** A store's page as a list's answer. */
export function answerPage<T, View>(
  page: { readonly items: readonly T[]; readonly next?: string },
  view: (item: T) => View,
): { readonly items: readonly View[]; readonly nextCursor: string | null } {
  return { items: page.items.map(view), nextCursor: page.next === undefined ? null : encodeCursor(page.next) };
}

function checkOf(after: string): string {
  return createHash('sha256').update(`cursor ${after}`).digest('hex').slice(0, 8);
}
