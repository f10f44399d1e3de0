import type { Connection } from 'mongoose';
import type { Day, SiteId, WorkerId } from '../src/domain/ids.ts';
import type { Plan, PlanStore } from '../src/ports-pins.ts';
import { type Keyed, collectionOf } from './collection.ts';

export const planIndexes = [{ key: { date: 1 }, name: 'date' }];

/** Plans; what they say of one worker and day stands in a document of its own, so that a call finds it by key. */
export function createPlanStore(connection: Connection): PlanStore {
  const plans = collectionOf<Plan & Keyed>(connection, 'plans');
  const days = collectionOf<Keyed & { sites: readonly SiteId[] }>(connection, 'planDays');
  const find = async (siteId: SiteId, date: Day): Promise<Plan | undefined> => {
    const doc = await plans.findOne({ _id: `${siteId}:${date}` });
    return doc ? toPlan(doc) : undefined;
  };
  return {
    find,
    onDay: async (date) => (await plans.find({ date }).toArray()).map(toPlan),
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
      return (await days.findOne({ _id: dayKey(workerId, date) }))?.sites ?? [];
    },
  };
}

function toPlan({ _id, ...plan }: Plan & Keyed): Plan {
  return plan;
}

function dayKey(workerId: WorkerId, date: Day): string {
  return `${workerId}:${date}`;
}
