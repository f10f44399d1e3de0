import type { Connection } from 'mongoose';
import type { Correction } from '../src/domain/correction.ts';
import type { CorrectionStore } from '../src/ports-corrections.ts';
import { createMergeReader } from './merge-store.ts';
import { createRegister } from './register.ts';

const MOST = 500;

export const correctionIndexes = [
  { key: { key: 1 }, name: 'key' },
  { key: { callIds: 1 }, name: 'callIds' },
];

/**
 * Requests for corrections; the number in a request's id lets one of two at the same moment win. They are kept as they were made, and listed
 * under the register in which the worker's is kept now.
 */
export function createCorrectionStore(connection: Connection): CorrectionStore {
  const { pageWhere, ...corrections } = createRegister<Correction, string>({
    connection,
    collection: 'corrections',
    keyOf: (correction) => correction.id,
  });
  const merges = createMergeReader(connection);
  const asKept = async (found: readonly Correction[]): Promise<readonly Correction[]> => {
    const kept = await merges.keptOf([...new Set(found.map(({ workerId }) => workerId))]);
    return found.map((one) => ({ ...one, workerId: kept.get(one.workerId) ?? one.workerId }));
  };
  return {
    ...corrections,
    async findWithin(id, within) {
      const found = await corrections.findWithin(id, within);
      return found && (await asKept([found]))[0];
    },
    async pageOf({ workerId, ...filter }, request) {
      const whose = workerId && { workerId: { $in: [workerId, ...(await merges.othersOf([workerId]))] } };
      const page = await pageWhere({ ...filter, ...whose }, request);
      return { ...page, items: await asKept(page.items) };
    },
    ofKey: async (key) => (await pageWhere({ key }, { within: 'everything', limit: MOST })).items,
    ofCalls: async (callIds) =>
      callIds.length === 0
        ? []
        : (await pageWhere({ callIds: { $in: [...callIds] } }, { within: 'everything', limit: MOST })).items,
  };
}
