import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { WorkerStore } from '../src/ports.ts';
import { createCodeStore } from './code-store.ts';
import { collectionOf } from './collection.ts';
import { createRegister } from './register.ts';
import { type WorkerDoc, createWorkerDocs } from './worker-docs.ts';
import type { PersonVault } from '../src/ports-keys.ts';

/** The workers; their codes are found through the codes given out, which a leaver's is not among. */
export function createWorkerStore(connection: Connection, vault: PersonVault): WorkerStore {
  const { pageWhere, ...workers } = createRegister<Worker, WorkerId>({
    connection,
    collection: 'workers',
    keyOf: (worker) => worker.id,
    docs: createWorkerDocs(vault),
  });
  const docs = collectionOf<WorkerDoc>(connection, 'workers');
  const codes = createCodeStore(connection);
  return {
    ...workers,
    async removeMany(ids, rev) {
      await workers.removeMany(ids, rev);
      const left = new Set((await workers.findRevised(ids)).map(({ value }) => value.id));
      await vault.removeMany(ids.filter((id) => !left.has(id)));
    },
    async employmentsOf(ids) {
      const unique = [...new Set(ids)];
      const found = await docs.find({ _id: { $in: unique } }, { projection: { employments: 1 } }).toArray();
      return new Map(found.map(({ _id, employments }) => [_id as WorkerId, employments]));
    },
    pageOf: pageWhere,
    async findByCode(code) {
      const owner = await codes.ownerOf('worker', code);
      return owner === undefined ? undefined : (await workers.find(owner as WorkerId))?.value;
    },
  };
}
