import type { FirmId, SiteId } from './ids.ts';
import type { Standing } from './passage.ts';
import type { PhoneRegistration } from './phone.ts';
import { present } from './present.ts';
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
  const onlyJobType = worker.jobTypes.length === 1 ? worker.jobTypes[0] : undefined;
  const { employerId } = worker;
  if (!registration) return { employerId, standingConsent: false, ...present({ jobType: onlyJobType }) };
  const { id, upperFirms, upperFirmId, standingConsent, jobType = onlyJobType, position } = registration;
  const declared = upperFirms.find((upper) => upper.siteId === siteId)?.firmId ?? upperFirmId;
  const upper = declared === employerId ? undefined : declared;
  return { employerId, standingConsent, ...present({ upperFirmId: upper, jobType, position, phoneId: id }) };
}
