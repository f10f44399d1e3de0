/** On how many days of this month somebody was at work, and how many are missing to his next level where that is known. */
export interface Progress {
  readonly monthDays: number;
  readonly levelDays?: number;
}

/** From how many days of work in a job type on a worker may come to a level: set by a firm, empty unless it does (D-22). */
export interface LevelDays {
  readonly jobType: string;
  readonly level: number;
  readonly days: number;
}

/** Every worker of the registry has the first level at least. */
const FIRST_LEVEL = 1;

/**
 * How many days of work are missing to the next level (section 8.2). Undefined where no threshold is set for it, or where it is reached:
 * what else a level needs is for the trade's body to judge, and is not promised.
 */
export function daysToNextLevel(
  thresholds: readonly LevelDays[],
  { jobType, level = FIRST_LEVEL, days }: { readonly jobType: string; readonly level?: number; readonly days: number },
): number | undefined {
  const next = thresholds.find((one) => one.jobType === jobType && one.level === level + 1);
  return next && next.days > days ? next.days - days : undefined;
}
