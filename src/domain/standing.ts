import type { FirmId, SiteId } from './ids.ts';
import type { Standing } from './passage.ts';
import type { PhoneRegistration } from './phone.ts';
import type { Worker } from './worker.ts';

/**
 * What is on file about a worker for one site: the employer of now, the upper firm declared for the site or else for the telephone,
 * job type and position of the telephone (D-03). Where the worker has one job type only, it is that one.
 */
export function standingOf(
  worker: Worker & { readonly employerId: FirmId },
  registration: PhoneRegistration | undefined,
  siteId: SiteId,
): Standing {
  const upper = registration?.upperFirms.find((u) => u.siteId === siteId)?.firmId ?? registration?.upperFirmId;
  const [only, ...others] = worker.jobTypes;
  const jobType = registration?.jobType ?? (others.length === 0 ? only : undefined);
  return {
    employerId: worker.employerId,
    ...(upper && upper !== worker.employerId ? { upperFirmId: upper } : {}),
    standingConsent: registration?.standingConsent ?? false,
    ...(jobType === undefined ? {} : { jobType }),
    ...(registration?.position === undefined ? {} : { position: registration.position }),
    ...(registration ? { phoneId: registration.id } : {}),
  };
}
