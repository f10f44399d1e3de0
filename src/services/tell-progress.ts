import type { History } from '../domain/history.ts';
import type { Day, WorkerId } from '../domain/ids.ts';
import { present } from '../domain/present.ts';
import { type LevelDays, daysToNextLevel } from '../domain/progress.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { ProjectionStore } from '../ports-projection.ts';
import type { CallAids } from '../ports-telephone.ts';
import type { FirmStore, WorkerStore } from '../ports.ts';

interface Parts {
  readonly projections: Pick<ProjectionStore, 'historiesOfWorkers'>;
  readonly firms: Pick<FirmStore, 'find'>;
  readonly workers: Pick<WorkerStore, 'find'>;
}

/**
 * What an exit tells of somebody's progress, where his firm wants it told: the days of this month and, with thresholds for what he works
 * as, the days to the next level (D-22). The latter only of whom it is on file how many days he had before; it would be wrong otherwise.
 */
export function createProgress({ projections, firms, workers }: Parts): CallAids['progress'] {
  return async ({ workerId, firmId, at, jobType }) => {
    const firm = await firms.find(firmId);
    if (!firm?.value.speakProgress) return undefined;
    const today = tokyoDay(at);
    const days = (await projections.historiesOfWorkers([workerId])).filter((one) => counts(one, today));
    const month = today.slice(0, 8);
    const monthDays = countOf(
      days.filter(({ workDate }) => workDate.startsWith(month)),
      today,
    );
    const levelDays = await levelDaysOf(firm.value.levelDays ?? [], {
      workerId,
      jobType,
      days: countOf(
        days.filter((one) => one.jobType === jobType),
        today,
      ),
    });
    return { monthDays, ...present({ levelDays }) };
  };

  async function levelDaysOf(
    thresholds: readonly LevelDays[],
    { workerId, jobType, days }: { readonly workerId: WorkerId; readonly jobType: string | undefined; days: number },
  ): Promise<number | undefined> {
    if (jobType === undefined || !thresholds.some((one) => one.jobType === jobType)) return undefined;
    const { level, earlierDays } = (await workers.find(workerId))?.value ?? {};
    if (earlierDays === undefined) return undefined;
    return daysToNextLevel(thresholds, { jobType, ...present({ level }), days: earlierDays + days });
  }
}

function counts({ withdrawn, workDate }: History, today: Day): boolean {
  return !withdrawn && workDate <= today;
}

/** Different days, today with them. */
function countOf(histories: readonly History[], today: Day): number {
  return new Set([...histories.map(({ workDate }) => workDate), today]).size;
}
