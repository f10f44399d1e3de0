import type { Role } from './api-key.ts';
import type { Day, FirmId, PhoneId, SiteId, WorkerId } from './ids.ts';

/** One holder's registration of a telephone number, with its dates (R-101, R-102, D-30). The number itself stands beside it, encrypted. */
export interface PhoneRegistration {
  readonly id: PhoneId;
  readonly workerIds: readonly WorkerId[];
  readonly shared: boolean;
  readonly groupCall: boolean;
  readonly upperFirmId?: FirmId;
  readonly upperFirms: readonly { readonly siteId: SiteId; readonly firmId: FirmId }[];
  /** The employer agreed beforehand that rows made by calls need no approval of their own (D-04). */
  readonly standingConsent: boolean;
  readonly jobType?: string;
  readonly position?: string;
  readonly validFrom: Day;
  /** The last day of use; absent while it lasts. */
  readonly validTo?: Day;
  readonly verifiedAt?: Date;
  /** Who is still to be told that he holds it. */
  readonly tell?: readonly WorkerId[];
  /** Holders of a shared number who left, each with his last day; he is still named among `workerIds`. */
  readonly left?: readonly { readonly workerId: WorkerId; readonly lastDay: Day }[];
}

/** The last day on which somebody holds it: his own, or that of the registration; undefined while it lasts. */
export function lastDayOf({ left = [], validTo }: PhoneRegistration, workerId: WorkerId): Day | undefined {
  const own = left.find((one) => one.workerId === workerId)?.lastDay;
  return own !== undefined && (validTo === undefined || own < validTo) ? own : validTo;
}

/** Who holds it on a day, as far as its own days go. */
export function holdersOn(registration: PhoneRegistration, day: Day): readonly WorkerId[] {
  if (!registration.left?.length) return registration.workerIds;
  return registration.workerIds.filter((id) => (lastDayOf(registration, id) ?? day) >= day);
}

/** The last day on which anybody holds it. */
export function endOf(registration: PhoneRegistration): Day | undefined {
  if (!registration.left?.length) return registration.validTo;
  const days = registration.workerIds.map((id) => lastDayOf(registration, id));
  return days.reduce((last, day) => (last === undefined || day === undefined ? undefined : day > last ? day : last));
}

/** Who holds it today or will; of one that is over, who held it last. */
export function presentHolders(registration: PhoneRegistration, today: Day): readonly WorkerId[] {
  const end = endOf(registration);
  return holdersOn(registration, end !== undefined && end < today ? end : today);
}

/**
 * The holders of a registration that somebody may know, given his own workers and since when each is his: what ended before belongs to
 * a former employer. Nobody, where none is his.
 */
export function holdersAmong(
  registration: PhoneRegistration,
  own: 'all' | ReadonlyMap<WorkerId, Day>,
): readonly WorkerId[] {
  if (own === 'all') return registration.workerIds;
  return registration.workerIds.filter((id) => {
    const since = own.get(id);
    const lastDay = lastDayOf(registration, id);
    return since !== undefined && (lastDay === undefined || lastDay >= since);
  });
}

/** The registrations that hold on a day, each with those who hold it then. */
export function validOn(registrations: readonly PhoneRegistration[], day: Day): readonly PhoneRegistration[] {
  return registrations.flatMap((one) => {
    if (one.validFrom > day || (one.validTo !== undefined && day > one.validTo)) return [];
    const workerIds = holdersOn(one, day);
    if (workerIds.length === 0) return [];
    return [workerIds.length === one.workerIds.length ? one : { ...one, workerIds }];
  });
}

const KEEPERS: readonly Role[] = ['operator', 'firm-responsible', 'registration-officer', 'worker'];

/** Whether somebody sees telephone numbers whole: who keeps the register of these people, and they themselves. */
export function keepsNumbers({ role }: { readonly role: Role }): boolean {
  return KEEPERS.includes(role);
}
