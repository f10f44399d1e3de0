import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { canonicalJson } from '../src/domain/digest.ts';
import type { ProjectionStore } from '../src/ports-projection.ts';
import { createCallRecordStore } from './call-record-store.ts';
import { collectionOf } from './collection.ts';
import { createExceptionStore } from './exception-store.ts';
import { createHeadStore } from './head-store.ts';
import { createHistoryStore } from './history-store.ts';
import { createTreeStore } from './tree-store.ts';

/** What a rebuild drops: everything that follows from the truth alone. Heads stay, since calls may come meanwhile. */
const DROPPED = ['histories', 'roster', 'trees', 'calls', 'exceptions'];

/** All derived documents. */
export function createProjectionStore(connection: Connection): ProjectionStore {
  return {
    ...createHeadStore(connection),
    ...createHistoryStore(connection),
    ...createTreeStore(connection),
    ...createCallRecordStore(connection),
    ...createExceptionStore(connection),
    async digest() {
      const hash = createHash('sha256');
      for (const name of ['histories', 'roster', 'trees']) {
        for await (const { facts: _facts, ...doc } of collectionOf<{ _id: string; facts?: number }>(connection, name)
          .find({})
          .sort({ _id: 1 })) {
          hash.update(canonicalJson(doc));
        }
      }
      return hash.digest('hex');
    },
    async drop() {
      for (const name of DROPPED) await collectionOf(connection, name).deleteMany({});
    },
  };
}
