import type { Stores } from './compose-stores.ts';
import type { RetentionTerms } from './domain/retention.ts';
import type { Clock, NumberCipher, TextIndexer } from './ports.ts';
import type { ChangeHook } from './services/change-register.ts';
import { createEraseWorker } from './services/erase-worker.ts';
import { createForgetWhereNamed } from './services/forget-where-named.ts';
import { createKeepTerms } from './services/keep-terms.ts';
import type { Project } from './services/project.ts';
import { createSealRegisters } from './services/seal-registers.ts';
import type { Sweep } from './services/sweep.ts';

interface Ground {
  readonly stores: Stores;
  readonly cipher: TextIndexer & NumberCipher;
  readonly clock: Clock;
  readonly project: Project;
  /** Searches hear of it too: nobody is found by a name that was deleted. */
  readonly changed: ChangeHook;
  readonly retentionDays?: RetentionTerms;
  readonly sweep: Sweep;
}

/** What is done so that people can be forgotten; the sweep finishes what was begun. */
export function composePrivacy({ stores, retentionDays: terms = {}, sweep, ...ground }: Ground) {
  const forgetWhereNamed = createForgetWhereNamed({ ...stores, ...ground });
  const eraseWorker = createEraseWorker({ ...stores, ...ground, forgetWhereNamed });
  const sealRegisters = createSealRegisters(stores);
  return {
    eraseWorker,
    keepTerms: createKeepTerms({ ...stores, ...ground, eraseWorker, terms }),
    sweep: async () => {
      const found = await sweep();
      await eraseWorker.resume();
      await sealRegisters();
      return found;
    },
  };
}
