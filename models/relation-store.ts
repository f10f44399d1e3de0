import type { Connection } from 'mongoose';
import type { Subject } from '../src/domain/access.ts';
import type { FirmId, SiteId, WorkerId } from '../src/domain/ids.ts';
import type { RosterLine } from '../src/domain/roster.ts';
import type { Site } from '../src/domain/site.ts';
import type { Tree } from '../src/domain/tree.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { RelationStore } from '../src/ports-access.ts';
import type { NumberRecord } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';

/** Where the things of each kind are kept. */
export const COLLECTIONS: Record<Subject, string> = {
  firm: 'firms',
  worker: 'workers',
  phone: 'phoneNumbers',
  site: 'sites',
  line: 'lines',
  history: 'histories',
  call: 'calls',
  exception: 'exceptions',
  correction: 'corrections',
  forwarding: 'forwardings',
  key: 'apiKeys',
  account: 'accounts',
  consent: 'proxyConsents',
  audit: 'audit',
};

/** Indexes under which relations are found. */
export const relationIndexes = {
  sites: [{ key: { primeId: 1 }, name: 'prime' }],
  trees: [{ key: { 'nodes.firmId': 1 }, name: 'firms' }],
  workers: [{ key: { employerId: 1 }, name: 'employer' }],
  roster: [{ key: { workerId: 1 }, name: 'worker' }],
  histories: [{ key: { employerId: 1, workDate: 1 }, name: 'employer' }],
} as const;

/** Reads who stands how to what, straight from the registers, trees and rosters. */
export function createRelationStore(connection: Connection): RelationStore {
  const workers = collectionOf<Worker & Keyed>(connection, 'workers');
  const sites = collectionOf<Site & Keyed>(connection, 'sites');
  const roster = collectionOf<RosterLine & Keyed>(connection, 'roster');
  const consents = collectionOf<Keyed & { employerId: FirmId; proxyFirmId: FirmId; status: string }>(
    connection,
    'proxyConsents',
  );
  return {
    sitesOfPrime: (primeId) => sites.find({ primeId }).toArray(),
    treesWith: (firmId) => collectionOf<Tree & Keyed>(connection, 'trees').find({ 'nodes.firmId': firmId }).toArray(),
    workersOf: (firmId) => workers.find({ employerId: firmId }).toArray(),
    worker: async (id) => (await workers.findOne({ _id: id })) ?? undefined,
    async rosterWorkers(people) {
      const found = people.map(async ({ siteId, firmIds }): Promise<readonly WorkerId[]> => {
        const filter = { siteId, ...(firmIds ? { firmId: { $in: [...firmIds] } } : {}) };
        return standing(await roster.find(filter).toArray()).map(({ workerId }) => workerId);
      });
      return [...new Set((await Promise.all(found)).flat())];
    },
    async sitesOfWorker(workerId) {
      return [...new Set(standing(await roster.find({ workerId }).toArray()).map(({ siteId }): SiteId => siteId))];
    },
    sitesAmong: (ids) => sites.find({ _id: { $in: [...ids] } }).toArray(),
    async consentingTo(proxyFirmId) {
      return (await consents.find({ proxyFirmId, status: 'consented' }).toArray()).map(({ employerId }) => employerId);
    },
    async registration(id) {
      const [, index = ''] = id.split('_');
      const record = await collectionOf<NumberRecord & Keyed>(connection, 'phoneNumbers').findOne({ _id: index });
      return record?.registrations.find((registration) => registration.id === id);
    },
    async fits(subject, id, condition) {
      const found = await collectionOf(connection, COLLECTIONS[subject]).findOne({ $and: [{ _id: id }, condition] });
      return found !== null;
    },
  };
}

/** A line whose calls were all taken back stands no more. */
function standing(lines: readonly RosterLine[]): readonly RosterLine[] {
  return lines.filter(({ evidence }) => evidence.length > 0);
}
