import type { Connection } from 'mongoose';
import { collectionOf } from '../models/collection.ts';

/**
 * Waits until nothing is left to project or hand over. What a first call costs behind its answer belongs beside the calls that caused
 * it, and not beside the next measurement.
 */
export async function untilAtRest(connection: Connection): Promise<void> {
  const [ledger, forwardings] = [collectionOf(connection, 'ledger'), collectionOf(connection, 'forwardings')];
  const left = () =>
    Promise.all([ledger.findOne({ pending: { $type: 'date' } }), forwardings.findOne({ dueAt: { $type: 'date' } })]);
  while ((await left()).some((doc) => doc !== null)) await new Promise((resolve) => setTimeout(resolve, 200));
}
