import { digestOf } from './digest.ts';
import type { RegistryHistory, SiteDigest } from './registry-item.ts';

/** What counts when two sides compare a history: its content, not how or when it was handed over. */
export function comparableHistory(history: RegistryHistory): object {
  const { version: _version, afterTheFact: _afterTheFact, ...content } = history;
  return content;
}

/** Digests per site of one day's histories; both sides compute them with this one function. */
export function digestBySite(histories: readonly RegistryHistory[]): readonly SiteDigest[] {
  const bySite = new Map<string, RegistryHistory[]>();
  for (const history of histories) bySite.set(history.siteId, [...(bySite.get(history.siteId) ?? []), history]);
  return [...bySite.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([siteId, items]) => ({
      siteId,
      count: items.length,
      digest: digestOf(items.map((item) => digestOf(comparableHistory(item))).sort()),
    }));
}
