import { type Kind, type Right, kindOf, relationsFor } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { Acquaintance } from '../domain/denial.ts';
import type { Day, FirmId, SiteId, WorkerId } from '../domain/ids.ts';
import type { Condition } from '../domain/reach.ts';
import type { Relation } from '../domain/relation.ts';
import type { Standing } from './find-standing.ts';

type Found = Condition | readonly Condition[] | undefined;
type Find = (viewer: Viewer, standing: Standing) => Promise<Found> | Found;

const ofOwnFirm =
  (field: string): Find =>
  ({ firmId }) =>
    firmId ? { [field]: firmId } : undefined;
const ofHimself =
  (field: string): Find =>
  ({ workerId }) =>
    workerId ? { [field]: workerId } : undefined;
const atOwnSites =
  (field: string): Find =>
  async (_viewer, standing) => ({ [field]: { $in: [...(await standing.primeSites())] } });
const ofLowerFirms =
  (field: string): Find =>
  async (_viewer, standing) => ({ [field]: { $in: await standing.lowerFirms() } });
const ofFirmsBelow: Find = async ({ firmId }, standing) => ({
  _id: { $in: (await standing.lowerFirms()).filter((id) => id !== firmId) },
});
const ofConsenting =
  (field: string): Find =>
  async (_viewer, standing) => ({ [field]: { $in: await standing.consenting() } });
const ofOwnWorkers: Find = async (_viewer, standing) => workersSince(await standing.ownWorkers());
const inTrees: Find = async (_viewer, standing) => ({ _id: { $in: [...(await standing.branches()).keys()] } });

/** How each relation is written as conditions on the documents of each kind; one document needs to fit one of them. */
const FINDS: Readonly<Record<Kind, Partial<Record<Relation, Find>>>> = {
  firm: {
    own: ofOwnFirm('_id'),
    employer: ofOwnFirm('_id'),
    lower: ofLowerFirms('_id'),
    prime: ofFirmsBelow,
    upper: ofFirmsBelow,
    self: async (_viewer, standing) => ({ _id: { $in: await standing.employers() } }),
    proxy: ofConsenting('_id'),
  },
  worker: {
    employer: ofOwnFirm('employerId'),
    left: async (_viewer, standing) => ({ _id: { $in: await standing.leavers() } }),
    self: ofHimself('_id'),
    lower: ofLowerFirms('employerId'),
    prime: async (_viewer, standing) => ({ _id: { $in: await standing.rosterAsPrime() } }),
    branch: async (_viewer, standing) => ({ _id: { $in: await standing.rosterInBranches() } }),
    proxy: ofConsenting('employerId'),
    disclosed: async (_viewer, standing) => ({ _id: { $in: await standing.disclosed() } }),
  },
  phone: {
    employer: async (_viewer, standing) => ({
      'registrations.workerIds': { $in: [...(await standing.ownWorkers()).keys()] },
    }),
    self: ofHimself('registrations.workerIds'),
  },
  'phone-import': {
    own: ({ firmId, keyId }) => (firmId ? { 'owner.firmId': firmId, 'owner.by': keyId } : undefined),
  },
  site: {
    prime: atOwnSites('_id'),
    branch: inTrees,
    member: inTrees,
    concerned: inTrees,
    employer: inTrees,
    upper: async ({ firmId }, standing) => ({ _id: { $in: sitesAbove(await standing.branches(), firmId) } }),
    tier1: async (_viewer, standing) => ({ _id: { $in: await standing.firstTierSites() } }),
    self: async (_viewer, standing) => ({ _id: { $in: await standing.rosterSites() } }),
  },
  line: {
    prime: async (viewer, standing) => {
      const ids = [...(await standing.primeSites())];
      return [{ siteId: { $in: ids } }, { 'earlier.siteId': { $in: ids } }];
    },
  },
  history: {
    employer: ofOwnFirm('employerId'),
    self: ofHimself('workerId'),
    prime: atOwnSites('siteId'),
    branch: async (_viewer, standing) => branchDays(await standing.branches(), undefined),
    upper: async ({ firmId }, standing) => branchDays(await standing.branches(), firmId),
  },
  call: {
    prime: atOwnSites('siteId'),
    employer: ofOwnFirm('passages.standing.employerId'),
    self: ofHimself('passages.workerId'),
  },
  exception: { prime: atOwnSites('siteId'), employer: ofOwnWorkers, self: ofHimself('workerId') },
  correction: {
    prime: atOwnSites('siteId'),
    employer: async (_viewer, standing) => workersSince(await standing.ownRegisters()),
    self: async (_viewer, standing) => ({ workerId: { $in: [...(await standing.hisRegisters())] } }),
  },
  forwarding: { prime: atOwnSites('siteId') },
  key: { own: ofOwnFirm('firmId') },
  account: { own: ({ firmId }) => (firmId ? [{ 'acts.firmId': firmId }, { 'offers.acts.firmId': firmId }] : []) },
  consent: { own: ofOwnFirm('employerId'), proxy: ofOwnFirm('proxyFirmId') },
  audit: { own: ofOwnFirm('chain') },
  look: { own: ofOwnFirm('firmId') },
  'agent-application': {
    own: ofOwnFirm('agentFirmId'),
    employer: ofOwnFirm('employerId'),
    concerned: ofOwnFirm('firmId'),
    self: ofHimself('workerId'),
  },
};

