import type { Connection } from 'mongoose';
import type { Correction } from '../src/domain/correction.ts';
import type { CorrectionStore } from '../src/ports-corrections.ts';
import { createRegister } from './register.ts';

const MOST = 500;

export const correctionIndexes = [
  { key: { key: 1 }, name: 'key' },
  { key: { callIds: 1 }, name: 'callIds' },
];

/** Requests for corrections; the number in a request's id lets one of two at the same moment win. */
export function createCorrectionStore(connection: Connection): CorrectionStore {
  const { pageWhere, ...corrections } = createRegister<Correction, string>({
    connection,
    collection: 'corrections',
    keyOf: (correction) => correction.id,
  });
  return {
    ...corrections,
    pageOf: (filter, request) => pageWhere({ ...filter }, request),
    ofKey: async (key) => (await pageWhere({ key }, { within: 'everything', limit: MOST })).items,
    ofCalls: async (callIds) =>
      callIds.length === 0
        ? []
        : (await pageWhere({ callIds: { $in: [...callIds] } }, { within: 'everything', limit: MOST })).items,
  };
}
