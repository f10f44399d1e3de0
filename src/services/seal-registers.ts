import type { WorkerSealer } from '../ports-keys.ts';

/** So many workers are sealed by one run at most, some at once. */
const STEP = 100;
const STEPS = 20;

/** Seals workers who were written before there were data keys, some with every sweep until none is left. */
export function createSealRegisters({ sealer }: { readonly sealer: WorkerSealer }): () => Promise<void> {
  let done = false;
  return async () => {
    for (let step = 0; step < STEPS && !done; step += 1) done = (await sealer.sealSome(STEP)) === 0;
  };
}
