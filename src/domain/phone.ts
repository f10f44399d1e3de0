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
}

/**
 * The holders of a registration that somebody may know, given his own workers and since when each is his: what ended before belongs to
 * a former employer. Nobody, where none is his.
 */
export function holdersAmong(
  { workerIds, validTo }: PhoneRegistration,
  own: 'all' | ReadonlyMap<WorkerId, Day>,
): readonly WorkerId[] {
  if (own === 'all') return workerIds;
  return workerIds.filter((id) => {
    const since = own.get(id);
    return since !== undefined && (validTo === undefined || validTo >= since);
  });
}

/** The registrations that hold on a day. */
export function validOn(registrations: readonly PhoneRegistration[], day: Day): readonly PhoneRegistration[] {
  return registrations.filter((r) => r.validFrom <= day && (r.validTo === undefined || day <= r.validTo));
}
