import type { SiteId } from './ids.ts';
import type { Passage } from './passage.ts';
import { tokyoDay } from './work-day.ts';

const DAYS = 10;
const OLDEST_MS = 30 * 86_400_000;

/** Where somebody mostly was on the last ten days on which he worked; nowhere when no site has more than half of them. */
export function usualSite(passages: readonly Passage[], at: Date): SiteId | undefined {
  const siteOn = new Map<string, SiteId>();
  for (const passage of passages) {
    if (at.getTime() - passage.at.getTime() > OLDEST_MS || siteOn.has(tokyoDay(passage.at))) continue;
    siteOn.set(tokyoDay(passage.at), passage.siteId);
  }
  const sites = [...siteOn.entries()]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, DAYS)
    .map(([, site]) => site);
  return [...new Set(sites)].find((site) => sites.filter((one) => one === site).length * 2 > sites.length);
}
