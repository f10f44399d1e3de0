import type { Connection } from 'mongoose';
import type { WorkerId } from '../src/domain/ids.ts';
import type { Worker } from '../src/domain/worker.ts';
import type { WorkerStore } from '../src/ports.ts';
import { createCodeStore } from './code-store.ts';
import { createRegister } from './register.ts';

/** The workers; their codes are found through the codes given out, which a leaver's is not among. */
export function createWorkerStore(connection: Connection): WorkerStore {
  const { pageWhere, ...workers } = createRegister<Worker, WorkerId>({
    connection,
    collection: 'workers',
    keyOf: (worker) => worker.id,
  });
  const codes = createCodeStore(connection);
  return {
    ...workers,
    pageOf: pageWhere,
    async findByCode(code) {
      const owner = await codes.ownerOf('worker', code);
      return owner === undefined ? undefined : (await workers.find(owner as WorkerId))?.value;
    },
  };
}
