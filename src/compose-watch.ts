import type { Stores } from './compose-stores.ts';
import type { Messenger } from './ports-messages.ts';
import type { Clock, Log } from './ports.ts';
import type { MasterCipher } from './services/number-cipher.ts';
import type { Project } from './services/project.ts';
import { createRemind } from './services/remind.ts';

export interface WatchGround {
  readonly stores: Stores;
  readonly cipher: MasterCipher;
  readonly clock: Clock;
  readonly log: Log;
  readonly messenger: Messenger;
  readonly project: Project;
}

export type Watch = ReturnType<typeof composeWatch>;

/** What is noticed because nobody called. Each part is looked at every minute; one that fails keeps no other from its work. */
export function composeWatch(ground: WatchGround) {
  const { stores, log } = ground;
  const remind = createRemind({ ...ground, ...stores });
  const parts = { remind };
  return {
    ...parts,
    async look(): Promise<void> {
      for (const [part, work] of Object.entries(parts)) {
        await work().catch((error: unknown) => log.warn({ part, err: error }, 'a look at what is missing failed'));
      }
    },
  };
}
