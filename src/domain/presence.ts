const HOUR_MS = 3_600_000;

/** Whether somebody whose last passage was an entry is still on the site: not when his exit counts as forgotten. */
export function isOnSite(
  { since, maxShiftHours }: { readonly since: Date; readonly maxShiftHours: number },
  at: Date,
): boolean {
  return since <= at && at.getTime() - since.getTime() <= maxShiftHours * HOUR_MS;
}
