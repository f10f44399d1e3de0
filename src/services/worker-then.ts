import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { recordedOf } from '../domain/identity.ts';
import { standingPassages } from '../domain/ledger.ts';
import type { Passage, Standing } from '../domain/passage.ts';
import { validOn } from '../domain/phone.ts';
import { headOf } from '../domain/sequence.ts';
import { standingOf } from '../domain/standing.ts';
import type { Worker } from '../domain/worker.ts';
import type { MergeStore } from '../ports-merges.ts';
import type { LedgerStore, PhoneStore } from '../ports.ts';

/** The employer as of a day: who has left since still worked then (D-31). */
export function employerOn(worker: Worker, day: Day): FirmId | null {
  const then = worker.employments.find((one) => one.from <= day && (one.to === undefined || day <= one.to));
  return then?.firmId ?? worker.employerId;
}

/** What was on file about a worker on a day, site by site, for what is recorded of that day later. */
export async function standingThen(
  phones: PhoneStore,
  worker: Worker & { readonly employerId: FirmId },
  day: Day,
): Promise<(siteId: SiteId) => Standing> {
  const records = await phones.ofWorker(worker.id);
  const registrations = records.flatMap((record) => validOn(record.registrations, day));
  const registration = registrations.find((one) => one.workerIds.includes(worker.id));
  return (siteId) => standingOf(worker, registration, siteId);
}

/** A worker's whole sequence: how long it is, and the passages that count. */
export async function readSequence(
  { ledger, merges }: { readonly ledger: LedgerStore; readonly merges: Pick<MergeStore, 'around'> },
  workerId: WorkerId,
): Promise<{ readonly seq: number; readonly standing: readonly Passage[] }> {
  const identities = await merges.around([workerId]);
  const people = new Set([workerId, ...identities.flatMap(({ keptId, otherId }) => [keptId, otherId])]);
  const recorded = recordedOf(workerId, await ledger.touching([...people], []), identities);
  return { seq: headOf(workerId, recorded).seq, standing: standingPassages(recorded) };
}
