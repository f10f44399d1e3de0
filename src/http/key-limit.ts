const WINDOW_MS = 60_000;
/** So many requests of one key or person in a minute; a site's tablet asks a few. */
export const MOST_PER_MINUTE = 3_000;
const MOST_REMEMBERED = 10_000;

/** Whether this key may ask once more now. The key of the configuration has no limit: it is the operator's own, for whole imports and repairs. */
export type KeyLimit = (keyId: string, now: number) => boolean;

/** Counts each key's requests, minute by minute, in this instance: enough against a program that runs wild. */
export function createKeyLimit(): KeyLimit {
  const minutes = new Map<string, { readonly since: number; count: number }>();
  return (keyId, now) => {
    if (keyId === 'first' || keyId === 'nobody') return true;
    const known = minutes.get(keyId);
    if (known && now - known.since < WINDOW_MS && now >= known.since) {
      known.count += 1;
      return known.count <= MOST_PER_MINUTE;
    }
    if (minutes.size >= MOST_REMEMBERED) minutes.clear();
    minutes.set(keyId, { since: now, count: 1 });
    return true;
  };
}
