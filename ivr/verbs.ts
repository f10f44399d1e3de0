import type { Prompt } from './prompt-words.ts';

/** An answer as data: what the caller hears and what we wait for. No carrier's markup is known here. */
export type Act =
  | { readonly verb: 'tell'; readonly prompt: Prompt }
  /** Asks for keys ended by `#`; the carrier then requests turn `turn` of the call, also when nothing was pressed. */
  | { readonly verb: 'ask'; readonly prompt: Prompt; readonly timeoutSec: number; readonly turn: number }
  /** Says something and listens for one key for a moment; without a key the next act follows. */
  | { readonly verb: 'listen'; readonly prompt: Prompt; readonly timeoutSec: number; readonly turn: number }
  /** Does not take the call: the caller hears the busy tone, and neither side pays. Must stand alone. */
  | { readonly verb: 'reject' }
  | { readonly verb: 'end' };
