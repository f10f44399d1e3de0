import type { WorkerId } from '../domain/ids.ts';

/** In whose register each of these workers is kept now, as far as they were merged. */
export type KeptOf = (ids: readonly WorkerId[]) => Promise<ReadonlyMap<WorkerId, WorkerId>>;

/** A worker's id, alone or at the beginning of an id that is made of it. */
const NAMED = /^wrk_[a-z0-9]{4,40}(?=$|:)/;

/** What was asked, with the kept one's id wherever it names a worker whose register was merged into another. */
export async function withKeptIds<T extends object>(asked: T, keptOf: KeptOf): Promise<T> {
  const ids = new Set<string>();
  visit(asked, (text) => {
    const [id] = NAMED.exec(text) ?? [];
    if (id !== undefined) ids.add(id);
    return text;
  });
  if (ids.size === 0) return asked;
  const kept = await keptOf([...ids] as WorkerId[]);
  if (kept.size === 0) return asked;
  return visit(asked, (text) => text.replace(NAMED, (id) => kept.get(id as WorkerId) ?? id)) as T;
}

/** No schema of ours is as deep as this; what is deeper is refused when it is read. */
const DEEPEST = 32;

function visit(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => visit(one, change, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one, change, depth + 1)]));
}
