import type { Connection } from 'mongoose';
import type { Departure } from '../src/domain/departure.ts';
import type { WorkerId } from '../src/domain/ids.ts';
import type { DepartureStore } from '../src/ports-departures.ts';
import { type Keyed, collectionOf } from './collection.ts';
import { createRegister } from './register.ts';

export const departureIndexes = [
  { key: { state: 1, lastDay: 1 }, name: 'state' },
  { key: { firmId: 1 }, name: 'firm' },
];

/** Who leaves or has left, by worker. */
export function createDepartureStore(connection: Connection): DepartureStore {
  const keyOf = ({ id }: Departure) => id;
  const { pageWhere, ...departures } = createRegister<Departure, WorkerId>({
    connection,
    collection: 'departures',
    keyOf,
  });
  const docs = collectionOf<Departure & Keyed>(connection, 'departures');
  return {
    ...departures,
    async due(today, limit) {
      const planned = { state: 'planned', lastDay: { $lt: today } };
      const interrupted = { state: { $in: ['begun', 'leaving', 'undoing'] } };
      return (await pageWhere({ $or: [planned, interrupted] }, { limit, within: 'everything' })).items;
    },
    async forgetPins(before) {
      await docs.updateMany({ lastDay: { $lt: before }, sealedPin: { $exists: true } }, { $unset: { sealedPin: '' } });
    },
  };
}
