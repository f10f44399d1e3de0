import { type Kind, type Right, isRosterLevel, kindOf } from '../domain/access.ts';
import type { DenialReason } from '../domain/denial.ts';
import type { Day, FirmId, PhoneId, SiteId, WorkerId } from '../domain/ids.ts';
import { holdersAmong } from '../domain/phone.ts';
import type { Asking, Condition, Reach } from '../domain/reach.ts';
import type { RelationStore } from '../ports-access.ts';
import { NOTHING } from './build-ability.ts';

interface Parts {
  readonly relations: RelationStore;
  /** Into which firms a look is open now. */
  readonly openTo: () => Promise<readonly FirmId[]>;
}

type Find = (firms: readonly FirmId[], people: () => Promise<readonly WorkerId[]>) => Promise<Condition> | Condition;

const ofFirms =
  (field: string): Find =>
  ($in) => ({ [field]: { $in } });
const ofPeople =
  (field: string): Find =>
  async (_firms, people) => ({ [field]: { $in: await people() } });

/** What of each kind is personal data of a firm. */
const FINDS: Readonly<Partial<Record<Kind, Find>>> = {
  worker: ofFirms('employerId'),
  phone: ofPeople('registrations.workerIds'),
  history: ofFirms('employerId'),
  call: ofFirms('passages.standing.employerId'),
  correction: ofPeople('workerId'),
  audit: (firms) => ({ chain: { $in: [...firms, 'service'] } }),
  site: () => ({}),
  /** His own, and those of firms. */
  'phone-import': ($in) => ({ $or: [{ owner: { $exists: false } }, { 'owner.firmId': { $in } }] }),
};

/** A list of a firm names its people, though uploading one is no look at anybody. */
const isBounded = (right: Right) => isRosterLevel(right) || right[0] === 'phone-import';

/**
 * How far a person of the operator reaches: everything, but of personal data only that of firms into which he has opened a look. The
 * service's own keys have no such bound.
 */
export function createLookReach({ relations, openTo }: Parts): Reach {
  const firms = once(openTo);
  const people = once(async () => (await relations.workersOfFirms(await firms())).map(({ id }) => id));
  const own = once(async () => new Map((await people()).map((id): [WorkerId, Day] => [id, '' as Day])));
  const within = async (right: Right): Promise<Condition | 'everything'> =>
    isBounded(right) ? ((await FINDS[kindOf(right)]?.(await firms(), people)) ?? NOTHING) : 'everything';
  const sees = async (kind: Kind, id: string): Promise<boolean> => {
    if (kind !== 'phone') return relations.fits(kind, id, asCondition(await within([kind, 'read'] as Right)));
    const registration = await relations.registration(id as PhoneId);
    return registration !== undefined && holdersAmong(registration, await own()).length > 0;
  };
  return {
    everything: false,
    within,
    admits: async (right, id) => !isBounded(right) || sees(kindOf(right), id),
    async barred(right, asking): Promise<DenialReason | undefined> {
      if (!isRosterLevel(right)) return undefined;
      const looked = await firms();
      const isShown = looked.length > 0 && (await holds(asking, { firms: looked, sees }));
      return isShown ? undefined : 'no-open-look';
    },
    async whyNot(right, id) {
      const isKnown = (await relations.thing(kindOf(right), id)) !== undefined;
      return { code: isKnown ? 'not-allowed' : 'not-found', reasons: ['no-open-look'] };
    },
    async seenAt(_siteId: SiteId) {
      const looked = new Set(await firms());
      return { firmIds: looked, tops: looked };
    },
    seesWhole: () => Promise.resolve(true),
    ownWorkers: own,
    lookedInto: firms,
  };
}

/** Whether what a list is asked for by name is of a firm into which a look is open. */
async function holds(
  { employerId, firmId, workerId }: Asking,
  { firms, sees }: { readonly firms: readonly FirmId[]; readonly sees: (kind: Kind, id: string) => Promise<boolean> },
): Promise<boolean> {
  const named = [employerId, firmId].filter((id) => id !== undefined);
  if (!named.every((id) => (firms as readonly unknown[]).includes(id))) return false;
  return typeof workerId !== 'string' || sees('worker', workerId);
}

function asCondition(within: Condition | 'everything'): Condition {
  return within === 'everything' ? {} : within;
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => (found ??= find());
}
