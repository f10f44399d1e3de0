import type { Config } from './config.ts';
import type { Chance, Log } from './ports.ts';

/** What a start is given. */
export interface StartGround {
  readonly config: Config;
  readonly log: Log;
  readonly chance: Chance;
  /** Shown to whoever started the service. */
  readonly say: (sentence: string) => void;
}

/** What has been opened so far, ended in the reverse order. */
export type Endings = (() => Promise<void> | void)[];