/** The documents to which a right extends by one relation. */
export async function conditionsOf(
  right: Right,
  relation: Relation,
  viewer: Viewer,
  standing: Standing,
): Promise<readonly Condition[]> {
  return listed(await FINDS[kindOf(right)][relation]?.(viewer, standing));
}

/** The documents of which a viewer knows without the right in question; only who sees people of his kind of relation is told. */
export async function acquaintancesOf(
  right: Right,
  known: Acquaintance,
  viewer: Viewer,
  standing: Standing,
): Promise<readonly Condition[]> {
  const kind = kindOf(right);
  if (known === 'read') return readConditions(kind, viewer, standing);
  const firms = relationsFor(['firm', 'read'], viewer.role);
  if (known === 'former') {
    const left = firms.includes('own') ? await standing.formerWorkers() : [];
    return kind === 'worker' ? [{ _id: { $in: left } }] : [];
  }
  if (!firms.includes('lower')) return [];
  if (known === 'met') return kind === 'worker' ? [{ _id: { $in: await standing.met() } }] : [];
  return conditionsOf(right, 'lower', viewer, standing);
}

async function readConditions(kind: Kind, viewer: Viewer, standing: Standing): Promise<readonly Condition[]> {
  const read = [kind, 'read'] as Right;
  const found = relationsFor(read, viewer.role).map((relation) => conditionsOf(read, relation, viewer, standing));
  return (await Promise.all(found)).flat();
}

function listed(found: Found): readonly Condition[] {
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly Condition[]) : [found as Condition];
}

/** Days of a worker before he came belong to a former employer and stay hidden; what has no day is the call's own. */
function workersSince(workers: ReadonlyMap<WorkerId, Day>): readonly Condition[] {
  const always = [...workers].filter(([, since]) => since === '').map(([id]) => id);
  const later = [...workers].filter(([, since]) => since !== '');
  return [
    { workerId: { $in: always } },
    ...later.map(([workerId, since]) => ({ workerId, workDate: { $gte: since } })),
  ];
}

type Branches = ReadonlyMap<SiteId, ReadonlySet<FirmId>>;

function branchDays(branches: Branches, without: FirmId | undefined): readonly Condition[] {
  return [...branches].map(([siteId, firms]) => ({
    siteId,
    employerId: { $in: [...firms].filter((firmId) => firmId !== without) },
  }));
}

/** A firm at the bottom of a tree is nobody's upper firm (5.2). */
function sitesAbove(branches: Branches, firmId: FirmId | undefined): readonly SiteId[] {
  return [...branches].filter(([, firms]) => [...firms].some((id) => id !== firmId)).map(([siteId]) => siteId);
}
