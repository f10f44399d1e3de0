import type { Connection } from 'mongoose';
import type { Day, SiteId, WorkerId } from '../src/domain/ids.ts';
import type { Plan, PlanStore } from '../src/ports-pins.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { createMergeReader } from './merge-store.ts';

export const planIndexes = [{ key: { date: 1 }, name: 'date' }];

/**
 * Plans; what they say of one worker and day stands in a document of its own, so that a call finds it by key. They are kept as they were
 * made and read with whom each register is kept in now: whoever is parted again has his own back.
 */
export function createPlanStore(connection: Connection): PlanStore {
  const plans = collectionOf<Plan & Keyed>(connection, 'plans');
  const days = collectionOf<Keyed & { sites: readonly SiteId[] }>(connection, 'planDays');
  const merges = createMergeReader(connection);
  const find = async (siteId: SiteId, date: Day): Promise<Plan | undefined> => {
    const doc = await plans.findOne({ _id: `${siteId}:${date}` });
    return doc ? toPlan(doc) : undefined;
  };
  const sitesOf = async (workerIds: readonly WorkerId[], date: Day): Promise<readonly SiteId[]> => {
    if (workerIds.length === 0) return [];
    const keys = workerIds.map((id) => dayKey(id, date));
    return (await days.find({ _id: { $in: keys } }).toArray()).flatMap(({ sites }) => sites);
  };
  const asKept = async (found: readonly Plan[]): Promise<readonly Plan[]> => {
    const kept = await merges.keptOf([...new Set(found.flatMap(({ workerIds }) => workerIds))]);
    if (kept.size === 0) return found;
    const withKept = (ids: readonly WorkerId[]) => [...new Set(ids.map((id) => kept.get(id) ?? id))];
    return found.map((plan) => ({ ...plan, workerIds: withKept(plan.workerIds) }));
  };
  return {
    async find(siteId, date) {
      const found = await find(siteId, date);
      return found && (await asKept([found]))[0];
    },
    onDay: async (date) => asKept((await plans.find({ date }).toArray()).map(toPlan)),
    async save(plan) {
      const { siteId, date, workerIds } = plan;
      const before = await find(siteId, date);
      await plans.replaceOne({ _id: `${siteId}:${date}` }, plan, { upsert: true });
      // Read anew for everybody it touches: two plans saved at once end in the same days.
      const ofDay = await plans.find({ date }).toArray();
      for (const workerId of new Set([...workerIds, ...(before?.workerIds ?? [])])) {
        const sites = ofDay.filter((one) => one.workerIds.includes(workerId)).map((one) => one.siteId);
        await days.replaceOne({ _id: dayKey(workerId, date) }, { sites: sites.sort() }, { upsert: true });
      }
    },
    async sitesOf(workerId, date) {
      const [own, others] = await Promise.all([sitesOf([workerId], date), merges.othersOf([workerId])]);
      return others.length === 0 ? own : [...new Set([...own, ...(await sitesOf(others, date))])].sort();
    },
  };
}

function toPlan({ _id, ...plan }: Plan & Keyed): Plan {
  return plan;
}

function dayKey(workerId: WorkerId, date: Day): string {
  return `${workerId}:${date}`;
}
