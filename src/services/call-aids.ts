import type { Day, SiteId } from '../domain/ids.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { ProjectionStore } from '../ports-projection.ts';

const MOST = 200;

/** What only some calls ask for: companions, PINs, plans. */
export function createCallAids({ projections }: { readonly projections: ProjectionStore }): CallAids {
  return {
    checkPin: () => Promise.resolve('none'),
    plannedSites: () => Promise.resolve([]),
    async companionsAt(siteId: SiteId, day: Day) {
      const { items } = await projections.pageHistories({ siteId, from: day, to: day }, { limit: MOST });
      return items.filter(({ flags }) => flags.includes('companion')).length;
    },
  };
}
