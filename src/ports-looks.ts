import type { FirmId } from './domain/ids.ts';
import type { Look } from './domain/look.ts';
import type { Register } from './ports.ts';

/** The operator's looks into firms; they stay on file after their end. */
export interface LookStore extends Register<Look, string> {
  /** Into which firms this account may look at that moment. */
  openTo(accountId: string, now: Date): Promise<readonly FirmId[]>;
}
