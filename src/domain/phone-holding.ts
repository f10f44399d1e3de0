import type { Day, WorkerId } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { PhoneRegistration } from './phone.ts';
import { addDays } from './work-day.ts';

/**
 * Whether a registration may stand beside the others of its number: one holder at a time, unless both sides are marked as
 * shared; and nobody holds a number twice at once (R-102, D-30).
 */
export function admitRegistration(
  others: readonly PhoneRegistration[],
  added: PhoneRegistration,
): Outcome<undefined, 'number-taken' | 'number-registered' | 'period-reversed' | 'shared-needed'> {
  if (added.validTo !== undefined && added.validTo < added.validFrom) return refuse('period-reversed');
  if (added.workerIds.length > 1 && !added.shared) return refuse('shared-needed');
  const rivals = others.filter((other) => overlaps(other, added));
  if (rivals.some((rival) => rival.workerIds.some((id) => added.workerIds.includes(id)))) {
    return refuse('number-registered');
  }
  if (rivals.some((rival) => !rival.shared || !added.shared)) return refuse('number-taken');
  return accept(undefined);
}

/** Ends a registration so that it no longer holds today; one that never held on an earlier day falls away. */
export function endRegistration(
  registrations: readonly PhoneRegistration[],
  id: PhoneRegistration['id'],
  today: Day,
): readonly PhoneRegistration[] {
  const yesterday = addDays(today, -1);
  return registrations.flatMap((one) => {
    if (one.id !== id || (one.validTo !== undefined && one.validTo < today)) return [one];
    return one.validFrom > yesterday ? [] : [{ ...one, validTo: yesterday }];
  });
}

/**
 * What a leaver's number becomes: his own registrations end with that day, shared ones go on without him. A registration that
 * would begin later falls away.
 */
export function dropHolder(
  registrations: readonly PhoneRegistration[],
  workerId: WorkerId,
  lastDay: Day,
): readonly PhoneRegistration[] {
  return registrations.flatMap((one) => {
    if (!one.workerIds.includes(workerId)) return [one];
    if (one.validTo !== undefined && one.validTo <= lastDay) return [one];
    const others = one.workerIds.filter((id) => id !== workerId);
    if (others.length > 0) return [{ ...one, workerIds: others }];
    return one.validFrom > lastDay ? [] : [{ ...one, validTo: lastDay }];
  });
}

function overlaps(a: PhoneRegistration, b: PhoneRegistration): boolean {
  return (a.validTo === undefined || b.validFrom <= a.validTo) && (b.validTo === undefined || a.validFrom <= b.validTo);
}
