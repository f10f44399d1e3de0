import type { Connection, mongo } from 'mongoose';
import type { PersonVault, WorkerSealer } from '../src/ports-keys.ts';
import { collectionOf } from './collection.ts';
import { type WorkerDoc, createWorkerDocs } from './worker-docs.ts';

/** Puts sealed documents in the place of open ones, unless somebody changes them at this moment: then they are sealed already. */
export function createWorkerSealer(connection: Connection, vault: PersonVault): WorkerSealer {
  const docs = collectionOf<WorkerDoc>(connection, 'workers');
  const workerDocs = createWorkerDocs(vault);
  const open = { sealed: { $exists: false }, erasedOn: { $exists: false } } as mongo.Filter<WorkerDoc>;
  return {
    async sealSome(limit) {
      const found = await docs.find(open).limit(limit).toArray();
      const sealed = await workerDocs.seal(await workerDocs.open(found));
      for (const [place, { _id, rev }] of found.entries()) {
        const next = { ...sealed[place], rev } as unknown as mongo.WithoutId<WorkerDoc>;
        await docs.replaceOne({ ...open, _id, rev }, next);
      }
      return found.length;
    },
  };
}
