import type { Act } from './verbs.ts';

/** The call is kept on disk and not recorded yet: the caller hears that, and his receipt number. */
export function spooledActs(receipt: string): readonly Act[] {
  return [{ verb: 'tell', prompt: { id: 'spooled', words: { receipt } } }, { verb: 'end' }];
}

/** Nothing was kept, so the caller hears what is true. */
export const CALL_AGAIN: readonly Act[] = [{ verb: 'tell', prompt: { id: 'call-again', words: {} } }, { verb: 'end' }];
