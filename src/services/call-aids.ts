import { accept } from '../domain/outcome.ts';
import { isOnSite } from '../domain/presence.ts';
import type { PlanStore } from '../ports-pins.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { FirmStore, Log, WorkerStore } from '../ports.ts';
import { changeRegister } from './change-register.ts';
import type { PinService } from './check-pin.ts';
import { createProgress } from './tell-progress.ts';

const MOST = 500;

interface Parts {
  readonly projections: ProjectionStore;
  readonly plans: PlanStore;
  readonly firms: FirmStore;
  readonly workers: WorkerStore;
  readonly pinService: Pick<PinService, 'check'>;
  readonly log: Log;
}

/** What only some calls ask for: PINs, plans, who is on site, languages, and how many came by a companion's telephone. */
export function createCallAids({ projections, plans, firms, workers, pinService, log }: Parts): CallAids {
  return {
    checkPin: (asked) => pinService.check(asked),
    plannedSites: (workerId, day) => plans.sitesOf(workerId, day),
    async rememberLanguage(workerId, language) {
      try {
        await changeRegister(workers, workerId, (worker) => accept({ ...worker, language }));
      } catch (error) {
        log.warn({ worker: workerId, err: error }, 'the language that a caller chose is not remembered');
      }
    },
    async namesOnSite({ siteId, at, firmIds }) {
      const present = (await projections.presentAt(siteId)).filter((one) => isOnSite(one, at));
      const people = await workers.findMany(present.map(({ workerId }) => workerId));
      return people.filter(({ employerId }) => employerId && firmIds.includes(employerId)).map(({ kana }) => kana);
    },
    progress: createProgress({ projections, firms, workers }),
    async companionsAt(siteId, day) {
      const { items } = await projections.pageHistories(
        { siteId, from: day, to: day },
        { limit: MOST, within: 'everything' },
      );
      return items.filter(({ flags }) => flags.includes('companion')).length;
    },
  };
}
