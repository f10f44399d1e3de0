import mongoose from 'mongoose';
import type { Day } from '../src/domain/ids.ts';
import { type Worker, erasedWorker } from '../src/domain/worker.ts';
import type { PersonKeys, PersonVault } from '../src/ports-keys.ts';
import type { Keyed } from './collection.ts';

const { BSON } = mongoose.mongo;

/**
 * What stands unsealed of a worker: what conditions of the database ask for. Everything else, and whatever is added to a worker later, is
 * sealed under his data key.
 */
type Clear = Pick<Worker, 'id' | 'employerId' | 'employments' | 'erasedOn' | 'mergedInto'>;

/** A worker as stored; documents of before sealing hold all fields as they are, and no `sealed`. */
export type WorkerDoc = Keyed & Clear & { readonly rev: number; readonly sealed?: string };

/** Turns workers into documents and back. */
export interface WorkerDocs {
  readonly seal: (workers: readonly Worker[]) => Promise<readonly object[]>;
  /** The same of workers who are just being registered. */
  readonly sealNew: (workers: readonly Worker[]) => Promise<readonly object[]>;
  readonly open: (docs: readonly WorkerDoc[]) => Promise<readonly Worker[]>;
}

/** Seals workers each under his own data key, and opens them. */
export function createWorkerDocs(vault: PersonVault): WorkerDocs {
  return {
    async seal(workers) {
      const keys = await vault.keysFor(workers.flatMap(({ id, erasedOn }) => (erasedOn ? [] : [id])));
      return workers.map((worker) => sealWorker(keys, worker));
    },
    async sealNew(workers) {
      const keys = await vault.keysForNew(workers.map(({ id }) => id));
      return workers.map((worker) => sealWorker(keys, worker));
    },
    async open(docs) {
      const sealed = docs.filter((doc) => doc.sealed !== undefined);
      const keys = await vault.keysOf(sealed.map(({ id }) => id));
      return docs.map((doc) => openWorker(keys, doc));
    },
  };
}

function sealWorker(keys: PersonKeys, worker: Worker): object {
  const { id, employerId, employments, erasedOn, mergedInto, ...personal } = worker;
  const merged = mergedInto === undefined ? {} : { mergedInto };
  if (erasedOn) return { id, employerId, employments, erasedOn, ...merged };
  return { id, employerId, employments, ...merged, sealed: keys.seal(id, BSON.serialize(personal)) };
}

/** The worker of a document, for whom the keys are at hand. Whose key is gone is deleted, or is just being deleted. */
export function openWorker(keys: PersonKeys, { _id, rev: _rev, sealed, ...clear }: WorkerDoc): Worker {
  const { erasedOn } = clear;
  if (erasedOn) return erasedWorker({ ...clear, erasedOn });
  if (sealed === undefined) return clear as unknown as Worker;
  const personal = keys.open(clear.id, sealed);
  if (!personal) return erasedWorker({ ...clear, erasedOn: '' as Day });
  return { ...clear, ...(BSON.deserialize(personal) as Omit<Worker, keyof Clear>) };
}
