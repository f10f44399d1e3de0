import { type Right, kindOf, needsRegistration, relationsFor, seesEverything } from '../domain/access.ts';
import type { Viewer } from '../domain/api-key.ts';
import type { Day, PhoneId, WorkerId } from '../domain/ids.ts';
import { holdersAmong, presentHolders } from '../domain/phone.ts';
import type { Reach } from '../domain/reach.ts';
import { tokyoDay } from '../domain/work-day.ts';
import type { RelationStore } from '../ports-access.ts';
import type { LookStore } from '../ports-looks.ts';
import type { Clock } from '../ports.ts';
import { type Ability, buildAbility, filterOf } from './build-ability.ts';
import { explainDenial } from './explain-denial.ts';
import { type Standing, createStanding } from './find-standing.ts';
import { createLookReach } from './look-reach.ts';
import { conditionsOf } from './write-conditions.ts';

interface Parts {
  readonly relations: RelationStore;
  readonly looks: Pick<LookStore, 'openTo'>;
  readonly clock: Clock;
}

export type FindReach = (viewer: Viewer) => Reach;

const UNBOUNDED: Reach = {
  everything: true,
  within: () => Promise.resolve('everything'),
  admits: () => Promise.resolve(true),
  barred: () => Promise.resolve(undefined),
  whyNot: () => Promise.resolve({ code: 'not-found', reasons: [] }),
  seenAt: () => Promise.resolve('all'),
  seesWhole: () => Promise.resolve(true),
  ownWorkers: () => Promise.resolve('all'),
  lookedInto: () => Promise.resolve(undefined),
};

/**
 * Turns the table of rights into rules for one viewer, from which follow the filters of the database and the reasons of refusals; what
 * he is to whom is looked up once per request and only when asked for.
 */
export function createFindReach({ relations, looks, clock }: Parts): FindReach {
  return (viewer) => {
    if (seesEverything(viewer) && !viewer.isPerson) return UNBOUNDED;
    if (seesEverything(viewer)) {
      return createLookReach({ relations, openTo: () => looks.openTo(viewer.keyId, clock.real()) });
    }
    const today = () => tokyoDay(clock.now());
    const standing = createStanding(viewer, relations, today);
    return boundedReach({ viewer, relations, standing, today });
  };
}

interface Ground {
  readonly viewer: Viewer;
  readonly relations: RelationStore;
  readonly standing: Standing;
  readonly today: () => Day;
}

function boundedReach(ground: Ground): Reach {
  const { viewer, relations, standing } = ground;
  const abilityTo = createAbilities(ground);
  const within = async (right: Right) => filterOf(await abilityTo(right), right);
  return {
    everything: false,
    within,
    async admits(right, id) {
      if (right[0] === 'phone') return admitsPhone(right, id as PhoneId, ground);
      return relations.fits(kindOf(right), id, await within(right));
    },
    barred: async (right) => ((await isClosed(right, ground)) ? 'firm-not-registered' : undefined),
    whyNot: (right, id) => explainDenial(right, id, ground),
    async seenAt(siteId) {
      const as = relationsFor(['site', 'people'], viewer.role);
      if (as.includes('prime') && (await standing.primeSites()).has(siteId)) return 'all';
      const firmIds = as.includes('branch') ? (await standing.branches()).get(siteId) : undefined;
      if (firmIds) return { firmIds, tops: new Set(viewer.firmId ? [viewer.firmId] : []) };
      const there = as.includes('self') && (await standing.rosterSites()).includes(siteId);
      return there && viewer.workerId ? { workerId: viewer.workerId } : undefined;
    },
    seesWhole: async (siteId) =>
      relationsFor(['site', 'read'], viewer.role).includes('prime') && (await standing.primeSites()).has(siteId),
    ownWorkers: () => ownWorkers(ground),
    lookedInto: () => Promise.resolve(undefined),
  };
}

/** closed to a firm that is not registered. */
async function isClosed(right: Right, { viewer, standing }: Pick<Ground, 'viewer' | 'standing'>): Promise<boolean> {
  return needsRegistration(right, viewer.role) && !(await standing.isRegistered());
}

/** The rules of each right, made once per request. */
function createAbilities({
  viewer,
  standing,
}: Pick<Ground, 'viewer' | 'standing'>): (right: Right) => Promise<Ability> {
  const made = new Map<string, Promise<Ability>>();
  async function make(right: Right): Promise<Ability> {
    if (await isClosed(right, { viewer, standing })) return buildAbility(right, { granted: [], explained: [] });
    const found = relationsFor(right, viewer.role).map(async (reason) =>
      (await conditionsOf(right, reason, viewer, standing)).map((condition) => ({ condition, reason })),
    );
    return buildAbility(right, { granted: (await Promise.all(found)).flat(), explained: [] });
  }
  return (right) => {
    const ability = made.get(right.join(': ')) ?? make(right);
    made.set(right.join(': '), ability);
    return ability;
  };
}

function ownWorkers({ viewer, standing }: Ground): Promise<ReadonlyMap<WorkerId, Day>> {
  const as = relationsFor(['worker', 'read'], viewer.role);
  return as.includes('self') ? standing.himself() : standing.ownWorkers();
}

/** A shared number is read by the employer of any of its holders and changed by the employer of all. */
async function admitsPhone(right: Right, id: PhoneId, ground: Ground): Promise<boolean> {
  const registration = await ground.relations.registration(id);
  if (!registration) return false;
  const isHis = relationsFor(right, ground.viewer.role).length > 0;
  const his = isHis ? holdersAmong(registration, await ownWorkers(ground)) : [];
  if (right[1] === 'read') return his.length > 0;
  return presentHolders(registration, ground.today()).every((holder) => his.includes(holder));
}
