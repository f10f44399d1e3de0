import type { Day, WorkerId } from './ids.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import { type PhoneRegistration, endOf, lastDayOf } from './phone.ts';
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
  if (rivals.some((rival) => added.workerIds.some((id) => holdsTwice(id, rival, added)))) {
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
 * What a leaver's number becomes: what is his alone ends with that day and falls away where it would begin later; of a shared one he
 * loses his place, and it goes on for the others.
 */
export function dropHolder(
  registrations: readonly PhoneRegistration[],
  workerId: WorkerId,
  lastDay: Day,
): readonly PhoneRegistration[] {
  return registrations.flatMap((one) => {
    if (!one.workerIds.includes(workerId)) return [one];
    const end = lastDayOf(one, workerId);
    if (end !== undefined && end <= lastDay) return [one];
    if (one.shared || one.workerIds.length > 1) {
      const others = one.left?.filter((gone) => gone.workerId !== workerId) ?? [];
      return [{ ...one, left: [...others, { workerId, lastDay }] }];
    }
    return one.validFrom > lastDay ? [] : [{ ...one, validTo: lastDay }];
  });
}

/**
 * Gives a leaver back what `dropHolder` took with that day; `before` are his registrations as they were. Refused where somebody has
 * the number by now, or where one was changed meanwhile.
 */
export function restoreHolder(
  registrations: readonly PhoneRegistration[],
  { workerId, lastDay, before }: { workerId: WorkerId; lastDay: Day; before: readonly PhoneRegistration[] },
): Outcome<readonly PhoneRegistration[], 'leave-used'> {
  let restored = registrations;
  for (const was of before) {
    const now = restored.find(({ id }) => id === was.id);
    const [cut] = dropHolder([was], workerId, lastDay);
    if (!isLeftAlone(now, was, { workerId, lastDay, cut })) return refuse('leave-used');
    const next = now ? giveBack(now, was, workerId) : was;
    const others = restored.filter(({ id }) => id !== was.id);
    if (!admitRegistration(others, next).ok) return refuse('leave-used');
    restored = now ? restored.map((one) => (one === now ? next : one)) : [...restored, next];
  }
  return accept(restored);
}

/** Whether his part in a registration is still as his leaving left it, or as it was before. */
function isLeftAlone(
  now: PhoneRegistration | undefined,
  was: PhoneRegistration,
  { workerId, lastDay, cut }: { workerId: WorkerId; lastDay: Day; cut: PhoneRegistration | undefined },
): boolean {
  if (!now) return cut === undefined;
  const end = lastDayOf(now, workerId);
  return now.workerIds.includes(workerId) && (end === lastDay || end === lastDayOf(was, workerId));
}

function giveBack(now: PhoneRegistration, was: PhoneRegistration, workerId: WorkerId): PhoneRegistration {
  const { left = [], validTo, ...rest } = now;
  const his = was.left?.filter((one) => one.workerId === workerId) ?? [];
  const gone = [...left.filter((one) => one.workerId !== workerId), ...his];
  const end = left.some((one) => one.workerId === workerId) ? validTo : was.validTo;
  return { ...rest, ...(end === undefined ? {} : { validTo: end }), ...(gone.length > 0 ? { left: gone } : {}) };
}

function holdsTwice(id: WorkerId, a: PhoneRegistration, b: PhoneRegistration): boolean {
  if (!a.workerIds.includes(id) || !b.workerIds.includes(id)) return false;
  return meet({ from: a.validFrom, to: lastDayOf(a, id) }, { from: b.validFrom, to: lastDayOf(b, id) });
}

function overlaps(a: PhoneRegistration, b: PhoneRegistration): boolean {
  return meet({ from: a.validFrom, to: endOf(a) }, { from: b.validFrom, to: endOf(b) });
}

function meet(a: Days, b: Days): boolean {
  return (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);
}

interface Days {
  readonly from: Day;
  readonly to: Day | undefined;
}
