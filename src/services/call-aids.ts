import type { ProjectionStore } from '../ports-projection.ts';
import type { PlanStore } from '../ports-pins.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { PinService } from './check-pin.ts';

const MOST = 500;

interface Parts {
  readonly projections: ProjectionStore;
  readonly plans: PlanStore;
  readonly pinService: Pick<PinService, 'check'>;
}

/** What only some calls ask for: PINs, plans, and how many came by a companion's telephone. */
export function createCallAids({ projections, plans, pinService }: Parts): CallAids {
  return {
    checkPin: (asked) => pinService.check(asked),
    plannedSites: (workerId, day) => plans.sitesOf(workerId, day),
    async companionsAt(siteId, day) {
      const { items } = await projections.pageHistories({ siteId, from: day, to: day }, { limit: MOST });
      return items.filter(({ flags }) => flags.includes('companion')).length;
    },
  };
}
