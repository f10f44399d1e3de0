import type { Firm } from '../domain/firm.ts';
import type { E164 } from '../domain/ids.ts';
import { type Outcome, refuse } from '../domain/outcome.ts';
import type { Worker } from '../domain/worker.ts';
import type { NumberRecord, Register } from '../ports.ts';

/**
 * Something in a register that was created, changed or ended; what is remembered about it must be forgotten. Where many things came into
 * being at once they are said as they are (`made`), so that nobody has to read them back.
 */
export type Change =
  | { readonly kind: 'site'; readonly id: string; readonly made?: undefined }
  | { readonly kind: 'line'; readonly id: string; readonly made?: undefined }
  | { readonly kind: 'firm'; readonly id: string; readonly made?: Firm }
  | { readonly kind: 'worker'; readonly id: string; readonly made?: Worker }
  /** Of a number that nobody had before, the whole record, and the number that lies sealed in it. */
  | { readonly kind: 'phone'; readonly id: string; readonly made?: NumberRecord & { readonly number: E164 } };

/** Called after every change, before the asker hears of it. */
export type ChangeHook = (change: Change) => void | Promise<void>;

/** Whether the asker has seen this state; false refuses his change as stale. */
export type Seen<T> = (value: T) => boolean;

const TRIES = 12;

/** Changes one thing by compare-and-set: decides again on what is now true as long as somebody else was faster. */
export async function changeRegister<T, Id extends string, Code extends string>(
  register: Register<T, Id>,
  id: Id,
  decide: (value: T) => Outcome<T, Code> | Promise<Outcome<T, Code>>,
): Promise<Outcome<T, Code | 'not-found' | 'conflict'>> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await register.find(id);
    if (!found) return refuse('not-found');
    const decided = await decide(found.value);
    if (!decided.ok || decided.value === found.value) return decided;
    if (await register.replace(decided.value, found.rev)) return decided;
  }
  return refuse('conflict');
}
