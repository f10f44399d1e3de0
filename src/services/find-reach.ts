import {
  type Condition,
  type Reach,
  type Relation,
  type Right,
  relationsFor,
  seesEverything,
} from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { Day, FirmId, PhoneId, SiteId, WorkerId } from '../domain/ids.ts';
import { holdersAmong } from '../domain/phone.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { RelationStore } from '../ports-access.ts';
import type { Clock } from '../ports.ts';
import { type Standing, createStanding } from './find-standing.ts';

interface Parts {
  readonly relations: RelationStore;
  readonly clock: Pick<Clock, 'now'>;
}

export type FindReach = (viewer: Viewer) => Reach;

const NOTHING: Condition = { _id: { $in: [] } };

const UNBOUNDED: Reach = {
  everything: true,
  within: () => Promise.resolve(undefined),
  admits: () => Promise.resolve(true),
  seenAt: () => Promise.resolve('all'),
  seesWhole: () => Promise.resolve(true),
  ownWorkers: () => Promise.resolve('all'),
};

/** Turns the table of rights into conditions of the database for one viewer; what he is to whom is looked up once per request and only when asked for. */
export function createFindReach({ relations, clock }: Parts): FindReach {
  return (viewer) => {
    if (seesEverything(viewer)) return UNBOUNDED;
    const standing = createStanding(viewer, relations, () => tokyoDay(clock.now()));
    const within = async (right: Right): Promise<Condition> => {
      const found = relationsFor(right, viewer.role).map((relation) =>
        conditionOf(right[0], relation, viewer, standing),
      );
      const conditions = (await Promise.all(found)).filter((one) => one !== undefined);
      return conditions.length > 0 ? { $or: conditions } : NOTHING;
    };
    const reach: Reach = {
      everything: false,
      within,
      async admits(right, id) {
        if (right[0] === 'phone') return admitsPhone(right, id as PhoneId);
        return relations.fits(right[0], id, await within(right));
      },
      async seenAt(siteId) {
        const as = relationsFor(['site', 'people'], viewer.role);
        if (as.includes('prime') && (await standing.primeSites()).has(siteId)) return 'all';
        const firmIds = as.includes('branch') ? (await standing.branches()).get(siteId) : undefined;
        if (firmIds) return { firmIds };
        const there = as.includes('self') && (await standing.rosterSites()).includes(siteId);
        return there && viewer.workerId ? { workerId: viewer.workerId } : undefined;
      },
      seesWhole: async (siteId) =>
        relationsFor(['site', 'read'], viewer.role).includes('prime') && (await standing.primeSites()).has(siteId),
      ownWorkers: async () => {
        const as = relationsFor(['worker', 'read'], viewer.role);
        return as.includes('self') ? standing.himself() : standing.ownWorkers();
      },
    };

    /** A shared number is read by the employer of any of its holders and changed by the employer of all. */
    async function admitsPhone(right: Right, id: PhoneId): Promise<boolean> {
      const registration = await relations.registration(id);
      if (!registration) return false;
      const as = relationsFor(right, viewer.role);
      const own = as.includes('self') ? await standing.himself() : await standing.ownWorkers();
      const his = as.length > 0 ? holdersAmong(registration, own).length : 0;
      return right[1] === 'read' ? his > 0 : his === registration.workerIds.length;
    }
    return reach;
  };
}

type Find = (viewer: Viewer, standing: Standing) => Promise<Condition | undefined> | Condition | undefined;
type Finds = Partial<Record<Relation, Find>>;

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
const ofOwnWorkers: Find = async (_viewer, standing) => workersSince(await standing.ownWorkers());

/** How each relation is written as a condition on the documents of each kind. */
const FINDS: Record<Right[0], Finds> = {
  firm: {
    own: ofOwnFirm('_id'),
    lower: async (_viewer, standing) => ({ _id: { $in: await standing.lowerFirms() } }),
    self: async (_viewer, standing) => ({ _id: { $in: await standing.employers() } }),
    proxy: async (_viewer, standing) => ({ _id: { $in: await standing.consenting() } }),
  },
  worker: {
    employer: ofOwnFirm('employerId'),
    self: ofHimself('_id'),
    lower: async (_viewer, standing) => ({ employerId: { $in: await standing.lowerFirms() } }),
    prime: async (_viewer, standing) => ({ _id: { $in: await standing.rosterAsPrime() } }),
    branch: async (_viewer, standing) => ({ _id: { $in: await standing.rosterInBranches() } }),
    proxy: async (_viewer, standing) => ({ employerId: { $in: await standing.consenting() } }),
  },
  phone: {
    employer: async (_viewer, standing) => ({
      'registrations.workerIds': { $in: [...(await standing.ownWorkers()).keys()] },
    }),
    self: ofHimself('registrations.workerIds'),
  },
  site: {
    prime: atOwnSites('_id'),
    branch: async (_viewer, standing) => ({ _id: { $in: [...(await standing.branches()).keys()] } }),
    self: async (_viewer, standing) => ({ _id: { $in: await standing.rosterSites() } }),
  },
  line: { prime: atOwnSites('siteId') },
  history: {
    employer: ofOwnFirm('employerId'),
    self: ofHimself('workerId'),
    prime: atOwnSites('siteId'),
    branch: async (_viewer, standing) => branchDays(await standing.branches()),
  },
  call: {
    prime: atOwnSites('siteId'),
    employer: ofOwnFirm('passages.standing.employerId'),
    self: ofHimself('passages.workerId'),
  },
  exception: { prime: atOwnSites('siteId'), employer: ofOwnWorkers, self: ofHimself('workerId') },
  correction: { prime: atOwnSites('siteId'), employer: ofOwnWorkers, self: ofHimself('workerId') },
  forwarding: { prime: atOwnSites('siteId') },
  key: { own: ofOwnFirm('firmId') },
  account: {
    own: ({ firmId }) => (firmId ? { $or: [{ 'acts.firmId': firmId }, { 'offers.acts.firmId': firmId }] } : undefined),
  },
  consent: { own: ofOwnFirm('employerId'), proxy: ofOwnFirm('proxyFirmId') },
  audit: { own: ofOwnFirm('chain') },
};

async function conditionOf(
  subject: Right[0],
  relation: Relation,
  viewer: Viewer,
  standing: Standing,
): Promise<Condition | undefined> {
  return FINDS[subject][relation]?.(viewer, standing);
}

/** Days of a worker before he came belong to a former employer and stay hidden; what has no day is the call's own. */
function workersSince(workers: ReadonlyMap<WorkerId, Day>): Condition {
  const always = [...workers].filter(([, since]) => since === '').map(([id]) => id);
  const later = [...workers].filter(([, since]) => since !== '');
  return {
    $or: [
      { workerId: { $in: always } },
      ...later.map(([workerId, since]) => ({ workerId, workDate: { $gte: since } })),
    ],
  };
}

function branchDays(branches: ReadonlyMap<SiteId, ReadonlySet<FirmId>>): Condition | undefined {
  if (branches.size === 0) return undefined;
  return { $or: [...branches].map(([siteId, firms]) => ({ siteId, employerId: { $in: [...firms] } })) };
}
