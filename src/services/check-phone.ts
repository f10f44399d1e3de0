import type { FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import { type Outcome, accept, refuse } from '../domain/outcome.ts';
import type { FirmStore, SiteStore, WorkerStore } from '../ports.ts';

/** What a registration refers to, as far as it is given. */
export interface PhoneRelations {
  readonly workerIds?: readonly WorkerId[];
  readonly upperFirmId?: FirmId | null;
  readonly upperFirms?: readonly { readonly siteId: SiteId; readonly firmId: FirmId }[];
}

export type RelationRefusal = 'unknown-worker' | 'worker-without-employer' | 'unknown-firm' | 'unknown-site';

interface Parts {
  readonly workers: WorkerStore;
  readonly firms: FirmStore;
  readonly sites: SiteStore;
}

/** Whether everything a telephone registration names exists, and every worker has an employer. */
export function createRelationCheck({ workers, firms, sites }: Parts) {
  return async function checkRelations(given: PhoneRelations): Promise<Outcome<undefined, RelationRefusal>> {
    const workerIds = given.workerIds ?? [];
    const upperFirms = given.upperFirms ?? [];
    const firmIds = [
      ...new Set([...(given.upperFirmId ? [given.upperFirmId] : []), ...upperFirms.map((u) => u.firmId)]),
    ];
    const siteIds = [...new Set(upperFirms.map((u) => u.siteId))];
    const [people, knownFirms, knownSites] = await Promise.all([
      workers.findMany(workerIds),
      firms.findMany(firmIds),
      sites.findMany(siteIds),
    ]);
    if (people.length < new Set(workerIds).size) return refuse('unknown-worker', 'workerIds');
    if (people.some((worker) => worker.employerId === null)) return refuse('worker-without-employer', 'workerIds');
    if (knownFirms.length < firmIds.length) return refuse('unknown-firm');
    if (knownSites.length < siteIds.length) return refuse('unknown-site', 'upperFirms');
    return accept(undefined);
  };
}
