import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { Erasure, ErasureStore } from '../src/ports-erasure.ts';
import { type Keyed, collectionOf } from './collection.ts';

type ErasureDoc = Keyed & Omit<Erasure, 'workerId'>;

export const erasureIndexes = [
  { key: { registryHash: 1 }, name: 'registry', sparse: true },
  { key: { state: 1 }, name: 'state' },
];

/** Who was deleted, by his id, which is from then on his pseudonym. */
export function createErasureStore(connection: Connection): ErasureStore {
  const erasures = collectionOf<ErasureDoc>(connection, 'erasures');
  return {
    async find(workerId) {
      const doc = await erasures.findOne({ _id: workerId });
      return doc ? toErasure(doc) : undefined;
    },
    async begin({ workerId, ...erasure }) {
      await erasures.replaceOne({ _id: workerId }, erasure, { upsert: true });
    },
    async finish(workerId) {
      await erasures.updateOne({ _id: workerId }, { $set: { state: 'done', indexes: [] } });
    },
    async running() {
      return (await erasures.find({ state: 'running' }).toArray()).map(toErasure);
    },
    async ofRegistry(hashes) {
      if (hashes.length === 0) return new Set();
      const docs = await erasures.find({ registryHash: { $in: [...hashes] } }).toArray();
      return new Set(docs.flatMap(({ registryHash }) => registryHash ?? []));
    },
  };
}

function toErasure({ _id, ...erasure }: ErasureDoc): Erasure {
  return { workerId: _id as WorkerId, ...erasure };
}
