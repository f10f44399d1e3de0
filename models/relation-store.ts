import type { Connection } from 'mongoose';
import type { Kind } from '../src/domain/access.ts';
import { type Disclosure, type DisclosureItem, type ProxyConsent, disclosureItems } from '../src/domain/disclosure.ts';
import type { Departure } from '../src/domain/departure.ts';
import type { Firm } from '../src/domain/firm.ts';
import type { PhoneId, SiteId, WorkerId } from '../src/domain/ids.ts';
import type { Merge } from '../src/domain/merge.ts';
import type { RosterLine } from '../src/domain/roster.ts';
import type { Site } from '../src/domain/site.ts';
import type { Tree } from '../src/domain/tree.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { RelationStore } from '../src/ports-access.ts';
import type { NumberRecord } from '../src/ports.ts';
import { type Keyed, collectionOf } from './collection.ts';

/** Where the things of each kind are kept. */
export const COLLECTIONS: Record<Kind, string> = {
  firm: 'firms',
  worker: 'workers',
  phone: 'phoneNumbers',
  'phone-import': 'phoneImports',
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
  look: 'looks',
  'agent-application': 'agentApplications',
};

/** Indexes under which relations are found. */
export const relationIndexes = {
  sites: [{ key: { primeId: 1 }, name: 'prime' }],
  trees: [{ key: { 'nodes.firmId': 1 }, name: 'firms' }],
  workers: [
    { key: { employerId: 1 }, name: 'employer' },
    { key: { 'employments.firmId': 1 }, name: 'employments' },
  ],
  roster: [
    { key: { workerId: 1 }, name: 'worker' },
    { key: { firmId: 1 }, name: 'firm' },
  ],
  histories: [{ key: { employerId: 1, workDate: 1 }, name: 'employer' }],
} as const;

/** Reads who stands how to what, straight from the registers, trees and rosters. */
export function createRelationStore(connection: Connection): RelationStore {
  return { ...sitesAndFirms(connection), ...workersAndRosters(connection), ...things(connection) };
}

type Reading<Names extends keyof RelationStore> = Pick<RelationStore, Names>;

function sitesAndFirms(
  connection: Connection,
): Reading<'sitesOfPrime' | 'sitesAmong' | 'treesWith' | 'consentingTo' | 'firm'> {
  const sites = collectionOf<Site & Keyed>(connection, 'sites');
  const consents = collectionOf<ProxyConsent & Keyed>(connection, 'proxyConsents');
  return {
    sitesOfPrime: (primeId) => sites.find({ primeId }).toArray(),
    sitesAmong: (ids) => sites.find({ _id: { $in: [...ids] } }).toArray(),
    treesWith: (firmId) => collectionOf<Tree & Keyed>(connection, 'trees').find({ 'nodes.firmId': firmId }).toArray(),
    async consentingTo(proxyFirmId) {
      return (await consents.find({ proxyFirmId, status: 'consented' }).toArray()).map(({ employerId }) => employerId);
    },
    firm: async (id) => (await collectionOf<Firm & Keyed>(connection, 'firms').findOne({ _id: id })) ?? undefined,
  };
}

function workersAndRosters(
  connection: Connection,
): Reading<
  | 'worker'
  | 'leaversOf'
  | 'workersOf'
  | 'workersOfFirms'
  | 'formerWorkersOf'
  | 'disclosing'
  | 'rosterWorkers'
  | 'sitesOfWorker'
> {
  const workers = collectionOf<Worker & Keyed>(connection, 'workers');
  const departures = collectionOf<Departure & Keyed>(connection, 'departures');
  const roster = collectionOf<RosterLine & Keyed>(connection, 'roster');
  return {
    worker: async (id) => (await workers.findOne({ _id: id })) ?? undefined,
    workersOf: (firmId) => workers.find({ employerId: firmId }).toArray(),
    workersOfFirms: (firmIds) => workers.find({ employerId: { $in: [...firmIds] } }).toArray(),
    async leaversOf(firmId) {
      const gone = await departures.find({ firmId, state: { $in: ['leaving', 'done', 'undoing'] } }).toArray();
      const free = await workers.find({ _id: { $in: gone.map(({ _id }) => _id) }, employerId: null }).toArray();
      return free.map(({ id }) => id);
    },
    async formerWorkersOf(firmId) {
      const stood = (await roster.find({ firmId }).toArray()).map(({ workerId }) => workerId);
      // Whose employment with it has not begun is nobody of its former people.
      const was = { employments: { $elemMatch: { firmId, planned: { $exists: false } } } };
      const his = { $or: [was, { _id: { $in: stood } }] };
      const left = await workers.find({ $and: [his, { employerId: { $ne: firmId } }] }).toArray();
      return left.map(({ id }) => id);
    },
    async disclosing() {
      const said = collectionOf<Disclosure & Keyed>(connection, 'disclosures');
      const open = await said.find({ $or: disclosureItems.map(openByBoth) }).toArray();
      const known = await workers.find({ _id: { $in: open.map(({ workerId }) => workerId) } }).toArray();
      const employers = new Map(known.map(({ id, employerId }) => [id, employerId]));
      return open.filter((one) => employers.get(one.workerId) === one.employerId).map(({ workerId }) => workerId);
    },
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
  };
}

function things(connection: Connection): Reading<'registration' | 'keptElsewhere' | 'fits' | 'thing'> {
  const merges = collectionOf<Merge & Keyed>(connection, 'merges');
  async function registration(id: PhoneId) {
    const [, index = ''] = id.split('_');
    const record = await collectionOf<NumberRecord & Keyed>(connection, 'phoneNumbers').findOne({ _id: index });
    return record?.registrations.find((one) => one.id === id);
  }
  return {
    registration,
    keptElsewhere: () => merges.find({ parted: { $exists: false } }).toArray(),
    async fits(kind, id, condition) {
      const found = await collectionOf(connection, COLLECTIONS[kind]).findOne({ $and: [{ _id: id }, condition] });
      return found !== null;
    },
    async thing(kind, id) {
      if (kind !== 'phone')
        return (await collectionOf(connection, COLLECTIONS[kind]).findOne({ _id: id })) ?? undefined;
      const found = await registration(id as PhoneId);
      return found && { registrations: [found] };
    },
  };
}

/** One item that worker and employer both disclose. */
const openByBoth = (item: DisclosureItem) => ({ [`worker.${item}`]: true, [`employer.${item}`]: true });

/** A line whose calls were all taken back stands no more. */
function standing(lines: readonly RosterLine[]): readonly RosterLine[] {
  return lines.filter(({ evidence }) => evidence.length > 0);
}
