import type { Stores } from './compose-stores.ts';
import type { Clock, TextIndexer } from './ports.ts';
import { createEraseWorker } from './services/erase-worker.ts';
import type { Project } from './services/project.ts';

interface Ground {
  readonly stores: Stores;
  readonly cipher: TextIndexer;
  readonly clock: Clock;
  readonly project: Project;
}

/** What is done so that people can be forgotten. */
export function composePrivacy({ stores, ...ground }: Ground) {
  const eraseWorker = createEraseWorker({ ...stores, ...ground, changed: () => stores.directory.forget() });
  return { eraseWorker };
}
