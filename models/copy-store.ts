import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { CopyStore } from '../src/ports-copies.ts';
import { type Keyed, collectionOf } from './collection.ts';

interface CopyDoc extends Keyed {
  readonly workerId: WorkerId;
  readonly sealed: string;
}

export const copyIndexes = [{ key: { workerId: 1 }, name: 'worker' }];

/** Copies of insurance papers, images of certificates, or photos of faces, one document each. */
export function createCopyStore(
  connection: Connection,
  kept: 'insuranceCopies' | 'certificateImages' | 'facePhotos',
): CopyStore {
  const copies = collectionOf<CopyDoc>(connection, kept);
  return {
    async save(id, workerId, sealed) {
      await copies.insertOne({ _id: id, workerId, sealed });
    },
    find: async (id, workerId) => (await copies.findOne({ _id: id, workerId }))?.sealed,
    async remove(id, workerId) {
      await copies.deleteOne({ _id: id, workerId });
    },
  };
}
